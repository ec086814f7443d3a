"""Bringing two texts together that were both made from a third: what only one of them changed is taken over.

Lines are the unit. Changes of both that touch each other without being the same are a conflict. (The
ready-made library is under a licence that this program cannot take on.)
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

COMPARED_AT_MOST = 40_000
"""So many pairs of lines are compared one by one."""

OURS_MARK, BETWEEN_MARK, THEIRS_MARK = "<<<<<<<", "=======", ">>>>>>>"


class Merged(msgspec.Struct, frozen=True):
    """`text` has both sides of each of the `conflicts` between marks."""

    text: str
    conflicts: int


class _Hunk(msgspec.Struct, frozen=True):
    """Lines `low` to `high` of the base became lines `new_low` to `new_high` of a side."""

    low: int
    high: int
    new_low: int
    new_high: int


def merge(
    base: str, ours: str, theirs: str, *, our_name: str = "yours", their_name: str = "theirs"
) -> Merged:
    """Merge two texts; the names stand beside the marks of a conflict. Blocks for long texts."""
    old, mine, other = (text.splitlines(keepends=True) for text in (base, ours, theirs))
    lines: list[str] = []
    conflicts = done = 0
    for low, high, my_hunks, other_hunks in _groups(_hunks(old, mine), _hunks(old, other)):
        lines += old[done:low]
        done = high
        my_part, other_part = _part(old, mine, my_hunks, low, high), _part(old, other, other_hunks, low, high)
        if not other_hunks or my_part == other_part:
            lines += my_part
        elif not my_hunks:
            lines += other_part
        else:
            conflicts += 1
            end = "\r\n" if "\r\n" in ours else "\n"
            lines += _marked(my_part, other_part, our_name, their_name, end)
    return Merged("".join([*lines, *old[done:]]), conflicts)


def _hunks(old: Sequence[str], new: Sequence[str]) -> list[_Hunk]:
    """The changes that lead from one text to another."""
    hunks, low, new_low = [], 0, 0
    for match, new_match, length in [*matching_runs(old, new, 0, 0), (len(old), len(new), 0)]:
        if low < match or new_low < new_match:
            hunks.append(_Hunk(low, match, new_low, new_match))
        low, new_low = match + length, new_match + length
    return hunks


def matching_runs(
    old: Sequence[str], new: Sequence[str], at: int, new_at: int
) -> Iterator[tuple[int, int, int]]:
    """Runs of lines that both texts have, in order: where in the old, where in the new, how many.

    Equal ends first, then lines that each text has once, then what lies between them. Comparing all lines
    with all others is for short stretches: in repetitive code it would take minutes.
    """
    shorter = min(len(old), len(new))
    head = next((row for row in range(shorter) if old[row] != new[row]), shorter)
    tail = next((row for row in range(shorter - head) if old[-1 - row] != new[-1 - row]), shorter - head)
    if head:
        yield at, new_at, head
    end, new_end = len(old) - tail, len(new) - tail
    between, new_between = old[head:end], new[head:new_end]
    if len(between) * len(new_between) <= COMPARED_AT_MOST:
        for match, new_match, length in SequenceMatcher(
            None, between, new_between, autojunk=False
        ).get_matching_blocks():
            if length:
                yield at + head + match, new_at + head + new_match, length
    elif anchors := _anchors(between, new_between):
        low = new_low = 0
        for row, new_row in [*anchors, (len(between), len(new_between))]:
            part, new_part = between[low:row], new_between[new_low:new_row]
            yield from matching_runs(part, new_part, at + head + low, new_at + head + new_low)
            if row < len(between):
                yield at + head + row, new_at + head + new_row, 1
            low, new_low = row + 1, new_row + 1
    if tail:
        yield at + end, new_at + new_end, tail


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest row of lines that each text has once and that stand in the same order in both."""
    once, new_once = _rows_of_unique(old), _rows_of_unique(new)
    pairs = [(row, new_once[line]) for line, row in once.items() if line in new_once]
    ends: list[int] = []  # the smallest new row a chain of each length ends with, and the pair it is of
    last: list[int] = []
    before: list[int] = []
    for number, (_, new_row) in enumerate(pairs):
        length = bisect_left(ends, new_row)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [new_row]
        last[length : length + 1] = [number]
    chain, number = [], last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _rows_of_unique(lines: Sequence[str]) -> dict[str, int]:
    counts = Counter(lines)
    return {line: row for row, line in enumerate(lines) if counts[line] == 1}


def _groups(
    ours: Sequence[_Hunk], theirs: Sequence[_Hunk]
) -> Iterator[tuple[int, int, list[_Hunk], list[_Hunk]]]:
    """Ranges of the base in its order, each with the changes of both sides in it that touch each other."""
    waiting = sorted(
        [(hunk.low, hunk.high, 0, hunk) for hunk in ours]
        + [(hunk.low, hunk.high, 1, hunk) for hunk in theirs],
        key=lambda item: item[:3],
    )
    while waiting:
        low, high, side, hunk = waiting.pop(0)
        group: tuple[list[_Hunk], list[_Hunk]] = ([], [])
        group[side].append(hunk)
        while waiting and waiting[0][0] <= high:
            _, end, side, hunk = waiting.pop(0)
            group[side].append(hunk)
            high = max(high, end)
        yield low, high, *group


def _part(old: Sequence[str], new: Sequence[str], hunks: Sequence[_Hunk], low: int, high: int) -> list[str]:
    """What a side has in the place of a range of the base."""
    if not hunks:
        return list(old[low:high])
    first, last = hunks[0], hunks[-1]
    return list(new[first.new_low - (first.low - low) : last.new_high + (high - last.high)])


def _marked(ours: list[str], theirs: list[str], our_name: str, their_name: str, end: str) -> list[str]:
    return [
        f"{OURS_MARK} {our_name}{end}",
        *_ended(ours, end),
        f"{BETWEEN_MARK}{end}",
        *_ended(theirs, end),
        f"{THEIRS_MARK} {their_name}{end}",
    ]


def _ended(lines: list[str], end: str) -> list[str]:
    """A last line without an end gets one: a mark comes behind it."""
    if lines and not lines[-1].endswith(("\n", "\r")):
        return [*lines[:-1], lines[-1] + end]
    return lines
