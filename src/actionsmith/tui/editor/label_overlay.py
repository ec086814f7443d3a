"""Labels to jump to, painted over code that is faint meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from actionsmith.editing.edit import Place

FAINT = Style(dim=True)


class Window(NamedTuple):
    """Cells of the text out of sight on the left, cells before the text, cells of a tab stop."""

    scrolled: int
    text_at: int
    tab: int


class LabelOverlay:
    """Shows labels by place while it is on."""

    def __init__(self) -> None:
        self.is_on = False
        self._by_row: Mapping[int, list[tuple[int, str]]] = {}

    def show_labels(self, labels: Mapping[Place, str] | None) -> None:
        """Paint labels, and the text around them faint; None: neither."""
        by_row: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for (row, column), label in (labels or {}).items():
            by_row[row].append((column, label))
        self.is_on, self._by_row = labels is not None, by_row

    def paint(self, strip: Strip, row: int, line: str, window: Window, style: Style) -> Strip:
        """A painted row, faint, with its labels in `style`."""
        code = strip.crop(window.text_at).apply_style(FAINT)
        strip = Strip.join([strip.crop(0, window.text_at), code])
        for column, label in self._by_row.get(row, ()):
            cells = cell_len(line[:column].expandtabs(window.tab)) - window.scrolled
            at = max(cells, 0) + window.text_at
            rest = strip.crop(at + cell_len(label))
            strip = Strip.join([strip.crop(0, at), Strip([Segment(label, style)]), rest])
        return strip
