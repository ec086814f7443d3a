"""What is painted over code for a while: hits of a search, labels to jump to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

Place = tuple[int, int]


class TextOverlay:
    """Hits as columns `[start, end)` by row, the current one as row, start, end; labels by place."""

    def __init__(self) -> None:
        self.hits: Mapping[int, Sequence[tuple[int, int]]] = {}
        self.current: tuple[int, int, int] | None = None
        self.labels: Mapping[Place, str] | None = None
        self._labels_of: dict[int, list[tuple[int, str]]] = {}

    def show_labels(self, labels: Mapping[Place, str] | None) -> None:
        """Paint labels, and the text under them dim; None: neither."""
        self.labels = labels
        self._labels_of = {}
        for (row, column), label in (labels or {}).items():
            self._labels_of.setdefault(row, []).append((column, label))

    def touches(self, row: int) -> bool:
        """Whether there is anything to paint on a row."""
        return self.labels is not None or row in self.hits

    def paint(
        self,
        strip: Strip,
        row: int,
        line: str,
        text_at: int,
        scrolled: int,
        tab: int,
        styles: Sequence[Style],
    ) -> Strip:
        """A painted row with its hits and labels. `text_at`: cells before the text; `scrolled`: cells of the
        text that are out of sight on the left; `styles` for a hit, the current one, and a label."""
        a_hit, the_hit, a_label = styles

        def cell(column: int) -> int:
            return max(cell_len(line[:column].expandtabs(tab)) - scrolled, 0) + text_at

        for start, end in self.hits.get(row, ()):
            is_current = self.current == (row, start, end)
            strip = _over(strip, cell(start), cell(end), the_hit if is_current else a_hit)
        if self.labels is not None:
            strip = _over(strip, text_at, strip.cell_length, Style(dim=True))
        for column, label in self._labels_of.get(row, ()):
            at = cell(column)
            rest = strip.crop(at + cell_len(label))
            strip = Strip.join([strip.crop(0, at), Strip([Segment(label, a_label)]), rest])
        return strip


def _over(strip: Strip, start: int, end: int, style: Style) -> Strip:
    if end <= start or start >= strip.cell_length:
        return strip
    middle: Iterable[Segment] = (
        Segment(text, (under or Style()) + style, control) for text, under, control in strip.crop(start, end)
    )
    return Strip.join([strip.crop(0, start), Strip(middle), strip.crop(end)])
