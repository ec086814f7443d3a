"""The code editor: an annotated text area with completion, pairs, indentation and line operations."""

from __future__ import annotations

from typing import ClassVar, Protocol, TypeAlias, Unpack, runtime_checkable

from textual import events, on
from textual.binding import BindingType
from textual.document._document import Selection
from textual.geometry import Offset
from textual.widgets import TextArea

from actionsmith.config import Config
from actionsmith.editing import keystrokes, tab_key
from actionsmith.editing.edit import Edit
from actionsmith.editing.words import word_around
from actionsmith.language.completion import Completion, CompletionResult
from actionsmith.language.insight import Insight
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.editor import messages
from actionsmith.tui.editor.completing import Completing
from actionsmith.tui.editor.diagnosing import Diagnosing
from actionsmith.tui.editor.editor_options import EditorOptions
from actionsmith.tui.editor.hinting import Hinting
from actionsmith.tui.editor.hovering import Hovering
from actionsmith.tui.editor.mending import Mending
from actionsmith.tui.editor.navigating import Navigating
from actionsmith.tui.editor.searching_text_area import SearchingTextArea
from actionsmith.tui.editor.vim_switch import VimSwitch


@runtime_checkable
class SetsEditors(Protocol):
    """An app whose person has said how editors are to be."""

    config: Config

    @property
    def vim_keys(self) -> bool: ...


class CodeEditor(SearchingTextArea, inherit_bindings=False):
    """An editor for one document in `javascript`, `python` or `json`."""

    CONTEXT: ClassVar[str] = "editor"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("editor")

    Edited: TypeAlias = messages.Edited
    CursorMoved: TypeAlias = messages.CursorMoved
    Diagnosed: TypeAlias = messages.Diagnosed
    SourceWanted: TypeAlias = messages.SourceWanted
    SecretWanted: TypeAlias = messages.SecretWanted
    PackageWanted: TypeAlias = messages.PackageWanted

    def __init__(
        self,
        text: str = "",
        language: str = "",
        insight: Insight | None = None,
        **options: Unpack[EditorOptions],
    ) -> None:
        self.insight = insight
        self.completing, self.hinting, self.hovering = Completing(self), Hinting(self), Hovering(self)
        self.diagnosing, self.navigating, self.mending = Diagnosing(self), Navigating(self), Mending(self)
        self.vim_keys = VimSwitch(self)
        self._assistants = (
            *(self.completing, self.hinting, self.hovering),
            *(self.diagnosing, self.navigating, self.mending),
            self.vim_keys,
        )
        super().__init__(text, language, **options)

    # The document

    def load(self, text: str, language: str) -> None:
        """Open another document: no undo back to the old one, no marks, the caret at the start."""
        self._load_document(text, language)
        for assistant in self._assistants:
            assistant.close()
            assistant.loaded()

    def go_to(self, line: int, column: int = 1) -> None:
        """Put the caret on a line and column (from 1, the nearest that exist) and show it."""
        self.completing.close()
        self.move_cursor((max(line, 1) - 1, max(column, 1) - 1), center=True)

    def place_at(self, offset: Offset) -> tuple[int, int] | None:
        """The row and column of the character at an offset within the text; None beside it."""
        x, y = offset.x - self.gutter_width + self.scroll_offset.x, offset.y + self.scroll_offset.y
        if offset.x < self.gutter_width or not 0 <= y < self.wrapped_document.height:
            return None
        row, column = self.wrapped_document.offset_to_location(Offset(x, y))
        return (row, column) if column < len(self.document.get_line(row)) else None

    # Messages: TextArea's own become the editor's

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        for assistant in self._assistants:
            assistant.edited()
        self.finding.text_changed()
        self.post_message(self.Edited(self))

    @on(TextArea.SelectionChanged)
    def _selection_changed(self, event: TextArea.SelectionChanged) -> None:
        event.stop()
        for assistant in self._assistants:
            assistant.moved()
        row, column = event.selection.end
        self.post_message(self.CursorMoved(self, row + 1, column + 1))

    @on(SearchingTextArea.DiagnosticReached)
    def _diagnostic_reached(self) -> None:
        self.hovering.ask()

    # Keys

    async def _on_key(self, event: events.Key) -> None:
        if self.jumping.key(event.key, event.character):
            event.stop()
            event.prevent_default()
            return
        if self.read_only:
            return
        if any(assistant.key(event.key) for assistant in self._assistants):
            event.stop()
            event.prevent_default()
            return
        if event.key.startswith("alt+") if event.is_printable else self._has_command(event.key):
            event.prevent_default()  # not for the text, though a letter may come with it
            return
        edit: Edit | None = None
        lines, (anchor, caret) = self.document.lines, self.selection
        if event.key == "escape":
            event.prevent_default()  # TextArea would leave the editor; here it bubbles to the screen
            return
        if event.key == "enter":
            in_text = bool(self.text_at(*min(anchor, caret)))
            edit = keystrokes.newline(lines, anchor, caret, self.syntax, in_text=in_text)
        elif event.key == "tab":
            edit = tab_key.tab(lines, anchor, caret, self.syntax)
        elif event.is_printable and event.character:
            in_text = bool(self.text_at(*caret))
            edit = keystrokes.character(lines, anchor, caret, event.character, self.syntax, in_text=in_text)
        if edit is not None:
            event.stop()
            event.prevent_default()
            self.apply_edit(edit, typed=event.character if event.is_printable and event.character else "")
        if event.is_printable and event.character:
            self.call_next(self._typed, event.character)

    def _typed(self, character: str) -> None:
        for assistant in self._assistants:
            assistant.typed(character)

    def _has_command(self, key: str) -> bool:
        active = self.screen.active_bindings.get(key)
        return active is not None and active.node is self and active.enabled

    async def _on_click(self, event: events.Click) -> None:
        """Twice: the word; three times: the line."""
        if event.chain == 2:
            self._select_word()
        elif event.chain == 3:
            self.select_line(self.cursor_location[0])

    def _select_word(self) -> None:
        row, column = self.cursor_location
        start, end = word_around(self.document.get_line(row), column)
        self.selection = Selection((row, start), (row, end))

    # Actions

    def action_complete(self) -> None:
        """Propose what fits at the caret."""
        self.completing.ask(explicit=True)

    def action_toggle_vim(self) -> None:
        """Switch vim keys on or off, in all editors: the app hears of it."""
        self.vim_keys.turn(not self.vim_keys.is_on)
        self.post_message(VimSwitch.Switched(self.vim_keys.is_on))

    def action_ask(self, what: str) -> None:
        """Ask the language services something about the text or the name at the caret."""
        questions = {
            "hover": self.hovering.ask,
            "hint": self.hinting.ask,
            "definition": self.navigating.definition,
            "references": self.navigating.references,
            "problems": self.navigating.problems,
            "back": self.navigating.back,
            "fix": self.mending.fix,
            "rename": self.mending.rename,
            "format": self.mending.format,
        }
        questions[what]()

    def accept(self, item: Completion, result: CompletionResult) -> None:
        """Put a proposal in the place of the word at the caret, in one undoable step."""
        row, column = self.cursor_location
        text, back = item.insert, item.caret_back
        line = self.document.get_line(row)
        if text.endswith("()") and line[column : column + 1] == "(":
            text, back = text[:-2], 0
        start, end = (row, result.start_column), (row, min(column + result.replaces_after, len(line)))
        caret = (row, result.start_column + len(text) - back)
        self.carry_out(Edit(start, end, text, caret, caret))
        if text.endswith("()") and back:
            self.hinting.ask()

    def action_delete_left(self) -> None:
        super().action_delete_left()
        for assistant in self._assistants:
            assistant.erased()

    def on_mount(self) -> None:
        self.diagnosing.loaded()
        if isinstance(self.app, SetsEditors):
            self.vim_keys.turn(self.app.vim_keys)
            self.show_white_space(guides=self.app.config.editor.indent_guides, at_line_ends=True)

    def _drawn_caret(self) -> Selection:
        caret = self.vim_keys.visual_caret
        return self.selection if caret is None else Selection.cursor(caret)

    def on_blur(self) -> None:
        for assistant in (self.completing, self.hinting, self.hovering):
            assistant.close()
        self.jumping.stop()

    def on_unmount(self) -> None:
        for assistant in self._assistants:
            assistant.remove()

    @property
    def _floats(self) -> bool:
        """Whether something floats beside the caret."""
        return self.completing.is_open or self.hinting.is_open or self.hovering.is_open

    def watch_scroll_x(self, old: float, new: float) -> None:
        super().watch_scroll_x(old, new)
        self._scrolled()

    def watch_scroll_y(self, old: float, new: float) -> None:
        super().watch_scroll_y(old, new)
        self._scrolled()

    def _scrolled(self) -> None:
        if self._floats:  # afterwards: it may scroll in both directions, one after the other
            self.call_after_refresh(self._view_changed)

    def on_resize(self) -> None:
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        """What floats beside the caret goes along with it."""
        if self._floats:
            self.scroll_cursor_visible()
            self.call_after_refresh(self._view_changed)

    def _view_changed(self) -> None:
        for assistant in self._assistants:
            assistant.view_changed()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.hovering.point(event.get_content_offset(self))

    def on_leave(self) -> None:
        self.hovering.point(None)
