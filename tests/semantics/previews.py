"""Previews of flows that begin with a default event."""

from __future__ import annotations

import copy
import json
from typing import Any

from actionsmith.runtime.preview import preview
from actionsmith.triggers import loader

NOW_S = 1_768_896_000
NOW_MS = NOW_S * 1000.0


def event_of(trigger_id: str, **changes: Any) -> dict[str, Any]:
    """The default event; a change of `transaction` and the like is merged into it."""
    event: dict[str, Any] = json.loads(loader.default_event_text(trigger_id))
    for name, change in changes.items():
        event[name] = {**event.get(name, {}), **change} if isinstance(change, dict) else change
    return event


def shown(
    trigger_id: str = "post-login",
    outcome: dict[str, Any] | None = None,
    status: str = "completed",
    failure: str | None = None,
    **changes: Any,
) -> dict[str, Any]:
    event = event_of(trigger_id, **changes)
    asked = outcome or {}
    untouched = copy.deepcopy((event, asked))
    seen = preview(loader.trigger(trigger_id), event, asked, status, now_ms=NOW_MS, failure=failure)
    assert (event, asked) == untouched
    json.dumps(seen)
    return seen


def denied(**members: Any) -> dict[str, Any]:
    return {"access": {"denied": members}}
