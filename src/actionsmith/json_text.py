"""JSON as people read it: what fits on a line is on one line."""

from __future__ import annotations

import json
from typing import Any

STEP = 2


def json_text(value: Any, width: int) -> str:
    """JSON data in lines of at most `width` characters where that can be done, indented by two spaces.

    An object or array is written on one line where it fits there as a whole. `value` is what JSON can hold.
    """
    return _written(value, 0, 0, width)


def _written(value: Any, indent: int, before: int, width: int) -> str:
    """The text of a value whose first line starts behind `before` characters."""
    if not isinstance(value, (dict, list)) or not value:
        return json.dumps(value, ensure_ascii=False)
    inner = indent + STEP
    if isinstance(value, dict):
        names = [f"{json.dumps(name, ensure_ascii=False)}: " for name in value]
        parts = [
            name + _written(member, inner, inner + len(name), width)
            for name, member in zip(names, value.values(), strict=True)
        ]
        opening, closing = "{}"
    else:
        parts = [_written(item, inner, inner, width) for item in value]
        opening, closing = "[]"
    length = before + sum(len(part) + 2 for part in parts) + 1  # a comma may follow
    if length <= width and not any("\n" in part for part in parts):
        return opening + ", ".join(parts) + closing
    lines = ",".join(f"\n{' ' * inner}{part}" for part in parts)
    return f"{opening}{lines}\n{' ' * indent}{closing}"
