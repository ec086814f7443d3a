"""What Tab does: indents the selected lines, or goes to the next stop."""

from __future__ import annotations

from collections.abc import Sequence

from actionsmith.editing import lines as line_edits
from actionsmith.editing.edit import Edit, Place, indent_unit


def tab(lines: Sequence[str], anchor: Place, caret: Place, language: str) -> Edit:
    """Several lines, or one that is selected as a whole, go one level to the right.

    Else spaces up to the next stop take the place of the selection.
    """
    start, end = sorted((anchor, caret))
    line = lines[start[0]]
    whole = start != end and not line[: start[1]].strip() and end[1] == len(line)
    if start[0] != end[0] or whole:
        return line_edits.indent(lines, anchor, caret, language)
    unit = len(indent_unit(language))
    place = (start[0], start[1] + unit - start[1] % unit)
    return Edit(start, end, " " * (place[1] - start[1]), place, place)
