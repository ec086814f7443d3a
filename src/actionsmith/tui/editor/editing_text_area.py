"""A text area with operations: each is one step to undo, and says what is selected afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Unpack

from textual import events
from textual.actions import SkipAction
from textual.document._document import EditResult, Selection
from textual.document._edit import Edit as DocumentEdit

from actionsmith.editing import keystrokes, pasting, selecting, words
from actionsmith.editing.edit import Edit
from actionsmith.editing.operations import OPERATIONS
from actionsmith.editing.row_following import row_in
from actionsmith.editing.text_places import TextPlaces
from actionsmith.tui.editor.annotated_text_area import AnnotatedTextArea
from actionsmith.tui.editor.editor_options import EditorOptions
from actionsmith.tui.editor.step_history import PlacedEdit, StepHistory


class EditingTextArea(AnnotatedTextArea, inherit_bindings=False):
    """Carries out what `actionsmith.editing` says. `history.step()` makes several edits one step."""

    history: StepHistory

    def __init__(
        self,
        text: str = "",
        language: str = "",
        **options: Unpack[EditorOptions],
    ) -> None:
        self._is_measured = True
        self._grown: list[Selection] = []
        self._line_copied = ""
        super().__init__(text, language, **options)
        self.history = StepHistory.new()

    # Edits

    def edit(self, edit: DocumentEdit) -> EditResult:
        result = super().edit(edit)
        self.history.left(self.selection)
        return result

    def _undo_batch(self, edits: Sequence[DocumentEdit]) -> None:
        with self._measured_afterwards():
            super()._undo_batch(edits)

    def _redo_batch(self, edits: Sequence[DocumentEdit]) -> None:
        with self._measured_afterwards():
            super()._redo_batch(edits)

    @contextmanager
    def _measured_afterwards(self) -> Iterator[None]:
        """TextArea measures the text of an undo while the caret is where it was, perhaps beyond its end."""
        self._is_measured = False
        try:
            yield
        finally:
            self._is_measured = True
            self._refresh_size()
            self.scroll_cursor_visible()

    def _refresh_size(self) -> None:
        if self._is_measured:
            super()._refresh_size()

    def apply_edit(self, edit: Edit | None, *, typed: str = "") -> None:
        """Carry out an edit and select what it says; `typed` is the character of the key that caused it."""
        if edit is None:
            return
        selection = Selection(edit.anchor, edit.caret)
        if edit.text != self.get_text_range(edit.start, edit.end):
            if self.read_only:
                return
            self.edit(PlacedEdit(edit.text, edit.start, edit.end, False, selection, typed))
        else:
            self.selection = selection
            self.record_cursor_width()
            if typed:  # a bracket was stepped over: what is typed next goes on with the same step
                self.history.left(selection)

    def carry_out(self, edit: Edit | None) -> None:
        """Make an edit as a step of its own to undo."""
        with self.history.step():
            self.apply_edit(edit)

    def set_text(self, text: str) -> None:
        """Replace the text in one step that can be undone; the caret stays in the row it is in."""
        lines = list(self.document.lines)
        old, new = "\n".join(lines), pasting.plain(text)
        if old == new:
            return
        row, column = self.selection.end
        limit = min(len(old), len(new))
        same = next((i for i in range(limit) if old[i] != new[i]), limit)
        tail = next((i for i in range(limit - same) if old[-1 - i] != new[-1 - i]), limit - same)
        places = TextPlaces(lines)
        with self.history.step():
            self.replace(new[same : len(new) - tail], places.place(same), places.place(len(old) - tail))
        self.move_cursor(self.clamp_visitable((row_in(new.split("\n"), lines, row), column)))

    def action_edit(self, operation: str) -> None:
        """Carry out an operation of `editing.operations` on the selection, as one step to undo."""
        self.carry_out(OPERATIONS[operation](self.document.lines, *self.selection, self.syntax))

    def action_delete_left(self) -> None:
        edit = keystrokes.backspace(self.document.lines, *self.selection, self.syntax)
        if edit is not None:
            self.apply_edit(edit)
        else:
            super().action_delete_left()

    # Selections

    def action_select_more(self) -> None:
        """Select the next larger thing around the selection."""
        edit = selecting.grow(self.document.lines, *self.selection, self.syntax)
        if edit is not None:
            if not self._grown or self._grown[-1] != self.selection:
                self._grown = [self.selection]
            self._grown.append(Selection(edit.anchor, edit.caret))
            self.apply_edit(edit)

    def action_select_less(self) -> None:
        """Go back to what was selected before it grew."""
        if len(self._grown) > 1 and self._grown[-1] == self.selection:
            self._grown.pop()
            self.selection = self._grown[-1]
            self.record_cursor_width()

    def action_cursor_part_left(self, select: bool = False) -> None:
        self.move_cursor(words.part_left(self.document.lines, self.cursor_location), select=select)

    def action_cursor_part_right(self, select: bool = False) -> None:
        self.move_cursor(words.part_right(self.document.lines, self.cursor_location), select=select)

    def action_text_start(self, select: bool = False) -> None:
        self.move_cursor((0, 0), select=select)

    def action_text_end(self, select: bool = False) -> None:
        self.move_cursor(self.document.end, select=select)

    # Clipboard

    def action_copy(self) -> None:
        """Copy the selection; without one, the line."""
        if self.selection.is_empty:
            self._line_copied = f"{self.document.get_line(self.cursor_location[0])}\n"
            if self._line_copied == "\n":
                raise SkipAction  # nothing to copy: the key keeps its meaning elsewhere
            self.app.copy_to_clipboard(self._line_copied)
        else:
            self.app.copy_to_clipboard(self.selected_text)

    def action_cut(self) -> None:
        """Cut the selection; without one, the line."""
        if self.read_only:
            return
        if self.selection.is_empty:
            self._line_copied = f"{self.document.get_line(self.cursor_location[0])}\n"
            self.app.copy_to_clipboard(self._line_copied)
            self.action_edit("delete")
        else:
            self.app.copy_to_clipboard(self.selected_text)
            with self.history.step():
                self.delete(*sorted(self.selection), maintain_selection_offset=False)

    def action_paste(self) -> None:
        """Paste what was copied here; a line that was copied as one goes above the caret's."""
        text = self.app.clipboard
        if text and text == self._line_copied and self.selection.is_empty:
            self.carry_out(pasting.paste_line(self.document.lines, self.cursor_location, text))
        else:
            self.paste(text)

    def paste(self, text: str) -> None:
        """Put text in the place of the selection, as one step; several lines are indented as the place is."""
        if not text:
            return
        lines, start = self.document.lines, min(self.selection)
        in_string = self.text_at(*start) == "string"
        plain = pasting.plain(text)
        self.carry_out(pasting.paste(lines, *self.selection, plain, self.syntax, in_string=in_string))

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.paste(event.text)
        self.focus()
