"""Marks on lines of a text: one per line, moving with it as the text is edited."""

from __future__ import annotations

from typing import Literal

import msgspec
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from actionsmith.language.highlighting import Change

MarkKind = Literal["error", "warning", "info"]
SIGNS: dict[MarkKind, str] = {"error": "●", "warning": "▲", "info": "◆"}
SEVERITY: tuple[MarkKind, ...] = ("error", "warning", "info")


class Mark(msgspec.Struct, frozen=True):
    """Something to say about a line (`line` counts from 1)."""

    line: int
    kind: MarkKind
    message: str

    @property
    def sign(self) -> str:
        return SIGNS[self.kind]


LEAST_ROOM = 12
"""Cells; a message that has less behind its line is left out, the gutter still shows its sign."""


class LineMarks:
    """The mark of each row (from 0). Of several on a row the most serious stays, of equals the first."""

    def __init__(self) -> None:
        self._by_row: dict[int, Mark] = {}

    def all(self) -> list[Mark]:
        """The marks from top to bottom, each with the line it is on now."""
        return [Mark(row + 1, mark.kind, mark.message) for row, mark in sorted(self._by_row.items())]

    def at(self, row: int) -> Mark | None:
        """The mark of a row."""
        return self._by_row.get(row)

    def add(self, mark: Mark, line_count: int) -> None:
        """Add a mark; one beyond the text goes to the nearest line."""
        row = min(max(mark.line, 1), line_count) - 1
        there = self._by_row.get(row)
        if there is None or SEVERITY.index(mark.kind) < SEVERITY.index(there.kind):
            self._by_row[row] = mark

    def clear(self) -> None:
        self._by_row = {}

    def follow(self, change: Change) -> None:
        """Move along with a change of the text; within the changed lines as near as possible."""
        if change.removed != change.inserted:
            self._by_row = {_moved(row, change): mark for row, mark in self._by_row.items()}


def _moved(row: int, change: Change) -> int:
    first, removed, inserted = change
    if row < first:
        return row
    if row >= first + removed:
        return row + inserted - removed
    return min(row, first + max(inserted - 1, 0))


def with_message(strip: Strip, mark: Mark, style: Style, used: int, room: int) -> Strip:
    """A painted line with the mark's message in its empty end: behind `used` cells, within `room`."""
    if room < LEAST_ROOM:
        return strip
    message = " ".join(mark.message.split())
    if cell_len(message) > room:
        message = f"{set_cell_size(message, room - 1)}…"
    background = list(strip)[-1].style or Style()
    shown = Segment(message, background + style + Style(italic=True))
    return Strip.join([strip.crop(0, used), Strip([shown]), strip.crop(used + cell_len(message))])
