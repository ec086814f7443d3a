"""Text that came from outside, made fit for a terminal."""

from __future__ import annotations

from datetime import datetime

from actionsmith.visible import visible


def one_line(text: str) -> str:
    """`text` on one line: line ends are shown as a symbol."""
    return visible(text).replace("\n", "⏎")


def moment(when: datetime) -> str:
    """A moment in local time, to the minute: `2026-01-31 14:05`."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M")


def size(count: int) -> str:
    """A number of bytes for people: `38.6 MB`."""
    amount = float(count)
    for unit in ("B", "kB", "MB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GB"
