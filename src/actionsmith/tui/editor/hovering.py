"""What there is to say about the name at the caret or under the pointer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Offset
from textual.timer import Timer

from actionsmith.language.service import Diagnostic, Hover
from actionsmith.tui.editor.assistant import Assistant
from actionsmith.tui.editor.findings import covers
from actionsmith.tui.editor.popup import Popup

if TYPE_CHECKING:
    from actionsmith.tui.editor.code_editor import CodeEditor

POINTER_RESTS_SECONDS = 0.5
COLOURS = {"error": "$text-error", "warning": "$text-warning", "info": "$text-secondary"}


class Hovering(Assistant):
    """Shows the documentation of a name, and what is wrong with it, until the next key or movement."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._popup: Popup | None = None
        self._pointer: Timer | None = None
        self._asked_at: tuple[int, int] | None = None
        self._shown_at: tuple[int, int] | None = None
        self._is_at_caret = False
        self._content = Content()

    @property
    def is_open(self) -> bool:
        return self._popup is not None and self._popup.is_open

    def ask(self) -> None:
        """Show what is known about the caret's place."""
        self._ask(self.editor.cursor_location, None)

    def point(self, offset: Offset | None) -> None:
        """The pointer is at an offset within the editor, or has left it (None)."""
        self._forget_pointer()
        if offset is None:
            self.close()
            return
        place = self.editor.place_at(offset)
        if self.is_open and place != self._shown_at:
            self.close()
        if place is not None and not self.is_open:
            screen = self.editor.content_region.offset + offset
            self._pointer = self.editor.set_timer(POINTER_RESTS_SECONDS, lambda: self._ask(place, screen))

    def _ask(self, place: tuple[int, int], screen: Offset | None) -> None:
        """`screen` is where the pointer is; None: the caret is meant."""
        self._asked_at = place
        self.start("hover", partial(self._answer, self.next_number(), place, screen))

    async def _answer(self, number: int, place: tuple[int, int], screen: Offset | None) -> None:
        editor = self.editor
        faults = [it for it in editor.diagnostics if covers(it.span, place)]
        found = await editor.insight.hover(editor.text, *place) if editor.insight else None
        if not self.is_current(number) or not self.is_in_front:
            return
        content = hover_text(found, faults)
        if not content:
            self.close()
            return
        if self._popup is None:
            self._popup = Popup(classes="hover-popup")
            await editor.screen.mount(self._popup)
        if self.is_current(number):
            self._shown_at, self._is_at_caret, self._content = place, screen is None, content
            self._popup.show(content, screen or editor.cursor_screen_offset, above=False)

    def key(self, key: str) -> bool:
        was_open = self.is_open
        self.close()
        return was_open and key == "escape"

    def edited(self) -> None:
        self.close()

    def moved(self) -> None:
        if self._asked_at != self.editor.cursor_location:
            self.close()

    def view_changed(self) -> None:
        if self.is_open and self._popup is not None:
            if self._is_at_caret and self.is_caret_in_sight:
                self._popup.show(self._content, self.editor.cursor_screen_offset, above=False)
            else:
                self.close()

    def close(self) -> None:
        super().close()
        self._forget_pointer()
        if self._popup is not None and self._popup.is_attached:
            self._popup.close()

    def _forget_pointer(self) -> None:
        if self._pointer is not None:
            self._pointer.stop()
            self._pointer = None

    def remove(self) -> None:
        if self._popup is not None and self._popup.is_attached:
            self._popup.remove()


def hover_text(hover: Hover | None, faults: list[Diagnostic]) -> Content:
    """First what is wrong, then the signature, then what it means."""
    parts = [Content.styled(fault.message, COLOURS[fault.severity]) for fault in faults]
    if hover is not None:
        parts += [Content.styled(hover.signature, "$text-accent bold")] if hover.signature else []
        parts += [Content(hover.documentation)] if hover.documentation else []
    return Content("\n").join(parts)
