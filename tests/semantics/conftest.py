"""A transaction at a fixed moment, started and ready for calls."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from actionsmith.runtime.semantics import Cache, Transaction
from actionsmith.triggers import loader

NOW_MS = 1_768_896_000_000.0  # 2026-01-20T08:00:00Z

Begin = Callable[..., Transaction]


def default_event(trigger_id: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(loader.default_event_text(trigger_id))
    return event


@pytest.fixture
def begin() -> Begin:
    """Start an Action: `begin("post-login", event, handler=..., cache=...)`."""

    def start(
        trigger_id: str = "post-login",
        event: dict[str, Any] | None = None,
        *,
        handler: str | None = None,
        cache: Cache | None = None,
        now_ms: Callable[[], float] = lambda: NOW_MS,
    ) -> Transaction:
        trigger = loader.trigger(trigger_id)
        given = default_event(trigger_id) if event is None else event
        transaction = Transaction(trigger, given, now_ms=now_ms, cache=cache)
        transaction.start(handler or trigger.handlers[0])
        return transaction

    return start
