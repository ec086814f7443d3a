"""The conversation with one host: load the code, call a handler, answer its api calls."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec

from actionsmith.errors import UserError, did_you_mean
from actionsmith.runtime import confinement
from actionsmith.runtime.execution import (
    ActionError,
    Command,
    ConsoleLine,
    RunRequest,
    Source,
    Stats,
    Status,
)
from actionsmith.runtime.hosts.frames import BadFrame, Called, Done, Exited, Failed, Loaded, Said
from actionsmith.runtime.hosts.process import Cancelled, DeadlinePassed, Host, HostGone
from actionsmith.runtime.semantics import UNDEFINED, Answer, ApiError, Transaction, asks, has_effect
from actionsmith.runtime.transcript import Transcript, console_limit
from actionsmith.triggers import loader
from actionsmith.triggers.host_api import host_methods
from actionsmith.triggers.naming import snake

_EXIT_GRACE_S = 0.5


class Ending(msgspec.Struct, kw_only=True):
    """How a load or a call ended. `status` is `completed` when the host said that it returned."""

    status: Status
    error: ActionError | None = None
    stats: Stats = msgspec.field(default_factory=Stats)


class Session:
    """One Action in one host: loaded once, called once or more often."""

    def __init__(self, host: Host, request: RunRequest, cancel: threading.Event | None) -> None:
        self.host = host
        self.request = request
        self.exports: dict[str, str] = {}
        self._cancel = cancel
        self._time_left = request.timeout_s

    def load(self, transcript: Transcript) -> Ending:
        """Run the Action's top-level code. On `completed`, `exports` is filled."""
        source, packages = self.request.source, self.request.packages
        confinement.limit_processor_time(self.host.pid, self.request.timeout_s)
        self.host.send(
            {
                "code": source.code,
                "filename": source.filename,
                "folders": [str(folder) for folder in packages.folders],
                "overrides": {name: str(folder) for name, folder in packages.overrides.items()},
                "console_limit": console_limit(),
                "now": self.request.now_ms,
                "seed": self.request.seed,
            }
        )
        return self._until_ended(transcript, _refuse_calls)

    def call(
        self, handler: str, event: dict[str, Any], transaction: Transaction, transcript: Transcript
    ) -> Ending:
        """Run one handler (JavaScript name) with `event`; api calls go to `transaction`."""
        self.host.send(
            {
                "handler": self.exported_name(handler),
                "event": event,
                "methods": api_methods(transaction.trigger.id),
            }
        )
        return self._until_ended(transcript, transaction.call)

    def check_handler(self, handler: str) -> ActionError | None:
        """Why the export cannot be used as a handler: the platform takes only async functions.

        Source: semantics.md, "Handlers and loading". A Python handler may be sync or async.
        """
        if self.request.source.language == "python" or self.exports.get(handler) == "async":
            return None
        return ActionError(
            name="InvalidFunctionSignature",
            message=f"the export {handler} is not an async function; "
            f"write: exports.{handler} = async (event, api) => {{ ... }}",
        )

    def find_handler(self) -> tuple[str, str]:
        """The trigger id and the handler (JavaScript name) to run, from the request and the exports.

        Raises UserError naming what the code exports and what is expected.
        """
        request = self.request
        exported = self._handlers_by_export()
        if request.handler is not None:
            found = exported.get(_canonical(request.handler, exported))
            if found is None:
                raise UserError(self._missing(request.handler, exported))
            trigger_id = request.trigger or loader.trigger_of_handler(found)
            if trigger_id is None or found not in loader.trigger(trigger_id).handlers:
                expected = loader.trigger(trigger_id).handlers if trigger_id else ()
                raise UserError(
                    f"{request.source.filename}: {request.handler} is not a handler of "
                    f"{trigger_id or 'any trigger'}; expected {_names(expected, request.source)}"
                )
            return trigger_id, found
        if request.trigger is not None:
            for handler in loader.trigger(request.trigger).handlers:
                if handler in exported.values():
                    return request.trigger, handler
            raise UserError(self._missing(loader.trigger(request.trigger).handlers[0], exported))
        for handler in exported.values():
            trigger_id = loader.trigger_of_handler(handler)
            if trigger_id is not None and handler == loader.trigger(trigger_id).handlers[0]:
                return trigger_id, handler
        for handler in exported.values():
            trigger_id = loader.trigger_of_handler(handler)
            if trigger_id is not None:
                return trigger_id, handler
        raise UserError(self._missing(None, exported))

    def _handlers_by_export(self) -> dict[str, str]:
        """Exported name -> JavaScript handler name; exports that are no handler map to themselves."""
        if self.request.source.language == "javascript":
            return {name: name for name in self.exports}
        known = {snake(handler): handler for handler in _all_handlers()}
        return {name: known.get(name, name) for name in self.exports}

    def exported_name(self, handler: str) -> str:
        """What this Action's language calls a handler."""
        return handler if self.request.source.language == "javascript" else snake(handler)

    def _missing(self, wanted: str | None, exported: dict[str, str]) -> str:
        source = self.request.source
        verb = "exports" if source.language == "javascript" else "defines"
        own = [name for name, kind in self.exports.items() if verb == "exports" or kind != "other"]
        has = f"it {verb} {', '.join(own)}" if own else f"it {verb} nothing"
        if wanted is None:
            expected = _names(_all_handlers(), source)
            return f"{source.filename} has no handler of any trigger: {has}; expected one of {expected}"
        name = self.exported_name(wanted)
        # a handler of another trigger is no slip of the pen
        strangers = [export for export, handler in exported.items() if handler not in _all_handlers()]
        hint = did_you_mean(name, strangers).removesuffix("?")
        form = (
            f"exports.{name} = async (event, api) => {{ ... }}"
            if source.language == "javascript"
            else f"def {name}(event, api): ..."
        )
        return f"{source.filename} has no handler {name}: {has}{hint}; write: {form}"

    def _until_ended(self, transcript: Transcript, answer: Callable[[str, list[Any]], Answer]) -> Ending:
        self.host.on_output = transcript.output
        started = time.monotonic()
        try:
            return self._converse(transcript, answer, started + self._time_left)
        except DeadlinePassed:
            self.host.kill()
            return Ending(status="timed_out", error=self._timeout())
        except Cancelled:
            self.host.kill()
            return _crash("Cancelled", "the run was cancelled")
        except BadFrame as error:
            self.host.kill()
            return _crash("ProtocolError", f"the process was ended: {error}")
        except HostGone:
            return self._how_it_died(transcript)
        finally:
            self._time_left -= time.monotonic() - started
            self.host.drain_output()

    def _converse(
        self, transcript: Transcript, answer: Callable[[str, list[Any]], Answer], deadline: float
    ) -> Ending:
        for frame in self.host.frames(deadline, self._cancel):
            match frame:
                case Said():
                    line = ConsoleLine(
                        level=frame.level, text=frame.text, line=frame.line, at_ms=round(frame.at, 3)
                    )
                    transcript.line(line)
                case Called():
                    reply = self._answer(frame, transcript, answer)
                    if frame.wait:
                        self.host.send(reply)
                case Loaded():
                    self.exports = dict(frame.exports)
                    return Ending(status="completed")
                case Done():
                    transcript.dropped += frame.dropped
                    return Ending(status="completed", stats=self._stats(frame))
                case Failed():
                    transcript.dropped += frame.dropped
                    if frame.error.name == "MemoryError" and not frame.error.message:
                        frame.error.message = self._memory_message()
                    return Ending(status="failed", error=frame.error, stats=self._stats(frame))
                case Exited():
                    return self._exited(frame)
        raise HostGone

    def _answer(
        self, frame: Called, transcript: Transcript, answer: Callable[[str, list[Any]], Answer]
    ) -> dict[str, Any]:
        undefined = set(frame.undefined)
        args = [UNDEFINED if at in undefined else value for at, value in enumerate(frame.args)]
        transcript.command(
            Command(path=frame.path, args=frame.args, line=frame.line, effect=has_effect(frame.path))
        )
        try:
            given = answer(frame.path, args)
        except ApiError as error:
            return {"error": {"name": error.name, "message": error.message}}
        return {"gives": given.gives, "value": given.value, "patches": given.patches}

    def _exited(self, frame: Exited) -> Ending:
        call = "process.exit" if self.request.source.language == "javascript" else "sys.exit"
        message = (
            f"the Action ended its own process with {call}({frame.code}); return from the handler instead"
        )
        return _crash("ProcessExit", message, frame.line)

    def _stats(self, frame: Done | Failed) -> Stats:
        memory = self.host.peak_memory() or frame.memory
        return Stats(duration_ms=round(frame.duration, 3), cpu_ms=round(frame.cpu, 3), memory_bytes=memory)

    def _memory_message(self) -> str:
        return f"the Action used more than its memory limit of {self.request.memory_mb} MB"

    def _timeout(self) -> ActionError:
        seconds = f"{self.request.timeout_s:g}"
        return ActionError(
            name="TimeLimit", message=f"the Action did not end within its time limit of {seconds} s"
        )

    def _how_it_died(self, transcript: Transcript) -> Ending:
        code = self.host.wait_exit(_EXIT_GRACE_S)
        self.host.drain_output()
        if code is not None and code < 0 and transcript.out_of_memory():
            transcript.forget_crash_dump()
            return _crash("OutOfMemory", self._memory_message())
        if code is None:
            how = "closed its pipe"
        elif code == -signal.SIGKILL:
            how = "was killed, by itself or by the system for want of memory,"
        else:
            how = f"ended with signal {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        return _crash("ProcessEnded", f"the Action's process {how} before the handler had returned")


@cache
def api_methods(trigger_id: str) -> msgspec.Raw:
    """The method list a host builds `api` from, as JSON: the contract, and which calls wait."""
    waiting = asks(loader.trigger(trigger_id))
    methods = [{**method, "ask": method["path"] in waiting} for method in host_methods(trigger_id)]
    return msgspec.Raw(msgspec.json.encode(methods))


def _refuse_calls(path: str, args: list[Any]) -> Answer:
    raise ApiError(f"api.{path} cannot be called while the code is being loaded")


def _all_handlers() -> list[str]:
    return [handler for trigger in loader.trigger_ids() for handler in loader.trigger(trigger).handlers]


def _canonical(handler: str, exported: dict[str, str]) -> str:
    """The exported name that is meant by `handler`, in either naming style."""
    if handler in exported:
        return handler
    return next((name for name, canonical in exported.items() if canonical == handler), handler)


def _names(handlers: tuple[str, ...] | list[str], source: Source) -> str:
    spelled = handlers if source.language == "javascript" else [snake(handler) for handler in handlers]
    return ", ".join(spelled)


def _crash(name: str, message: str, line: int | None = None) -> Ending:
    return Ending(status="crashed", error=ActionError(name=name, message=message, line=line))
