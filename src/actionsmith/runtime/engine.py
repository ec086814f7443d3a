"""One execution of one Action, from a request to a result."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable
from typing import Any

import msgspec

from actionsmith.errors import UserError
from actionsmith.runtime.execution import ActionError, Execution, Progress, RunRequest
from actionsmith.runtime.hosts.process import Host
from actionsmith.runtime.pool import HostPool
from actionsmith.runtime.semantics import ApiError, Cache, Transaction
from actionsmith.runtime.session import Ending, Session
from actionsmith.runtime.transcript import Transcript
from actionsmith.triggers import loader
from actionsmith.triggers.naming import snake

# What V8 says of a file that is written as an ES module.
_ES_MODULE_ERRORS = ("Unexpected token 'export'", "Cannot use import statement outside a module")

OnTrigger = Callable[[str], dict[str, Any] | None]


def run(
    request: RunRequest,
    *,
    pool: HostPool | None = None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    on_trigger: OnTrigger | None = None,
) -> Execution:
    """Run one Action once, in a process of its own, and tell what it did.

    Blocks until it ends, at most `request.timeout_s`. `request.event` None means the trigger's default
    event; `on_trigger` may supply another one, or raise, once the trigger is known. Raises UserError when
    the code has no handler to run; everything else is in the result.
    """
    began = time.monotonic()
    host = take_host(request, pool)
    try:
        transcript = Transcript(progress)
        session = Session(host, request, cancel)
        loaded = session.load(transcript)
        if loaded.status != "completed":
            return unloaded(request, loaded, transcript, began)
        trigger_id, handler = session.find_handler()
        supplied = on_trigger(trigger_id) if on_trigger is not None else None
        event = supplied if supplied is not None else request.event
        if event is None:
            event = default_event(trigger_id)
        transaction = open_transaction(trigger_id, event, request)
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
    if pool is not None:
        return pool.take(language, request.packages, request.memory_mb)
    return Host(language, request.packages, request.memory_mb)


def default_event(trigger_id: str) -> dict[str, Any]:
    """The trigger's default event as data."""
    event: dict[str, Any] = msgspec.json.decode(loader.default_event_text(trigger_id))
    return event


def open_transaction(trigger_id: str, event: dict[str, Any], request: RunRequest) -> Transaction:
    """What the Actions of one run or flow add up to, with the clock and cache the request asks for."""
    frozen = request.now_ms
    now_ms = (lambda: frozen) if frozen is not None else (lambda: time.time() * 1000)
    cache = Cache(copy.deepcopy(request.cache))
    return Transaction(loader.trigger(trigger_id), event, now_ms=now_ms, cache=cache)


def run_step(
    session: Session, handler: str, transaction: Transaction, transcript: Transcript, began: float
) -> Execution:
    """One Action of a transaction whose code is loaded: call its handler and settle its effects."""
    request = session.request
    refused = session.check_handler(handler)
    warned, earlier = len(transaction.warnings), transaction.outcome
    event = {**transaction.start(handler), "secrets": dict(request.secrets)}
    if refused is not None:
        ending = Ending(status="failed", error=refused)
    else:
        ending = session.call(handler, event, transaction, transcript)
    if ending.status == "completed":
        ending = _settle(transaction, ending)
    else:
        transaction.discard()
    transcript.close()
    execution = Execution(
        action=request.source.name,
        version=request.source.version,
        trigger=transaction.trigger.id,
        language=request.source.language,
        handler=handler,
        status=transaction.status if ending.status == "completed" else ending.status,
        commands=transcript.commands,
        outcome=_added(earlier, transaction.outcome),
        console=transcript.console,
        warnings=[
            *transaction.warnings[warned:],
            *_cannot_continue(session, transaction, ending),
            *_notes(transcript, ending, request),
        ],
        error=ending.error,
        stats=ending.stats,
    )
    _charge_host(execution, began)
    return execution


def _cannot_continue(session: Session, transaction: Transaction, ending: Ending) -> list[str]:
    """A redirect or form comes back to the continue handler of the same Action, which must be there.

    Source: semantics.md, "Redirect" and "Forms".
    """
    continues = [name for name in transaction.trigger.handlers if name.startswith("onContinue")]
    waits = {"redirect", "prompt"} & transaction.outcome.keys()
    if ending.status != "completed" or transaction.status != "suspended" or not waits:
        return []
    name = session.request.source.name
    return [
        f"{name} sends the user away but has no handler {session.exported_name(handler)}, "
        "where the flow goes on when they come back"
        for handler in continues
        if session.exported_name(handler) not in session.exports
    ]


def _added(earlier: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What one Action changed of the outcome: members that are new or other than before."""
    added = {}
    for name, value in now.items():
        before = earlier.get(name)
        if isinstance(value, dict) and isinstance(before, dict):
            if below := _added(before, value):
                added[name] = below
        elif name not in earlier or value != before:
            added[name] = value
    return added


def unloaded(request: RunRequest, ending: Ending, transcript: Transcript, began: float) -> Execution:
    """The result of an Action whose top-level code did not come to its end."""
    transcript.close()
    trigger_id, handler = _intended(request)
    execution = Execution(
        action=request.source.name,
        version=request.source.version,
        trigger=trigger_id,
        language=request.source.language,
        handler=handler,
        status=ending.status,
        commands=transcript.commands,
        console=transcript.console,
        warnings=_notes(transcript, ending, request),
        error=ending.error,
        stats=ending.stats,
    )
    _charge_host(execution, began)
    return execution


def _intended(request: RunRequest) -> tuple[str, str]:
    """Trigger and handler of code that could not be loaded: as asked for, else as its text names them."""
    if request.trigger is not None:
        return request.trigger, request.handler or loader.trigger(request.trigger).handlers[0]
    for trigger_id in loader.trigger_ids():
        for handler in loader.trigger(trigger_id).handlers:
            if handler in request.source.code or snake(handler) in request.source.code:
                return trigger_id, handler
    return "", request.handler or ""


def _settle(transaction: Transaction, ending: Ending) -> Ending:
    try:
        transaction.commit()
    except ApiError as error:
        transaction.discard()
        problem = ActionError(name=error.name, message=error.message)
        return Ending(status="failed", error=problem, stats=ending.stats)
    return ending


def _charge_host(execution: Execution, began: float) -> None:
    """What the run took beyond the handler: starting or taking the host, loading, the pipe."""
    total = (time.monotonic() - began) * 1000
    if execution.stats.duration_ms == 0.0 and execution.status in ("timed_out", "crashed"):
        execution.stats.duration_ms = round(total, 3)
        return
    execution.stats.host_ms = round(max(0.0, total - execution.stats.duration_ms), 3)


def _notes(transcript: Transcript, ending: Ending, request: RunRequest) -> list[str]:
    notes = []
    if transcript.dropped:
        notes.append(f"the console output was cut off: {transcript.dropped:,} more lines were left out")
    if ending.error is not None and ending.error.message in _ES_MODULE_ERRORS:
        notes.append(
            "an Action is a CommonJS file: write exports.<handler> = async (event, api) => { ... } "
            "and const name = require('name') instead of export and import"
        )
    missing = _missing_package(ending.error)
    if missing is not None:
        notes.append(
            f"'{missing}' is not among the dependencies of {request.source.name}; add it with "
            f"'actionsmith dependency add' or, for a file, with --dependency {missing}"
        )
    return notes


def _missing_package(error: ActionError | None) -> str | None:
    """The package an error says it could not find, in Node's or Python's words."""
    if error is None:
        return None
    for start in ("Cannot find module '", "No module named '"):
        if error.message.startswith(start):
            name = error.message[len(start) :].split("'", 1)[0]
            if name.startswith((".", "/")):  # a file, which an Action cannot have beside it
                return None
            if start.startswith("No"):
                return name.split(".", 1)[0]
            parts = name.split("/")
            return "/".join(parts[:2]) if name.startswith("@") else parts[0]
    return None


__all__ = ["Ending", "UserError", "run", "run_step", "take_host", "unloaded"]
