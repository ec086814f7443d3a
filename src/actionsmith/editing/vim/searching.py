"""Search for regular expressions, around the end of the text."""

from __future__ import annotations

import re

from actionsmith.errors import UserError


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of Python's regular expressions. Raises UserError when it is none."""
    try:
        return re.compile(pattern, re.MULTILINE)
    except (re.error, OverflowError, RecursionError) as error:
        raise UserError(f"'{pattern}' is no regular expression: {error}.") from None


def find(text: str, pattern: re.Pattern[str], at: int, step: int) -> int | None:
    """The start of the nearest match behind (`step` 1) or before (-1) an offset; None: there is none."""
    if step > 0:
        match = pattern.search(text, at + 1) if at < len(text) else None
        match = match or pattern.search(text)
        return match.start() if match else None
    last = before = None
    for match in pattern.finditer(text):
        last = match.start()
        if last < at:
            before = last
    return before if before is not None else last


def word_at(line: str, column: int) -> tuple[int, str] | None:
    """The word at or behind a column, or the signs where there is none; and where it starts."""
    for pattern in (r"\w+", r"[^\w\s]+"):
        for match in re.finditer(pattern, line):
            if match.end() > column:
                return match.start(), match.group()
    return None
