"""The parameters of the call that is being written, above its line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Offset

from actionsmith.language.service import Signature
from actionsmith.tui.editor.assistant import Assistant
from actionsmith.tui.editor.popup import WIDEST, Popup

if TYPE_CHECKING:
    from actionsmith.tui.editor.code_editor import CodeEditor

OPENING = "(,"
MOST_NOTE_ROWS = 3
LONGEST_LABEL = WIDEST - 2
"""A signature longer than this goes without what the call gives."""


class Hinting(Assistant):
    """Opens with `(` and `,`, follows the caret through the arguments, and closes behind the call."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._popup: Popup | None = None
        self._opened_at = (0, 0)
        self._asked_at: tuple[int, int] | None = None
        self._content = Content()

    @property
    def is_open(self) -> bool:
        return self._popup is not None and self._popup.is_open

    def typed(self, character: str) -> None:
        if character in OPENING:
            self.ask()

    def moved(self) -> None:
        is_asked = self._asked_at is not None and self._asked_at != self.editor.cursor_location
        if self.is_open or is_asked:  # an answer for where the caret was is of no use
            self.ask()

    def view_changed(self) -> None:
        if self.is_open and self._popup is not None:
            if self.is_caret_in_sight:
                self._popup.show(self._content, self._anchor(), above=True)
            else:
                self.close()

    def ask(self) -> None:
        """Show the call around the caret, or nothing where there is none."""
        editor = self.editor
        if editor.insight is None or editor.read_only:
            return
        self._asked_at = editor.cursor_location
        self.start(
            "signature", partial(self._answer, self.next_number(), editor.text, *editor.cursor_location)
        )

    async def _answer(self, number: int, text: str, row: int, column: int) -> None:
        editor = self.editor
        assert editor.insight is not None
        found = await editor.insight.signature(text, row, column)
        if not self.is_current(number):
            return
        self._asked_at = None
        if not self.is_wanted:
            return
        if found is None:
            self.close()
            return
        if self._popup is None:
            self._popup = Popup(id="signature-popup")
            await editor.screen.mount(self._popup)
        if self.is_current(number):
            if not self.is_open or self._opened_at[0] != row:
                self._opened_at = (row, column)
            self._content = signature_text(found)
            self._popup.show(self._content, self._anchor(), above=True)

    def _anchor(self) -> Offset:
        """Where the hint was opened in the caret's line, so that it stays in its place while one writes."""
        written = self.editor.cursor_location[1] - self._opened_at[1]
        caret = self.editor.cursor_screen_offset
        return Offset(max(caret.x - max(written, 0), 0), caret.y)

    def key(self, key: str) -> bool:
        if key == "escape" and self.is_open and not self.editor.completing.is_open:
            self.close()
            return True
        return False

    def close(self) -> None:
        super().close()
        self._asked_at = None
        if self._popup is not None and self._popup.is_attached:
            self._popup.close()

    def remove(self) -> None:
        if self._popup is not None and self._popup.is_attached:
            self._popup.remove()


def signature_text(signature: Signature) -> Content:
    """The signature with the active parameter marked, and below it what that parameter means."""
    parameters = signature.parameters
    written = signature.label
    if len(written) > LONGEST_LABEL and parameters:
        last = written.rfind(parameters[-1].label)
        end = written.find(")", last + len(parameters[-1].label)) if last >= 0 else -1
        written = written[: end + 1] or written
    label = Content(written)
    place = 0
    for index, parameter in enumerate(parameters):
        start = signature.label.find(parameter.label, place)
        if start < 0:
            continue
        place = start + len(parameter.label)
        if index == signature.active:
            label = label.stylize("$accent bold underline", start, place)
    is_on_one = 0 <= signature.active < len(parameters)
    about = parameters[signature.active].documentation if is_on_one else ""
    lines = (about or signature.documentation).split("\n")
    note = "\n".join(lines[:MOST_NOTE_ROWS])
    return Content.assemble(label, ("\n" + note, "$text-muted")) if note else label
