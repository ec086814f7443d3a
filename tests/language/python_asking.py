"""Asking the Python language service about code in which `|` marks the caret."""

from __future__ import annotations

from typing import Any

from actionsmith.language.completion import Completion
from actionsmith.language.python.service import PythonService
from actionsmith.language.service import Code, TextEdit

HANDLER = "def on_execute_post_login(e, a):\n    "


def code(text: str, **facts: Any) -> Code:
    return Code(text, "post-login", "python", **facts)


def at_caret(marked: str, **facts: Any) -> tuple[Code, int, int]:
    """The code without its mark, and the caret's row and column."""
    ahead, _, behind = marked.partition("|")
    return code(ahead + behind, **facts), ahead.count("\n"), len(ahead.rpartition("\n")[2])


async def proposals(service: PythonService, marked: str, **facts: Any) -> dict[str, Completion]:
    result = await service.complete(*at_caret(marked, **facts))
    return {item.label: item for item in result.items}


def edited(text: str, edits: tuple[TextEdit, ...]) -> str:
    """The text after edits that do not overlap."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:row]) for row in range(len(lines) + 1)]
    for edit in sorted(edits, key=lambda it: it.span, reverse=True):
        first = starts[edit.span.row] + edit.span.column
        last = starts[edit.span.end_row] + edit.span.end_column
        text = text[:first] + edit.text + text[last:]
    return text
