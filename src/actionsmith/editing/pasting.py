"""Text that is pasted: several lines take the indentation of the place, and keep their steps."""

from __future__ import annotations

from collections.abc import Sequence

from actionsmith.editing.edit import Edit, Place, indent_of, indent_unit
from actionsmith.editing.keystrokes import CLOSERS, OPENERS

MULTI_LINE_STRINGS = ("`", '"""', "'''")
"""White space within such a string is text: a paste that has one in it goes in as it is."""


def plain(text: str) -> str:
    """The text with every line end, of whatever kind, as one newline: as the editor keeps its lines."""
    *rows, last = f"{text}.".splitlines()
    return "\n".join([*rows, last[:-1]])


def paste(lines: Sequence[str], anchor: Place, caret: Place, text: str, language: str) -> Edit:
    """Put `text` in the place of the selection; the caret goes behind it.

    Several lines are moved right or left as a whole, so that the least indented stands where the
    line of the caret starts. Pasted at the left edge they stay as they are.
    """
    start, end = sorted((anchor, caret))
    before = lines[start[0]][: start[1]]
    rows = text.split("\n")
    if len(rows) > 1 and start[1] and not any(sign in text for sign in MULTI_LINE_STRINGS):
        rows = _moved(rows, indent_of(before), not before.strip(), len(indent_unit(language)))
    last = (start[0] + len(rows) - 1, len(rows[-1]) + (start[1] if len(rows) == 1 else 0))
    return Edit(start, end, "\n".join(rows), last, last)


def paste_line(lines: Sequence[str], caret: Place, text: str) -> Edit:
    """Put a whole line, copied as one, above the line of the caret; the caret stays at its text."""
    row, column = caret
    there = (row + text.count("\n"), column)
    return Edit((row, 0), (row, 0), text, there, there)


def _moved(rows: Sequence[str], target: str, at_indent: bool, unit: int) -> list[str]:
    """`at_indent`: there is only white space before the caret, so the first row brings none of its own."""
    first, *rest = rows
    filled = [row for row in rest if row.strip()]
    if "\t" in target or any("\t" in indent_of(row) for row in (first, *filled)):
        return list(rows)
    depth = min((len(indent_of(row)) for row in filled), default=0)
    own = len(indent_of(first))
    if own:
        depth = min(depth, own)
    elif filled and filled[-1].strip()[0] in CLOSERS:
        depth = len(indent_of(filled[-1]))  # the row that ends what the first begins stands under it
    elif first.rstrip()[-1:] in (*OPENERS, ":"):
        depth = max(depth - unit, 0)
    head = first[min(own, depth) :] if at_indent and first.strip() else first
    moved = [f"{target}{row[depth:]}" if row.strip() else "" for row in rest[:-1]]
    last = rest[-1]  # of whole lines it is empty: what follows is on a line of its own, as it is
    return [head, *moved, f"{target}{last[depth:]}" if last.strip() else ""]
