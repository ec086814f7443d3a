"""Several replacements in one text as one edit, so that one undo takes them all back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actionsmith.editing.edit import Edit, Place

Replacement = tuple[Place, Place, str]
"""Start, end, and the text that takes that place."""


def together(lines: Sequence[str], replacements: Iterable[Replacement], caret: Place) -> Edit | None:
    """One edit that does what all replacements do; None for none. They must not overlap.

    The caret stays on its character; within a replaced part it goes to the end of the new text.
    """
    last = len(lines) - 1
    whole = [
        (min(start, (last, len(lines[last]))), min(end, (last, len(lines[last]))), text)
        for start, end, text in sorted(replacements)
    ]
    if not whole:
        return None
    first, end = whole[0][0], whole[-1][1]
    parts: list[str] = []
    here, moved = first, None
    for start, stop, text in whole:
        parts.append(_between(lines, here, start))
        if moved is None and here <= caret < start:
            moved = _behind(first, "".join([*parts[:-1], _between(lines, here, caret)]))
        parts.append(text)
        if moved is None and start <= caret <= stop:
            moved = _behind(first, "".join(parts))
        here = stop
    new = "".join(parts)
    if moved is None:
        moved = caret if caret < first else _shifted(caret, end, _behind(first, new))
    return Edit(first, end, new, moved, moved)


def _between(lines: Sequence[str], start: Place, end: Place) -> str:
    if start[0] == end[0]:
        return lines[start[0]][start[1] : end[1]]
    middle = lines[start[0] + 1 : end[0]]
    return "\n".join([lines[start[0]][start[1] :], *middle, lines[end[0]][: end[1]]])


def _behind(start: Place, text: str) -> Place:
    rows = text.count("\n")
    return (start[0] + rows, len(text) - text.rfind("\n") - 1) if rows else (start[0], start[1] + len(text))


def _shifted(place: Place, end: Place, new_end: Place) -> Place:
    """A place behind an edit that ended at `end` and now ends at `new_end`."""
    row, column = place
    if row == end[0]:
        column += new_end[1] - end[1]
    return row + new_end[0] - end[0], column
