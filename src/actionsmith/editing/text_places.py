"""Between the two ways to say where something is in a text: an offset, and a row with a column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from actionsmith.editing.edit import Place


class TextPlaces:
    """The lines of a text joined by newlines: `offset` and `place` turn one into the other."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def offset(self, place: Place) -> int:
        """Characters before a place."""
        return self._starts[place[0]] + place[1]

    def place(self, offset: int) -> Place:
        """Row and column of an offset within the text."""
        row = bisect_right(self._starts, offset, hi=len(self._starts) - 1) - 1
        return row, offset - self._starts[row]
