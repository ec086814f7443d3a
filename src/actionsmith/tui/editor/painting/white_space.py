"""White space made visible: a line at every level of indentation, dots at the end of lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from actionsmith.tui.editor.painting.layer import Spans

Lines = Callable[[], Sequence[str]]
NEIGHBOURS = 50
"""How far a blank row looks for one with text, to know how deep it is."""


class GuideLayer:
    """A thin line at each level of indentation. Blank rows have those of the block they are in."""

    def __init__(self, lines: Lines, unit: Callable[[], int], ends_by_indent: Callable[[], bool]) -> None:
        """`unit` is the width of a level; `ends_by_indent`: blocks end without a closing line."""
        self._lines, self._unit, self._ends_by_indent = lines, unit, ends_by_indent
        self.is_on = True

    def spans(self, row: int) -> Spans:
        if not self.is_on:
            return ()
        lines, unit = self._lines(), self._unit()
        if row >= len(lines):
            return ()
        line = lines[row]
        if line and not line[0].isspace():
            return ()
        text = line.lstrip()
        if text:
            return _guides(line[: len(line) - len(text)], unit)
        levels = self._levels_of_blank(lines, row, unit)
        return _guides(" " * (levels * unit), unit) if "\t" not in line else ()

    def _levels_of_blank(self, lines: Sequence[str], row: int, unit: int) -> int:
        above = _levels(reversed(lines[max(row - NEIGHBOURS, 0) : row]), unit)
        below = _levels(lines[row + 1 : row + 1 + NEIGHBOURS], unit)
        if above < below:
            return above + 1
        return below if above == below or self._ends_by_indent() else below + 1


class TrailingSpaceLayer:
    """White space at the end of a line that the caret is not in."""

    def __init__(self, lines: Lines, caret_row: Callable[[], int]) -> None:
        self._lines, self._caret_row = lines, caret_row
        self.is_on = True

    def spans(self, row: int) -> Spans:
        lines = self._lines()
        line = lines[row] if row < len(lines) else ""
        if not self.is_on or line[-1:] not in (" ", "\t") or row == self._caret_row():
            return ()
        return ((len(line.rstrip(" \t")), len(line), "space", "·"),)


def _levels(lines: Iterable[str], unit: int) -> int:
    for line in lines:
        text = line.lstrip()
        if text:
            return len(line[: len(line) - len(text)].expandtabs(unit)) // unit
    return 0


@lru_cache(256)
def _guides(indent: str, unit: int) -> Spans:
    starts, width, whole = {}, 0, len(indent.expandtabs(unit)) // unit * unit
    for column, character in enumerate(indent):
        starts[width] = column
        width += unit - width % unit if character == "\t" else 1
    return tuple(
        (starts[width], starts[width] + 1, "guide", "│") for width in range(0, whole, unit) if width in starts
    )
