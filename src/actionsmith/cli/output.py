"""What commands print: data on standard output, messages on standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import msgspec


def print_json(value: Any) -> None:
    """One JSON value, indented for people to read."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2)
    sys.stdout.buffer.write(text + b"\n")
    sys.stdout.flush()


def print_json_line(value: Any) -> None:
    """One JSON value on one line, at once: for a stream of them."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.flush()


def done(message: str, value: Any, as_json: bool) -> None:
    """What a command has changed: `value` as JSON when asked for, else the message."""
    if as_json:
        print_json(value)
    else:
        say(message)


def say(message: str) -> None:
    """A message to the person: progress, warnings, what was done."""
    print(message, file=sys.stderr)


def print_table(rows: Sequence[Sequence[str]], heading: Sequence[str]) -> None:
    """Left-aligned columns under a heading; nothing at all when there are no rows."""
    if not rows:
        return
    lines = [heading, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heading))]
    for line in lines:
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        print("  ".join(cells).rstrip())
