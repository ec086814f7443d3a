"""The one result of every operation: replace a range of the text, then put the selection there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Place = tuple[int, int]
"""Row and column, both from 0."""

INDENTS = {"javascript": "  ", "json": "  ", "python": "    "}
COMMENTS = {"javascript": "//", "python": "#"}


class Edit(NamedTuple):
    """Replace `[start, end)` by `text`; then the selection runs from `anchor` to `caret`."""

    start: Place
    end: Place
    text: str
    anchor: Place
    caret: Place


def indent_unit(language: str) -> str:
    """One level of indentation of a language."""
    return INDENTS.get(language, "  ")


def indent_of(line: str) -> str:
    """The white space a line starts with."""
    return line[: len(line) - len(line.lstrip())]


def apply(lines: Sequence[str], edit: Edit) -> list[str]:
    """The lines after an edit."""
    (first, left), (last, right) = edit.start, edit.end
    new = f"{lines[first][:left]}{edit.text}{lines[last][right:]}".split("\n")
    return [*lines[:first], *new, *lines[last + 1 :]]


def touched_rows(anchor: Place, caret: Place) -> tuple[int, int]:
    """First and last row of a selection; a row it only reaches the start of does not count."""
    start, end = sorted((anchor, caret))
    last = end[0] - 1 if end[0] > start[0] and end[1] == 0 else end[0]
    return start[0], last


def replace_rows(lines: Sequence[str], first: int, new: Sequence[str], anchor: Place, caret: Place) -> Edit:
    """Put `new` in the place of as many rows from `first` on."""
    last = first + len(new) - 1
    return Edit((first, 0), (last, len(lines[last])), "\n".join(new), anchor, caret)
