"""Single changes to an event, as `--set user.email='"a@example.com"'` gives them."""

from __future__ import annotations

from typing import Any

import msgspec

from actionsmith.errors import UserError
from actionsmith.triggers.event_path import EVERY, Steps, format_path, scan_path, without_root
from actionsmith.triggers.event_text import NotJson, decode, kind_of

MOST_LEVELS = 500
"""Of members in each other that a change can make; what is deeper cannot be sent to an Action."""
_SHOWN_STEPS = 10


def set_in_event(event: dict[str, Any], assignment: str) -> None:
    """Set one member of `event` in place; missing objects and arrays on the way are made.

    `assignment` is `PATH=JSON`; the path may start with `event.`, and the index behind the last
    item of an array appends. Raises UserError that names the path when it cannot be read or leads
    through a value without members, when the value is not JSON, and when it would be nested too deeply;
    `event` is then unchanged.
    """
    steps, value = _parse(assignment)
    levels = len(steps) + _levels(value)
    if levels > MOST_LEVELS:
        path = format_path(steps[:_SHOWN_STEPS]) + ("..." if len(steps) > _SHOWN_STEPS else "")
        raise UserError(f"--set {path}: this has {levels} levels; at most {MOST_LEVELS} can be set")
    _place(event, steps, 0, value)


def _parse(assignment: str) -> tuple[Steps, Any]:
    scanned, end = scan_path(assignment)
    steps = without_root(scanned)
    behind = assignment[end:].lstrip()
    if not steps or not behind.startswith("="):
        raise UserError(
            f"--set '{assignment}' cannot be read at column {end + 1}: expected PATH=JSON, "
            "such as user.email_verified=true or authentication.methods[0].name='\"mfa\"'"
        )
    path = format_path(steps)
    if EVERY in steps:
        raise UserError(f"--set {path}: an item of an array needs its number, such as [0]")
    text = behind[1:].strip()
    try:
        return steps, decode(text)
    except NotJson as problem:
        raise UserError(f"--set {path}: {_advice(path, text, problem)}") from None


def _advice(path: str, text: str, problem: NotJson) -> str:
    if not text:
        return "the value is missing; write JSON behind the '=', such as null or '\"text\"'"
    if text[0] in '{["':
        return f"the value is not JSON at column {problem.column}: {problem}"
    bare = text.strip("'")
    quoted = bare if bare.startswith('"') else msgspec.json.encode(bare).decode()
    return (
        f"the value {text} is not JSON; text needs its quotation marks, "
        f"and those need quotes from the shell: --set '{path}={quoted}'"
    )


def _place(current: Any, steps: Steps, depth: int, value: Any) -> Any:
    """`current` with the value put in below it. Changes nothing before all of the path is known to fit."""
    if depth == len(steps):
        return value
    step = steps[depth]
    path, here = format_path(steps), format_path(steps[:depth])
    if isinstance(step, int):
        items = [] if current is None else current
        if not isinstance(items, list):
            raise UserError(f"--set {path}: {here} is {kind_of(items)}, so it has no item [{step}]")
        if step > len(items):
            raise UserError(
                f"--set {path}: {here} has {len(items)} items; use at most [{len(items)}], which appends"
            )
        items[step : step + 1] = [_place(items[step] if step < len(items) else None, steps, depth + 1, value)]
        return items
    members = {} if current is None else current
    if not isinstance(members, dict):
        raise UserError(f"--set {path}: {here} is {kind_of(members)}, so it has no member '{step}'")
    members[step] = _place(members.get(step), steps, depth + 1, value)
    return members


def _levels(value: Any) -> int:
    """How many objects and arrays are in each other at the most."""
    levels, inner = 0, [value]
    while inner := [item for item in inner if isinstance(item, dict | list)]:
        levels += 1
        inner = [member for item in inner for member in (item.values() if isinstance(item, dict) else item)]
    return levels
