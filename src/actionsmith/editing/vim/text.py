"""A text as lines and as one string, and the ways between the two."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from actionsmith.editing.edit import Edit, Place, indent_of


class Text:
    """Lines with their string; offsets count characters, line ends included. It does not change."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

    @cached_property
    def flat(self) -> str:
        return "\n".join(self.lines)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self.lines), initial=0))[:-1]

    @property
    def last_row(self) -> int:
        return len(self.lines) - 1

    def offset(self, place: Place) -> int:
        row, column = place
        return self._starts[row] + column

    def place(self, offset: int) -> Place:
        row = bisect_right(self._starts, offset) - 1
        return row, offset - self._starts[row]

    def first_filled(self, row: int) -> Place:
        """The first character of a row that is no white space, or its last character."""
        line = self.lines[row]
        return row, min(len(indent_of(line)), max(len(line) - 1, 0))

    def within(self, place: Place, *, past_end: bool = False) -> Place:
        """The nearest place that exists; the one behind the last character only with `past_end`."""
        row = min(max(place[0], 0), self.last_row)
        most = len(self.lines[row]) - (not past_end)
        return row, max(min(place[1], most), 0)

    def is_empty_at(self, offset: int) -> bool:
        """Whether the offset is that of an empty line."""
        text = self.flat
        ends = offset >= len(text) or text[offset] == "\n"
        return ends and (offset == 0 or text[offset - 1] == "\n")


def difference(old: Sequence[str], new: Sequence[str], caret: Place) -> Edit | None:
    """The one edit that makes `new` of `old`, as small as possible at both ends. None: they are the same."""
    before, after = "\n".join(old), "\n".join(new)
    if before == after:
        return None
    start = common_start(before, after)
    most = min(len(before), len(after)) - start
    tail = common_start(before[len(before) - most :][::-1], after[len(after) - most :][::-1])
    text = Text(old)
    return Edit(
        text.place(start), text.place(len(before) - tail), after[start : len(after) - tail], caret, caret
    )


def common_start(one: str, other: str) -> int:
    """How many characters two strings share from their start on."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
