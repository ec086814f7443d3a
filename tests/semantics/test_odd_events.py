"""Events that do not fit the contract still run: no member of one may break a method."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from previews import NOW_MS, event_of
from test_every_method import arguments, path_of

from actionsmith.runtime.preview import preview
from actionsmith.runtime.semantics import ApiError, Transaction
from actionsmith.triggers import loader

ODD: list[Any] = [None, 5, "text", [None, 1, {"a": 1}], {"a": 1}]
CONDITIONAL = {"refresh_token": {"access": "offline", "metadata": {}, "expires_at": "2026-01-27"}}


def odd_events(event: dict[str, Any], depth: int = 3) -> Iterator[dict[str, Any]]:
    """The event with one of its members, down to a depth, replaced by every odd value."""
    for name, value in event.items():
        for odd in ODD:
            yield {**event, name: copy.deepcopy(odd)}
        if isinstance(value, dict) and depth > 1:
            for inner in odd_events(value, depth - 1):
                yield {**event, name: inner}


@pytest.mark.parametrize("trigger_id", loader.trigger_ids())
def test_no_event_breaks_a_method(trigger_id: str) -> None:
    trigger = loader.trigger(trigger_id)
    calls = [(path_of(method), arguments(method)) for method in trigger.api]
    for event in odd_events(event_of(trigger_id, **CONDITIONAL)):
        untouched = copy.deepcopy(event)
        for handler in trigger.handlers:
            transaction = Transaction(trigger, event, now_ms=lambda: NOW_MS)
            transaction.start(handler)
            for path, args in calls:
                with suppress(ApiError):
                    transaction.call(path, args)
            with suppress(ApiError):
                transaction.commit()
            transaction.finish()
            transaction.start(handler)
            preview(trigger, event, transaction.outcome, transaction.status, now_ms=NOW_MS)
        assert event == untouched


@pytest.mark.parametrize(
    "path",
    ["authentication.challengeWith", "authentication.enrollWith", "redirect.sendUserTo", "prompt.render"],
)
def test_no_event_breaks_a_suspension(path: str) -> None:
    trigger = loader.trigger("post-login")
    (args,) = (arguments(method) for method in trigger.api if path_of(method) == path)
    for event in odd_events(event_of(trigger.id)):
        transaction = Transaction(trigger, event, now_ms=lambda: NOW_MS)
        transaction.start(trigger.handlers[0])
        transaction.call(path, args)
        with suppress(ApiError):
            transaction.commit()
        resumed = Transaction(trigger, event, now_ms=lambda: NOW_MS, carried=transaction.carry())
        if resumed.waiting == "mfa":
            resumed.mfa_passed()
        elif resumed.waiting is not None:
            resumed.resume({}, {"fields": {}, "vars": {}} if resumed.waiting == "form" else None)
        assert resumed.waiting is None
        resumed.start(trigger.handlers[1])
