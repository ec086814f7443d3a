"""A document whose lines are never wrapped: a row is a line of the picture, or hidden in a fold."""

from __future__ import annotations

from rich.cells import cell_len
from textual._cells import cell_width_to_column_index
from textual.document._document import DocumentBase, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import expand_tabs_inline
from textual.geometry import Offset

from actionsmith.tui.editor.folds import Folds
from actionsmith.tui.editor.painting.row_painter import is_plain


class UnwrappedDocument(WrappedDocument):
    """Takes the place of TextArea's WrappedDocument, which keeps five tables of all lines and renumbers
    them after each line break. Here nothing is kept, so an edit costs the same at any size."""

    def __init__(self, document: DocumentBase, folds: Folds, tab_width: int) -> None:
        self._folds = folds
        super().__init__(document, tab_width=tab_width)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        self._tab_width = tab_width or self._tab_width

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Nothing is wrapped."""

    @property
    def height(self) -> int:
        return self.document.line_count - self._folds.hidden_count

    @property
    def wrapped(self) -> bool:
        return False

    @property
    def lines(self) -> list[list[str]]:
        return [[line] for line in self.document.lines]

    def get_offsets(self, line_index: int) -> list[int]:
        return []

    def get_sections(self, line_index: int) -> list[str]:
        return [self.document[line_index]]

    def offset_to_location(self, offset: Offset) -> Location:
        row = self._folds.row_of(min(max(offset.y, 0), self.height - 1))
        return row, self.get_target_document_column(row, max(offset.x, 0), 0)

    def location_to_offset(self, location: Location) -> Offset:
        row, column = location
        row = min(max(row, 0), self.document.line_count - 1)
        return Offset(cells_before(self.document[row], column, self._tab_width), self._folds.line_of(row))

    def get_target_document_column(self, line_index: int, x_offset: int, y_offset: int) -> int:
        line = self.document[line_index]
        if is_plain(line):
            return min(x_offset, len(line))
        return cell_width_to_column_index(line, x_offset, self._tab_width)


class UnwrappedNavigator(DocumentNavigator):
    """Up and down go over what is folded."""

    def get_location_above(self, location: Location) -> Location:
        return self._vertically(location, -1) or (0, 0)

    def get_location_below(self, location: Location) -> Location:
        return self._vertically(location, 1) or (location[0], len(self._document[location[0]]))

    def _vertically(self, location: Location, lines: int) -> Location | None:
        x, y = self._wrapped_document.location_to_offset(location)
        if not 0 <= y + lines < self._wrapped_document.height:
            return None
        return self._wrapped_document.offset_to_location(Offset(max(x, self.last_x_offset), y + lines))


def cells_before(line: str, column: int, tab_width: int) -> int:
    """The cells that the characters of a line before a column take."""
    before = line[:column]
    return len(before) if is_plain(before) else cell_len(expand_tabs_inline(before, tab_width))
