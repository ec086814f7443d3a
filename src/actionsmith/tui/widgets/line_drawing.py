"""How a line of a list is drawn: a mark, a text, and a short text at the right edge."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

DIM = RichStyle(dim=True)
MARK_WIDTH, GAP = 2, 1


class LineDrawing(Visual):
    """`left` is wrapped, and cut after `rows` rows; `mark` and `right` stand beside its first row.

    Cheaper than a table, of which a list would need one for each of its lines.
    """

    def __init__(self, left: str, right: str, mark: str, style: str, rows: int) -> None:
        self._left, self._right, self._mark, self._rows = left, right, mark, rows
        self._style = RichStyle.parse(style)

    def _beside(self) -> int:
        """How many cells the left text has to leave to the others."""
        return (MARK_WIDTH if self._mark else 0) + GAP + cell_len(self._right)

    def _wrapped(self, width: int) -> list[str]:
        """The rows of the left text in so many cells; … stands for what did not fit."""
        if cell_len(self._left) <= width:
            return [self._left]
        lines = [line.plain for line in Content(self._left).wrap(width)]
        if len(lines) <= self._rows:
            return lines
        last = Content("".join(lines[self._rows - 1 :])).truncate(width, ellipsis=True)
        return [*lines[: self._rows - 1], last.plain]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self._beside() + cell_len(self._left)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return len(self._wrapped(max(width - self._beside(), 1)))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        base = style.rich_style
        text = base + self._style
        column = max(width - self._beside(), 1)
        strips = []
        for number, left in enumerate(self._wrapped(column)):
            first = number == 0
            right = Segment(self._right, base + DIM) if first else Segment(" " * cell_len(self._right), base)
            segments = [Segment(set_cell_size(left, column), text), Segment(" " * GAP, base), right]
            if self._mark:
                mark = Segment(self._mark, text) if first else Segment(" ", base)
                segments = [mark, Segment(" ", base), *segments]
            strips.append(Strip(segments).crop(0, width))
        return strips[:height]
