"""Which rows of a text are hidden, and on which line of the picture the others are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate

from actionsmith.language.text_change import TextChange


class Folds:
    """Blocks whose first row stands for all of them. A change of any of its rows opens a block again."""

    def __init__(self) -> None:
        self._blocks: dict[int, int] = {}
        self._hidden: list[tuple[int, int]] = []
        """First and last hidden row of blocks that are not within another, from top to bottom."""
        self._arranged([])

    @property
    def is_empty(self) -> bool:
        return not self._blocks

    @property
    def blocks(self) -> tuple[tuple[int, int], ...]:
        """First and last row of all blocks, those within others, too."""
        return tuple(self._blocks.items())

    def last_row(self, row: int) -> int | None:
        """The last row of the folded block that begins with `row`."""
        return self._blocks.get(row)

    def fold(self, blocks: Iterable[tuple[int, int]]) -> None:
        """Hide all but the first row of these blocks, given as first and last row."""
        self._arranged([*self._blocks.items(), *blocks])

    def open_at(self, *rows: int) -> bool:
        """Open what hides any of these rows; says whether there was something."""
        return self._keep(lambda first, last: not any(first < row <= last for row in rows))

    def open(self, row: int) -> bool:
        """Open the block that begins with `row`; says whether there was one."""
        return self._keep(lambda first, _: first != row)

    def clear(self) -> None:
        self._arranged([])

    def follow(self, change: TextChange) -> bool:
        """Move along with a change of the text, opening what it touched; says whether that was anything."""
        if not self._blocks:
            return False
        (first_changed, _), (last_changed, column), (new_last, new_column) = change
        is_whole_rows = column == new_column == 0
        shift = new_last - last_changed
        kept = []
        for first, last in self._blocks.items():
            if last < first_changed or (first == first_changed == last_changed == new_last):
                kept.append((first, last))
            elif first > last_changed or (first == last_changed and is_whole_rows):
                kept.append((first + shift, last + shift))
        opened = len(kept) < len(self._blocks)
        self._arranged(kept)
        return opened

    # Rows and lines of the picture

    @property
    def hidden_count(self) -> int:
        """How many rows are hidden."""
        return self._sums[-1]

    def line_of(self, row: int) -> int:
        """The line a row is on; a hidden row is on that of its block."""
        at = bisect_right(self._firsts, row)
        if at and row <= self._hidden[at - 1][1]:
            row, at = self._hidden[at - 1][0] - 1, at - 1
        return row - self._sums[at]

    def row_of(self, line: int) -> int:
        """The row that is on a line of the picture."""
        return line + self._sums[bisect_right(self._lines, line)]

    def _keep(self, wanted: Callable[[int, int], bool]) -> bool:
        kept = [block for block in self._blocks.items() if wanted(*block)]
        if len(kept) == len(self._blocks):
            return False
        self._arranged(kept)
        return True

    def _arranged(self, blocks: Iterable[tuple[int, int]]) -> None:
        self._blocks = dict(sorted(blocks))
        self._hidden = []
        for first, last in self._blocks.items():
            if not self._hidden or first > self._hidden[-1][1]:
                self._hidden.append((first + 1, last))
            else:  # within another
                self._hidden[-1] = self._hidden[-1][0], max(self._hidden[-1][1], last)
        self._firsts = [first for first, _ in self._hidden]
        self._sums = [0, *accumulate(last - first + 1 for first, last in self._hidden)]
        self._lines = [first - hidden for first, hidden in zip(self._firsts, self._sums, strict=False)]
