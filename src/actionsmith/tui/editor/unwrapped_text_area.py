"""A TextArea whose lines are not wrapped and whose edits cost the same in a text of any size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Unpack

from textual import events
from textual.document._document import Document, Selection
from textual.geometry import Offset, Size
from textual.widgets import TextArea

from actionsmith.editing.folding import block_around, outer_blocks
from actionsmith.language.text_change import RowChange, TextChange, row_change, text_change
from actionsmith.tui.editor.editor_options import EditorOptions
from actionsmith.tui.editor.folds import Folds
from actionsmith.tui.editor.unwrapped_document import UnwrappedDocument, UnwrappedNavigator, cells_before


class UnwrappedTextArea(TextArea):
    """It measures only lines that changed, and tells what changed.

    It leans on private seams of TextArea: `_build_highlight_map` is called at once after each edit,
    undo, redo and load; `_refresh_size` measures the document; `_set_document` replaces it.
    """

    def __init__(self, text: str, *, tab_width: int, **options: Unpack[EditorOptions]) -> None:
        self._known_lines: list[str] = []
        self._widths: list[int] = []
        self.folds = Folds()
        self._tab_width = tab_width
        super().__init__(text, soft_wrap=False, show_line_numbers=True, tab_behavior="indent", **options)
        self.cursor_blink = False
        self.indent_width = tab_width

    def _text_changed(self, rows: RowChange, change: TextChange) -> None:
        """The text is another one now; called at once, before it is painted. For those who build on it."""

    def _build_highlight_map(self) -> None:
        old, lines = self._known_lines, self.document.lines
        rows = row_change(old, lines)
        first, removed, inserted = rows
        if not removed and not inserted:
            return
        change = text_change(old, lines, rows)
        new = lines[first : first + inserted]
        self._known_lines[first : first + removed] = new
        self._widths[first : first + removed] = self._measured(new)
        opened = self.folds.follow(change)
        self._text_changed(rows, change)
        if self.is_mounted:
            before = self.virtual_size
            self._refresh_size()  # undo measures before the new widths are known
            now = self.virtual_size
            if opened or now.width > before.width or now.height > before.height:
                self.scroll_cursor_visible()  # TextArea went to the caret when the end was not there yet

    def _measured(self, lines: Sequence[str]) -> list[int]:
        return [cells_before(line, len(line), self._tab_width) for line in lines]

    def _set_document(self, text: str, language: str | None) -> None:
        self.document = Document(text)
        self.wrapped_document = UnwrappedDocument(self.document, self.folds, self._tab_width)
        self.navigator = UnwrappedNavigator(self.wrapped_document)
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def _open_document(self, text: str, tab_width: int) -> None:
        """A new document, without history and without a message."""
        if tab_width != self._tab_width:
            self._tab_width = self.indent_width = tab_width
            self._widths = self._measured(self._known_lines)
        self.history.clear()
        self.selection = Selection()  # TextArea looks at it while a shorter document takes its place
        self.folds.clear()
        self._set_document(text, None)
        self.scroll_home(animate=False)

    def _refresh_size(self) -> None:
        if len(self._widths) != self.document.line_count:
            return  # in the middle of a change: it is measured when it is done
        width = max(self._widths, default=0) + self.gutter_width + 1
        self.virtual_size = Size(width, self.wrapped_document.height)
        self._refresh_scrollbars()

    # Folds

    @property
    def visible_rows(self) -> Sequence[int]:
        """The rows of the text that are on the screen, from top to bottom."""
        top, room = self.scroll_offset.y, self.scrollable_content_region.height
        lines = range(top, min(top + room, self.wrapped_document.height))
        return [self.folds.row_of(line) for line in lines]

    def fold(self, blocks: Iterable[tuple[int, int]]) -> None:
        """Hide all but the first of the rows of each block, given as its first and last row."""
        self.folds.fold(blocks)
        anchor, caret = self.selection
        head = self._shown(caret[0])
        if head != caret[0]:
            self.move_cursor((head, len(self.document.get_line(head))))
        elif self._shown(anchor[0]) != anchor[0]:
            self.move_cursor(caret)
        self._folds_changed()

    def _shown(self, row: int) -> int:
        return self.folds.row_of(self.folds.line_of(row))

    def unfold(self, row: int | None = None) -> None:
        """Show the rows of the block that begins with `row` again, or all there are."""
        if row is None:
            self.folds.clear()
        else:
            self.folds.open(row)
        self._folds_changed()

    def action_fold(self) -> None:
        """Hide the block at the caret behind its first row, or show it again."""
        row = self.selection.end[0]
        if self.folds.last_row(row) is not None:
            self.unfold(row)
        elif block := block_around(self.document.lines, row):
            self.fold([block])

    def action_fold_all(self) -> None:
        """Hide all outer blocks, or show all that is hidden."""
        if self.folds.is_empty:
            self.fold(outer_blocks(self.document.lines))
        else:
            self.unfold()

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        """A click beside a folded block opens it; with shift it selects from where the caret was."""
        offset = event.get_content_offset(self)
        if offset is None or offset.x >= self.gutter_width:
            if event.shift:
                event.prevent_default()
                anchor = self.selection.start
                await super()._on_mouse_down(event)
                self.selection = Selection(anchor, self.selection.end)
            return
        line = offset.y + self.scroll_offset.y
        if line < self.wrapped_document.height and self.folds.last_row(self.folds.row_of(line)) is not None:
            event.prevent_default()
            event.stop()
            self.unfold(self.folds.row_of(line))

    def _folds_changed(self) -> None:
        self._refresh_size()
        self.scroll_cursor_visible()
        self.refresh()

    def _watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        """What the caret or the other end of the selection goes into opens."""
        settled = len(self._known_lines) == self.document.line_count  # not in the middle of an edit
        if settled and not self.folds.is_empty and self.folds.open_at(selection.start[0], selection.end[0]):
            self._refresh_size()
        super()._watch_selection(previous_selection, selection)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Back at the start, too, once the caret's line fits: no line lacks its first letters for nothing."""
        offset = super().scroll_cursor_visible(center, animate)
        row, room = self.cursor_location[0], self.scrollable_content_region.width - self.gutter_width - 1
        if self.scroll_x and row < len(self._widths) and self._widths[row] <= room:
            self.scroll_to(x=0, animate=animate, force=True)
        return offset
