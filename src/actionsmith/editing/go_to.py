"""The place a person names: `12`, `12:5`, `+3`, `-3`."""

from __future__ import annotations

import re

from actionsmith.editing.edit import Place

PLACE = re.compile(r"\s*(?P<sign>[+-]?)(?P<line>\d{1,9})(?:\s*[:,]\s*(?P<column>\d{1,9}))?\s*")

HOW = "Write a line (12), a line and a column (12:5), or a distance (+3, -3)."


def named_place(text: str, caret: Place, line_count: int) -> Place | str:
    """Row and column (from 0) of what is written in lines and columns from 1, or a sentence why not.

    A line beyond the text is a fault; a column beyond the line is left to the caller.
    """
    written = PLACE.fullmatch(text)
    if written is None:
        return HOW
    number = int(written["line"])
    line = {"+": caret[0] + 1 + number, "-": caret[0] + 1 - number}.get(written["sign"], number)
    if not 1 <= line <= line_count:
        return f"Line {line} does not exist: the text has {line_count} line{'s' if line_count > 1 else ''}."
    column = int(written["column"] or 1)
    if not column:
        return "Columns count from 1."
    return line - 1, column - 1
