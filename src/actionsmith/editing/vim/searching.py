"""Search for regular expressions, around the end of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from actionsmith.errors import UserError

if TYPE_CHECKING:
    from regex import Pattern


MOST_SECONDS = 0.5
"""A search runs on the screen's thread: one that tries too many ways is given up."""


def compiled(pattern: str) -> Pattern[str]:
    """A pattern of the editor's regular expressions. Raises UserError when it is none."""
    import regex  # slow to import, and seldom needed

    try:
        return regex.compile(pattern, regex.MULTILINE)
    except (regex.error, OverflowError, RecursionError) as error:
        raise UserError(f"'{pattern}' is no regular expression: {error}.") from None


def find(text: str, pattern: Pattern[str], at: int, step: int) -> int | None:
    """The start of the nearest match behind (`step` 1) or before (-1) an offset; None: there is none.

    Raises UserError when the search takes too long.
    """
    with given_up():
        if step > 0:
            match = pattern.search(text, at + 1, timeout=MOST_SECONDS) if at < len(text) else None
            match = match or pattern.search(text, timeout=MOST_SECONDS)
            return match.start() if match else None
        last = before = None
        for match in pattern.finditer(text, timeout=MOST_SECONDS):
            last = match.start()
            if last < at:
                before = last
        return before if before is not None else last


@contextmanager
def given_up() -> Iterator[None]:
    """Say it in a sentence when a search takes too long or too much."""
    try:
        yield
    except TimeoutError:
        raise UserError("The search was given up: the pattern tries too many ways.") from None
    except MemoryError:
        raise UserError("The search needs more memory than there is.") from None


def word_at(line: str, column: int) -> tuple[int, str] | None:
    """The word at or behind a column, or the signs where there is none; and where it starts."""
    for pattern in (r"\w+", r"[^\w\s]+"):
        for match in re.finditer(pattern, line):
            if match.end() > column:
                return match.start(), match.group()
    return None
