"""Painted rows, kept until something about them changes."""

from __future__ import annotations

from collections.abc import Callable

from textual.strip import Strip

MOST_ROWS = 1_000
"""Rows that are kept; a screenful is far below that."""


class RowCache:
    """The picture of each row and what it was painted of. A key press paints one row, not a screenful."""

    def __init__(self) -> None:
        self._painted: dict[int, tuple[object, Strip]] = {}

    def strip(self, row: int, made_of: object, paint: Callable[[], Strip]) -> Strip:
        """The picture of a row, painted anew unless it is made of what it was made of before."""
        kept = self._painted.get(row)
        if kept is not None and kept[0] == made_of:
            return kept[1]
        if len(self._painted) >= MOST_ROWS:
            self._painted.clear()
        strip = paint()
        self._painted[row] = made_of, strip
        return strip

    def clear(self) -> None:
        self._painted.clear()
