"""One Action of a run or flow: its call, what became of it, and the result that says so."""

from __future__ import annotations

import time
from typing import Any

import msgspec

from actionsmith.runtime import confinement
from actionsmith.runtime.coverage import coverage_of
from actionsmith.runtime.ending import Ending
from actionsmith.runtime.execution import ActionError, Command, Execution, RunRequest
from actionsmith.runtime.handlers import intended
from actionsmith.runtime.semantics import ApiError, Transaction
from actionsmith.runtime.session import Session
from actionsmith.runtime.transcript import Transcript

# What V8 says of a file that is written as an ES module.
_ES_MODULE_ERRORS = ("Unexpected token 'export'", "Cannot use import statement outside a module")


class Step:
    """One call of a handler in a transaction; the code is loaded. First `begin`, then `finish`.

    `began` is when the run began, in `time.monotonic()` seconds. Of several steps in one session each may
    begin before those ahead of it have finished; they finish in order.
    """

    def __init__(
        self, session: Session, handler: str, transaction: Transaction, transcript: Transcript, began: float
    ) -> None:
        self.session, self.handler, self.began = session, handler, began
        self.transaction, self.transcript = transaction, transcript
        self._refused = session.handlers.check(handler)
        self._boot_ms = _ms_since(began)
        self._warned = len(transaction.warnings)

    def begin(self, text: bytes | None = None) -> None:
        """Send the call on its way. `text` is the event as JSON; only a new transaction can do with it."""
        event: dict[str, Any] | msgspec.Raw
        language = self.session.request.source.language
        if text is None:
            event = self.transaction.start(self.handler, language)
        else:
            self.transaction.begin(self.handler, language)
            event = msgspec.Raw(text)
        if self._refused is None:
            self.session.send_call(self.handler, event, self.transaction.trigger.id)

    def finish(self) -> Execution:
        """Serve the handler until it has ended, and settle its effects."""
        session, transaction, transcript = self.session, self.transaction, self.transcript
        request = session.request
        if self._refused is not None:
            ending = Ending(status="failed", error=self._refused)
        else:
            ending = session.finish_call(transaction, transcript)
        if ending.status == "completed":
            ending = _settle(transaction, ending, transcript.commands)
        else:
            transaction.discard()
        transcript.close()
        execution = Execution(
            action=request.source.name,
            version=request.source.version,
            trigger=transaction.trigger.id,
            language=request.source.language,
            handler=self.handler,
            status=transaction.status if ending.status == "completed" else ending.status,
            commands=transcript.commands,
            outcome=_added(transaction.earlier, transaction.outcome),
            console=transcript.console,
            http=transcript.traffic.made,
            warnings=[
                *transaction.warnings[self._warned :],
                *_cannot_continue(session, transaction, ending),
                *_notes(transcript, ending.error, request),
            ],
            error=ending.error,
            stats=ending.stats,
            coverage=coverage_of(request.source, transcript.covered, ending.error),
        )
        _charge_host(execution, self.began)
        execution.stats.boot_ms = min(self._boot_ms, execution.stats.host_ms)
        execution.stats.external_ms = min(transcript.traffic.external_ms, execution.stats.duration_ms)
        return transcript.masker.shown(execution)


def run_step(
    session: Session, handler: str, transaction: Transaction, transcript: Transcript, began: float
) -> Execution:
    """One Action of a transaction whose code is loaded: call its handler and settle its effects."""
    step = Step(session, handler, transaction, transcript, began)
    step.begin()
    return step.finish()


def _cannot_continue(session: Session, transaction: Transaction, ending: Ending) -> list[str]:
    """A redirect or form comes back to the continue handler of the same Action, which must be there.

    Source: semantics.md, "Redirect" and "Forms".
    """
    if ending.status != "completed" or transaction.status != "suspended":
        return []
    if not {"redirect", "prompt"} & transaction.outcome.keys():
        return []
    continues = [name for name in transaction.trigger.handlers if name.startswith("onContinue")]
    name = session.request.source.name
    return [
        f"{name} sends the user away but has no handler {session.handlers.exported_name(handler)}, "
        "where the flow goes on when they come back"
        for handler in continues
        if session.handlers.exported_name(handler) not in session.handlers.exports
    ]


def _added(earlier: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What one Action changed of the outcome: members that are new or other than before."""
    if not earlier:
        return now
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
    trigger_id, handler = intended(request)
    execution = Execution(
        action=request.source.name,
        version=request.source.version,
        trigger=trigger_id,
        language=request.source.language,
        handler=handler,
        status=ending.status,
        commands=transcript.commands,
        console=transcript.console,
        http=transcript.traffic.made,
        warnings=_notes(transcript, ending.error, request),
        error=ending.error,
        stats=ending.stats,
        coverage=coverage_of(request.source, transcript.covered, ending.error),
    )
    _charge_host(execution, began)
    execution.stats.boot_ms = execution.stats.host_ms
    return transcript.masker.shown(execution)


def _settle(transaction: Transaction, ending: Ending, commands: list[Command]) -> Ending:
    """Keep what a handler that returned asked for; an error has the line of the last call that led to it."""
    try:
        transaction.commit()
    except ApiError as error:
        transaction.discard()
        lines = [command.line for command in commands if command.path in error.methods]
        problem = ActionError(name=error.name, message=error.message, line=lines[-1] if lines else None)
        return Ending(status="failed", error=problem, stats=ending.stats)
    return ending


def _charge_host(execution: Execution, began: float) -> None:
    """What the run took beyond the handler: starting or taking the host, loading, the pipe."""
    total = _ms_since(began)
    if execution.stats.duration_ms == 0.0 and execution.status in ("timed_out", "crashed"):
        execution.stats.duration_ms = total
        return
    execution.stats.host_ms = round(max(0.0, total - execution.stats.duration_ms), 3)


def _ms_since(began: float) -> float:
    """Milliseconds since a moment of `time.monotonic()`."""
    return round((time.monotonic() - began) * 1000, 3)


def _notes(transcript: Transcript, error: ActionError | None, request: RunRequest) -> list[str]:
    notes = [*transcript.notes, *transcript.traffic.warnings]
    if transcript.dropped:
        notes.append(f"the console output was cut off: {transcript.dropped:,} more lines were left out")
    if error is None:
        return notes
    if error.message in _ES_MODULE_ERRORS:
        notes.append(
            "an Action is a CommonJS file: write exports.<handler> = async (event, api) => { ... } "
            "and const name = require('name') instead of export and import"
        )
    refused = confinement.explanation(error.message)
    if refused is not None:
        notes.append(refused)
    missing = _missing_package(error)
    if missing is not None:
        notes.append(
            f"'{missing}' is not among the dependencies of {request.source.name}; add it with "
            f"'actionsmith dependency add' or, for a file, with --dependency {missing}"
        )
    return notes


def _missing_package(error: ActionError) -> str | None:
    """The package an error says it could not find, in Node's or Python's words."""
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
