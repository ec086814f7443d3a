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


def paste(
    lines: Sequence[str], anchor: Place, caret: Place, text: str, language: str, *, in_string: bool = False
) -> Edit:
    """Put `text` in the place of the selection; the caret goes behind it.

    Several lines are moved right or left as a whole, so that the first stands where the line of the
    caret starts; so does what follows whole lines. Pasted at the left edge or in a string they stay.
    """
    start, end = sorted((anchor, caret))
    before, after = lines[start[0]][: start[1]], lines[end[0]][end[1] :]
    rows = text.split("\n")
    if len(rows) > 1 and start[1] and not in_string:
        target = indent_of(before)
        if not any(sign in text for sign in MULTI_LINE_STRINGS):
            rows = _moved(rows, target, not before.strip(), len(indent_unit(language)))
        if not rows[-1].strip() and after.strip():
            rows[-1] = target
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
    depth = _depth(first, filled, unit)
    head = first[min(len(indent_of(first)), depth) :] if at_indent and first.strip() else first
    return [head, *(_shifted(row, len(target) - depth) for row in rest)]


def _depth(first: str, filled: Sequence[str], unit: int) -> int:
    """How far what begins with the first row was indented where it comes from; `filled` are rows below it.
    A first row without indentation may have been copied from its first letter on."""
    own, depths = len(indent_of(first)), [len(indent_of(row)) for row in filled]
    if own or not depths:
        return min([own, *depths])
    inner = depths[0]
    if first.rstrip()[-1:] in (*OPENERS, ":"):
        behind = next((row for row in filled if len(indent_of(row)) < inner), "")
        outer = len(indent_of(behind))
        return outer if behind.strip()[:1] in CLOSERS else max(outer, inner - unit)
    if filled[-1].strip()[0] in CLOSERS:
        return depths[-1]  # the row that ends what the first begins stands under it
    return min(depths)


def _shifted(row: str, columns: int) -> str:
    space = indent_of(row)
    return f"{' ' * max(len(space) + columns, 0)}{row[len(space) :]}" if row.strip() else ""
