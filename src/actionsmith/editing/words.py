"""Words and their parts: where the caret goes from word to word, and which word it is in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actionsmith.editing.edit import Place

PARTS = re.compile(
    r"[A-Z]+(?![a-z])[0-9]*"  # HTTP of HTTPServer, ID of userID
    r"|[A-Z]?[a-z]+[0-9]*"  # get, Server, base64
    r"|[0-9]+"
    r"|[^\W\d_A-Za-z]+"  # letters of other alphabets
    r"|[_$]+(?=[_$]*(?:\W|$))"  # a word of nothing but underscores, or its end
    r"|[^\w\s$]+"
)
"""What a step by part of a word goes over: parts of camelCase and snake_case, and runs of signs."""


def is_word(character: str) -> bool:
    """Whether a character belongs to a name."""
    return character.isalnum() or character in ("_", "$")


def word_around(line: str, column: int) -> tuple[int, int]:
    """The columns of the word a column touches; both are `column` where there is none."""
    start = end = column
    while start and is_word(line[start - 1]):
        start -= 1
    while end < len(line) and is_word(line[end]):
        end += 1
    return start, end


def part_left(lines: Sequence[str], place: Place) -> Place:
    """The start of the part of a word before a place; from the start of a line, the end of the one above."""
    row, column = place
    if not column:
        return (row - 1, len(lines[row - 1])) if row else place
    starts = [part.start() for part in PARTS.finditer(lines[row]) if part.start() < column]
    return row, starts[-1] if starts else 0


def part_right(lines: Sequence[str], place: Place) -> Place:
    """The end of the part of a word after a place; from the end of a line, the start of the one below."""
    row, column = place
    line = lines[row]
    if column >= len(line):
        return (row + 1, 0) if row + 1 < len(lines) else place
    ends = (part.end() for part in PARTS.finditer(line) if part.end() > column)
    return row, next(ends, len(line))
