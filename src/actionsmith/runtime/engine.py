"""One execution of one Action, from a request to a result."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import msgspec

from actionsmith.errors import UserError
from actionsmith.runtime.ending import Ending
from actionsmith.runtime.execution import Execution, Progress, RunRequest
from actionsmith.runtime.hosts.process import Host
from actionsmith.runtime.pool import HostPool
from actionsmith.runtime.semantics import Cache, GivenEvent, Transaction
from actionsmith.runtime.session import Session
from actionsmith.runtime.step import run_step, unloaded
from actionsmith.triggers import loader

OnTrigger = Callable[[str], dict[str, Any] | None]


def run(
    request: RunRequest,
    *,
    pool: HostPool | None = None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    on_trigger: OnTrigger | None = None,
    cache: Cache | None = None,
) -> Execution:
    """Run one Action once, in a process of its own, and tell what it did.

    Blocks until it ends, at most `request.timeout_s`. `request.event` None means the trigger's default
    event; `on_trigger` may supply another one, or raise, once the trigger is known. `cache` is changed by the
    Action; without it the request's is used. Raises UserError when the code has no handler to run; everything
    else is in the result.
    """
    began = time.monotonic()
    host = take_host(request, pool)
    try:
        session = Session(host, request, cancel)
        transcript = session.open_transcript(progress)
        loaded = session.load(transcript)
        if loaded.status != "completed":
            return unloaded(request, loaded, transcript, began)
        trigger_id, handler = session.handlers.find()
        supplied = on_trigger(trigger_id) if on_trigger is not None else None
        event = supplied if supplied is not None else request.event
        if event is None:
            event = default_event(trigger_id)
        transaction = open_transaction(trigger_id, event, request, cache=cache)
        return run_step(session, handler, transaction, transcript, began)
    finally:
        give_back(host, pool)


def give_back(host: Host, pool: HostPool | None) -> None:
    """End a used host; a pool does that behind the result, and starts the next one."""
    if pool is None:
        host.close()
    else:
        pool.retire(host)


def take_host(request: RunRequest, pool: HostPool | None) -> Host:
    """A host for this request: a waiting one of the pool, or one started now."""
    language = request.source.language
    offline = request.stubs is not None
    if pool is not None:
        return pool.take(language, request.packages, request.memory_mb, offline)
    return Host(language, request.packages, request.memory_mb, offline)


def default_event(trigger_id: str) -> dict[str, Any]:
    """The trigger's default event as data."""
    event: dict[str, Any] = msgspec.json.decode(loader.default_event_text(trigger_id))
    return event


def open_transaction(
    trigger_id: str,
    event: GivenEvent,
    request: RunRequest,
    *,
    cache: Cache | None = None,
    carried: dict[str, Any] | None = None,
) -> Transaction:
    """What the Actions of one run or flow add up to, with the clock and cache the request asks for.

    `cache` replaces the request's, `carried` is what a suspended flow took along.
    """
    frozen = request.now_ms
    now_ms = (lambda: frozen) if frozen is not None else (lambda: time.time() * 1000)
    if cache is None:
        cache = Cache({key: dict(record) for key, record in request.cache.items()})
    return Transaction(loader.trigger(trigger_id), event, now_ms=now_ms, cache=cache, carried=carried)


__all__ = ["Ending", "UserError", "run", "run_step", "take_host", "unloaded"]
