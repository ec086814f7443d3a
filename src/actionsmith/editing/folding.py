"""Which lines of a text belong together and can be hidden behind the first of them."""

from __future__ import annotations

from collections.abc import Sequence

TAB_WIDTH = 4
CLOSING = (")", "]", "}")
OPENING = ("(", "[", "{", ":")


def block_from(lines: Sequence[str], row: int) -> int | None:
    """The last row of the block that begins with `row` (from 0): the deeper lines below it, and the line
    that closes it when it opens nothing new. None when no block begins there."""
    depth = _depth(lines[row])
    if depth is None:
        return None
    last = row
    for at in range(row + 1, len(lines)):
        deeper = _depth(lines[at])
        if deeper is None:
            continue
        if deeper > depth:
            last = at
            continue
        line = lines[at].strip()
        if last > row and deeper == depth and line.startswith(CLOSING) and not line.endswith(OPENING):
            last = at
        break
    return last if last > row else None


def block_around(lines: Sequence[str], row: int) -> tuple[int, int] | None:
    """First and last row of the innermost block that `row` begins or is in."""
    least = next((depth for line in lines[row:] if (depth := _depth(line)) is not None), None)
    if least is None:
        return None
    for first in range(row, -1, -1):
        depth = _depth(lines[first])
        if depth is None or depth > least:
            continue  # what is deeper than a row behind it ends before that one
        least = depth
        last = block_from(lines, first)
        if last is not None and row <= last:
            return first, last
    return None


def outer_blocks(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The outermost blocks, or those within it when one holds all of the text."""
    found = _blocks(lines, 0, len(lines))
    if len(found) == 1:
        first, last = found[0]
        if not any(line.strip() for line in [*lines[:first], *lines[last + 1 :]]):
            return _blocks(lines, first + 1, last + 1)
    return found


def _blocks(lines: Sequence[str], first: int, behind: int) -> list[tuple[int, int]]:
    found = []
    row = first
    while row < behind:
        last = block_from(lines, row)
        if last is not None:
            found.append((row, last))
            row = last
        row += 1
    return found


def _depth(line: str) -> int | None:
    """How far a line is indented, None for a blank one."""
    text = line.lstrip()
    return len(line[: len(line) - len(text)].expandtabs(TAB_WIDTH)) if text else None
