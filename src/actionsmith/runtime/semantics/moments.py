"""Moments: epoch milliseconds, and how events spell them."""

from __future__ import annotations

from datetime import UTC, datetime


def iso_time(epoch_ms: float) -> str:
    """Milliseconds since 1970 as UTC in ISO 8601: `2026-01-20T08:00:00.000Z`."""
    moment = datetime.fromtimestamp(epoch_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def epoch_ms(text: object) -> float | None:
    """A time of the event, ISO 8601, as epoch milliseconds; None when it is missing or no time."""
    if not isinstance(text, str):
        return None
    try:
        return datetime.fromisoformat(text).timestamp() * 1000
    except ValueError:
        return None
