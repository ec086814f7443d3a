"""Statements over several lines, read a line at a time: what of a line is code, and where it all began."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actionsmith.editing.edit import COMMENTS

MOST_ROWS = 500
"""Rows that are read back to the start of a statement."""

QUOTED = r'"(?:\\.|[^"\\])*"?|' r"'(?:\\.|[^'\\])*'?|" r"`(?:\\.|[^`\\])*`?"
PARTS = {
    language: re.compile(rf"(?P<quoted>{QUOTED})|(?P<comment>{marker}.*)|(?P<sign>[()\[\]{{}}])")
    for language, marker in COMMENTS.items()
}


def code_of(line: str, language: str) -> str:
    """A line without the comment that ends it, and without the white space before that."""
    parts = PARTS.get(language)
    for part in parts.finditer(line) if parts else ():
        if part["comment"] is not None:
            return line[: part.start()].rstrip()
    return line.rstrip()


def statement_row(lines: Sequence[str], row: int, code: str, language: str) -> int | None:
    """The row on which the brackets open that `code`, the start of `row`, closes; `row` when it closes
    none. None: a bracket is still open."""
    depth = _depth(code, language)
    if depth > 0:
        return None
    first = row
    while depth < 0 and first > max(row - MOST_ROWS, 0):
        first -= 1
        depth += _depth(lines[first], language)
    return first if depth >= 0 else row


def _depth(line: str, language: str) -> int:
    """How many more brackets a line opens than it closes."""
    signs = [part["sign"] for part in PARTS[language].finditer(line) if part["sign"]]
    return sum(1 if sign in "([{" else -1 for sign in signs)
