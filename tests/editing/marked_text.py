"""Texts with a selection in them: `|` is the caret, `^` the other end of the selection."""

from __future__ import annotations

from collections.abc import Sequence

from actionsmith.editing.edit import Edit, Place, apply


def parsed(text: str) -> tuple[list[str], Place, Place]:
    """Lines, anchor, caret."""
    caret = _place(text.replace("^", ""), "|")
    anchor = _place(text.replace("|", ""), "^") if "^" in text else caret
    return text.replace("^", "").replace("|", "").split("\n"), anchor, caret


def _place(text: str, sign: str) -> Place:
    before = text[: text.index(sign)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def written(lines: Sequence[str], edit: Edit) -> str:
    """The text after an edit, with `|` and, for a selection, `^`."""
    rows = apply(lines, edit)
    signs = [(edit.caret, "|")] + ([(edit.anchor, "^")] if edit.anchor != edit.caret else [])
    for (row, column), sign in sorted(signs, reverse=True):
        rows[row] = f"{rows[row][:column]}{sign}{rows[row][column:]}"
    return "\n".join(rows)
