"""Lines that find their level once they are finished: `else:` under its `if`, `case 2:` under `case 1:`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actionsmith.editing.edit import Edit, Place, indent_of

PYTHON_OPENERS = {
    "else": ("if", "elif", "for", "while", "try", "except"),
    "elif": ("if", "elif"),
    "except": ("try", "except"),
    "finally": ("try", "except", "else"),
    "case": ("case",),
}
"""What a clause may stand under; it is moved left to the nearest of these."""

CASE = re.compile(r"\s*(?:case\b.*|default)$")
CASE_LABEL = re.compile(r"\s*(?:case\b.*|default\s*):")
SWITCH = re.compile(r"\s*(?:[\w$]+:\s*)?switch\b")


def colon(lines: Sequence[str], caret: Place, language: str) -> Edit | None:
    """A `:` typed at the end of a clause moves its line to the level of the statement it belongs to.

    None: the line is at its level, or is no such clause.
    """
    row, column = caret
    before = lines[row][:column]
    if lines[row][column:].strip() or not before.strip():
        return None
    indent = _python_level(lines, row, before) if language == "python" else None
    if language == "javascript" and CASE.match(before):
        indent = _case_level(lines, row, before)
    if indent is None or len(indent) >= len(indent_of(before)):
        return None
    text = f"{indent}{before.lstrip()}:"
    place = (row, len(text))
    return Edit((row, 0), caret, text, place, place)


def _python_level(lines: Sequence[str], row: int, before: str) -> str | None:
    openers = PYTHON_OPENERS.get(first_word(before), ())
    limit = len(indent_of(before))
    for above in range(row - 1, -1, -1) if openers else ():
        line = lines[above]
        indent = indent_of(line)
        if not line.strip() or len(indent) > limit:
            continue
        word = first_word(line.removeprefix(f"{indent}async ").lstrip())
        if word in openers:
            return indent
        if word in ("def", "class"):
            return None
        limit = len(indent)
    return None


def _case_level(lines: Sequence[str], row: int, before: str) -> str | None:
    limit = len(indent_of(before))
    for above in range(row - 1, -1, -1):
        line = lines[above]
        indent = indent_of(line)
        if not line.strip() or len(indent) > limit:
            continue
        if CASE_LABEL.match(line):
            return indent
        if SWITCH.match(line):
            return None
        limit = len(indent)
    return None


def first_word(line: str) -> str:
    """The word a line begins with."""
    found = re.match(r"\s*(\w+)", line)
    return found[1] if found else ""
