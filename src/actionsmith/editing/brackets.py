"""Pairs of brackets and quotes: the partner of one, and what encloses a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from actionsmith.editing.edit import Edit, Place
from actionsmith.editing.keystrokes import CLOSERS, OPENERS, QUOTES

SIGNS = re.compile(r"[()\[\]{}]")

REACH_LINES = 5_000
"""Lines that are read on each side of a place."""


class Pair(NamedTuple):
    """The places of an opening sign and of its closing one."""

    start: Place
    end: Place


def partner(lines: Sequence[str], place: Place) -> Place | None:
    """The place of the bracket that belongs to the one at a place. None: no bracket, or it stands alone."""
    row, column = place
    sign = lines[row][column : column + 1]
    if sign in OPENERS:
        return _seek(_after(lines, (row, column + 1)), sign, OPENERS[sign])
    if sign in CLOSERS:
        return _seek(_before(lines, place), sign, CLOSERS[sign])
    return None


def enclosing(lines: Sequence[str], start: Place, end: Place) -> Pair | None:
    """The innermost pair of brackets around a range of the text."""
    opened = _first_alone(_before(lines, start), CLOSERS)
    closed = _first_alone(_after(lines, end), OPENERS)
    pairs = [
        Pair(opened[closer], closed[opener])
        for opener, closer in OPENERS.items()
        if closer in opened and opener in closed
    ]
    return max(pairs, default=None)


def string_around(line: str, row: int, start: int, end: int, language: str) -> Pair | None:
    """The quotes of the string on this line that holds the columns `[start, end)`."""
    quotes = QUOTES.get(language, "")
    opened: int | None = None
    column = 0
    while column < len(line):
        sign = line[column]
        if sign == "\\" and opened is not None:
            column += 1
        elif sign in quotes and opened is None:
            opened = column
        elif opened is not None and sign == line[opened]:
            if opened < start and end <= column:
                return Pair((row, opened), (row, column))
            opened = None
        column += 1
    return None


def go_to_partner(lines: Sequence[str], anchor: Place, caret: Place, language: str) -> Edit | None:
    """To the partner of the bracket at or before the caret; within brackets, to the one that closes them."""
    row, column = caret
    for place in ((row, column), (row, column - 1)):
        if place[1] >= 0 and (other := partner(lines, place)):
            return Edit(caret, caret, "", other, other)
    around = enclosing(lines, caret, caret)
    return Edit(caret, caret, "", around.end, around.end) if around else None


def _seek(signs: Iterator[tuple[Place, str]], own: str, other: str) -> Place | None:
    depth = 1
    for place, sign in signs:
        depth += (sign == own) - (sign == other)
        if not depth:
            return place
    return None


def _first_alone(signs: Iterator[tuple[Place, str]], partners: Mapping[str, str]) -> Mapping[str, Place]:
    """Of each kind of bracket the first whose partner was not passed, by that partner.

    `partners` are the brackets that are passed first, each with the one it belongs to.
    """
    depth = dict.fromkeys(partners, 0)
    own = {partner: sign for sign, partner in partners.items()}
    alone: dict[str, Place] = {}
    for place, sign in signs:
        if sign in partners:
            depth[sign] += 1
        elif depth[own[sign]]:
            depth[own[sign]] -= 1
        elif alone.setdefault(own[sign], place) is place and len(alone) == len(partners):
            break
    return alone


def _after(lines: Sequence[str], place: Place) -> Iterator[tuple[Place, str]]:
    first, left = place
    for row in range(first, min(len(lines), first + REACH_LINES)):
        for found in SIGNS.finditer(lines[row], left if row == first else 0):
            yield (row, found.start()), found[0]


def _before(lines: Sequence[str], place: Place) -> Iterator[tuple[Place, str]]:
    last, right = place
    for row in range(last, max(-1, last - REACH_LINES), -1):
        line = lines[row]
        for found in reversed(list(SIGNS.finditer(line, 0, right if row == last else len(line)))):
            yield (row, found.start()), found[0]
