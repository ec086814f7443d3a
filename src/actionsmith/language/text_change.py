"""What changed between two states of a text, and where a place of the old one went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from actionsmith.language.service import Span

Place = tuple[int, int]
"""Row and column, both from 0."""


class RowChange(NamedTuple):
    """Rows `[first, first + removed)` became `inserted` rows."""

    first: int
    removed: int
    inserted: int


class TextChange(NamedTuple):
    """The text from `start` to `old_end` became that from `start` to `new_end`."""

    start: Place
    old_end: Place
    new_end: Place


def row_change(old: Sequence[str], new: Sequence[str]) -> RowChange:
    """The one block of rows that differs; nothing removed and inserted when the texts are the same."""
    shortest = min(len(old), len(new))
    first = _common(old, new, shortest, from_end=False)
    last = _common(old, new, shortest - first, from_end=True)
    return RowChange(first, len(old) - first - last, len(new) - first - last)


def text_change(old: Sequence[str], new: Sequence[str], rows: RowChange) -> TextChange:
    """The change within those rows, to the column. Several edits at once are one change around all."""
    first, removed, inserted = rows
    if not removed or not inserted:  # whole rows came or went, with the line break before or behind them
        if first + max(removed, inserted) < max(len(old), len(new)):
            return TextChange((first, 0), (first + removed, 0), (first + inserted, 0))
        start = (first - 1, len(new[first - 1])) if first else (0, 0)
        return TextChange(start, _end(old, first + removed, start), _end(new, first + inserted, start))
    head_old, head_new = old[first], new[first]
    tail_old, tail_new = old[first + removed - 1], new[first + inserted - 1]
    left = _common(head_old, head_new, min(len(head_old), len(head_new)), from_end=False)
    limit = min(len(tail_old) - (left if removed == 1 else 0), len(tail_new) - (left if inserted == 1 else 0))
    right = _common(tail_old, tail_new, limit, from_end=True)
    return TextChange(
        (first, left),
        (first + removed - 1, len(tail_old) - right),
        (first + inserted - 1, len(tail_new) - right),
    )


def _end(lines: Sequence[str], behind: int, start: Place) -> Place:
    return (behind - 1, len(lines[behind - 1])) if behind > start[0] + 1 else start


def followed(span: Span, change: TextChange) -> Span | None:
    """Where a part of the old text is now. It grows and shrinks with what is typed or deleted at its
    inside; None when all of it was replaced or removed."""
    start, end = (span.row, span.column), (span.end_row, span.end_column)
    if end < change.start:
        return span
    if start > change.old_end and start[0] > change.old_end[0] and change.old_end[0] == change.new_end[0]:
        return span  # only rows above it changed, and there are as many as before
    if change.start <= start and end <= change.old_end and change.start < change.old_end and start < end:
        return None
    new_start = _moved(start, change, is_end=False)
    new_end = max(_moved(end, change, is_end=start < end), new_start)
    return Span(*new_start, *new_end)


def _moved(place: Place, change: TextChange, *, is_end: bool) -> Place:
    """A start is pushed along by what is put at it, an end is not."""
    if place < change.start or (is_end and place == change.start):
        return place
    if place < change.old_end:
        return change.start if is_end else change.new_end
    (old_row, old_column), (new_row, new_column) = change.old_end, change.new_end
    if place[0] == old_row:
        return new_row, place[1] - old_column + new_column
    return place[0] + new_row - old_row, place[1]


def _common(old: Sequence[str], new: Sequence[str], limit: int, *, from_end: bool) -> int:
    """How many items at one end are the same. Halves the question, so that slices are compared at
    the speed of the interpreter and not one by one."""

    def same(low: int, high: int) -> bool:
        if from_end:
            return old[len(old) - high : len(old) - low] == new[len(new) - high : len(new) - low]
        return old[low:high] == new[low:high]

    known, bound = 0, limit
    while known < bound:
        middle = (known + bound + 1) // 2
        if same(known, middle):
            known = middle
        else:
            bound = middle - 1
    return known
