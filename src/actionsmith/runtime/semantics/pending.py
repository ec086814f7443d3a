"""What earlier Actions left pending, as later ones see it (semantics.md, "User and app metadata")."""

from __future__ import annotations

from typing import Any

from actionsmith.runtime.semantics.json_paths import replaced
from actionsmith.runtime.semantics.ledger import Ledger

METADATA = ("user_metadata", "app_metadata")


def with_pending(ledger: Ledger) -> dict[str, Any]:
    """The event as the next Action sees it: with the pending metadata in `event.user`, if there is a user."""
    event = ledger.event
    if not isinstance(event.get("user"), dict):
        return event
    for field in METADATA:
        pending = ledger.at(f"user.{field}")
        if pending is not None:
            stored = ledger.in_event(f"user.{field}")
            merged = {**(stored if isinstance(stored, dict) else {}), **pending}
            kept = {name: value for name, value in merged.items() if value is not None or name not in pending}
            event = replaced(event, f"user.{field}", kept)
    return event
