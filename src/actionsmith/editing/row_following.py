"""Where a row is in another state of its text."""

from __future__ import annotations

from collections.abc import Sequence

from actionsmith.editing.merge import matching_runs


def row_in(new: Sequence[str], old: Sequence[str], row: int) -> int:
    """The row of `new` that says what `row` of `old` says, by what is around it.

    A row that is gone, or changed, is found where the rows before it end; all rows count from 0.
    """
    found = 0
    for at, new_at, length in matching_runs(old, new, 0, 0):
        if at > row:
            break
        found = new_at + min(row - at, length)
    return min(found, len(new) - 1)
