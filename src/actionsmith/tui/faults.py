"""What goes wrong, told to the person; the unexpected is kept in a report."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path

from textual.dom import DOMNode

from actionsmith import atomic, paths
from actionsmith.errors import UserError
from actionsmith.tui.notices import toast

SMALL_NAMES = ("npm", "uv")
"""Names of programs that begin with a small letter wherever they stand."""


def report(node: DOMNode, error: Exception) -> None:
    """Show an error as a notice. One that nobody foresaw also leaves a report in the state directory."""
    toast(node, describe(error), "error")


def describe(error: Exception) -> str:
    """A sentence for an error. Writes a report for one that is not a UserError."""
    if isinstance(error, UserError):
        return capitalized(str(error))
    where = _write_report(error)
    kept = f" The details are in {where}." if where else ""
    return f"Something went wrong that should not: {type(error).__name__}: {error}.{kept}"


def capitalized(sentence: str) -> str:
    """The sentence with a capital letter in front, unless a name stands there; the rest as it is."""
    first = sentence.partition(" ")[0].rstrip(",;:")
    return sentence if first in SMALL_NAMES or not first.isalpha() else sentence[0].upper() + sentence[1:]


def _write_report(error: Exception) -> Path | None:
    path = paths.state_dir() / "reports" / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    try:
        atomic.write_bytes(path, "".join(traceback.format_exception(error)).encode(), durable=False)
    except OSError:
        return None
    return path
