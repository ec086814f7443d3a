"""Paths into an event, as people write them: `user.email`, `event.authentication.methods[0].name`,
`event?.user?.app_metadata["https://example.com/plan"]`."""

from __future__ import annotations

import re
from contextlib import suppress

import msgspec

from actionsmith.errors import UserError

Step = str | int
Steps = tuple[Step, ...]

EVERY = "[]"
"""The step that stands for all items of an array, as the contract writes it."""

_NAME = re.compile(r"[^\s.\[\]\"'=?]+")
_INDEX = re.compile(r"\[\s*(\d*)\s*\]")
_QUOTED = re.compile(r"\[\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\s*\]")
_DOT = re.compile(r"\?\.|\.")
_PLAIN = re.compile(r"[A-Za-z_$][A-Za-z0-9_$-]*\Z")


def parse_path(text: str) -> Steps:
    """The steps of a path: member names and array indexes (`[]` stays the text "[]").

    Raises UserError that names the path and the column of what is wrong with it.
    """
    steps, end = scan_path(text)
    if end < len(text):
        raise UserError(
            f"the path '{text}' cannot be read at column {end + 1}; "
            """write it like user.email, authentication.methods[0].name or user.app_metadata["my key"]"""
        )
    return steps


def scan_path(text: str) -> tuple[Steps, int]:
    """The steps of the path that `text` begins with, and the offset behind the last of them."""
    steps: list[Step] = []
    end = 0
    while end < len(text):
        start = end
        if dot := _DOT.match(text, start):
            start = dot.end()
        step: Step
        if found := _INDEX.match(text, start):
            step = int(found[1]) if found[1] else EVERY
        elif found := _QUOTED.match(text, start):
            step = _unquoted(found[1])
        elif found := _NAME.match(text, start):
            if bool(steps) != bool(dot):
                break
            step = found[0]
        else:
            break
        steps.append(step)
        end = found.end()
    return tuple(steps), end


def without_root(steps: Steps, root: str = "event") -> Steps:
    """The same steps without the leading `event`, which may be left out."""
    return steps[1:] if steps[:1] == (root,) else steps


def format_path(steps: Steps, root: str = "event") -> str:
    """The text of a path that starts with `root`; names that are not plain are quoted in brackets."""
    parts = [root]
    for step in steps:
        if isinstance(step, int):
            parts.append(f"[{step}]")
        elif step == EVERY:
            parts.append(step)
        else:
            parts.append(f".{step}" if _PLAIN.match(step) else f"[{msgspec.json.encode(step).decode()}]")
    return "".join(parts)


def _unquoted(literal: str) -> str:
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(literal, type=str)
    return re.sub(r"\\(.)", r"\1", literal[1:-1])
