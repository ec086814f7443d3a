"""The conversation with one host: load the code, call a handler, answer its api calls."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

import msgspec

from actionsmith.errors import UserError
from actionsmith.runtime import confinement
from actionsmith.runtime.execution import (
    ActionError,
    Command,
    ConsoleLine,
    Progress,
    RunRequest,
    Stats,
    Status,
)
from actionsmith.runtime.handlers import Handlers, intended
from actionsmith.runtime.hosts.channel import Cancelled, DeadlinePassed, HostGone
from actionsmith.runtime.hosts.frames import (
    Answered,
    BadFrame,
    Called,
    Done,
    Exited,
    Failed,
    Loaded,
    RanLines,
    RanParts,
    Requested,
    Said,
)
from actionsmith.runtime.hosts.process import Host
from actionsmith.runtime.http.traffic import Traffic
from actionsmith.runtime.masking import Masker
from actionsmith.runtime.semantics import (
    UNDEFINED,
    Answer,
    ApiError,
    Transaction,
    has_effect,
    plain_arguments,
)
from actionsmith.runtime.transcript import Transcript, console_limit
from actionsmith.triggers import loader
from actionsmith.triggers.host_api import host_methods

_EXIT_GRACE_S = 0.5
_MEMORY_EVERY_S = 0.05
_DEEPEST = 100  # levels in a value given to api: no real claim has them, and Python cannot recurse for ever
_MOST_CALLS = 100_000  # of one run: an endless loop of calls shall not fill the memory

_INSTEAD = {"Map": "; give Object.fromEntries(map) instead", "Set": "; give [...set] instead"}

Stage = Literal["load", "call"]
Answerer = Callable[[str, list[Any], bool], Answer]


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
        self.masker = Masker(request.secrets, request.plain)
        self.handlers = Handlers(request, {})
        self._channel = host.channel
        self._cancel = cancel
        self._time_left = request.timeout_s
        self._told_methods_of: str | None = None
        self._memory, self._memory_at = 0, -_MEMORY_EVERY_S

    def open_transcript(self, progress: Progress | None) -> Transcript:
        """A place for what one run leaves behind."""
        traffic = Traffic(self.request.stubs, self.masker, self.request.stubs_name)
        return Transcript(progress, self.masker, traffic)

    def load(self, transcript: Transcript, *, processor_time: bool = True) -> Ending:
        """Run the Action's top-level code. On `completed`, `handlers` tells what it exports.

        `processor_time` False is for calls without number, which together may take as long as they will.
        """
        source, packages = self.request.source, self.request.packages
        if processor_time:
            confinement.limit_processor_time(self.host.pid, self.request.timeout_s)
        self._channel.order(
            {
                "code": source.code,
                "filename": source.filename,
                "folders": [str(folder) for folder in packages.folders],
                "overrides": {name: str(folder) for name, folder in packages.overrides.items()},
                "console_limit": console_limit(),
                "depth_limit": _DEEPEST,
                "now": self.request.now_ms,
                "seed": self.request.seed,
                "stubs": self.request.stubs is not None,
                "coverage": os.urandom(32).hex() if self.request.coverage else None,
            }
        )
        self._channel.flush()
        trigger_id, _ = intended(self.request)
        if trigger_id:  # what the call will want, while the host is busy
            api_methods(trigger_id)
        return self._until_ended("load", transcript, _refuse_calls)

    def call(
        self, handler: str, event: dict[str, Any], transaction: Transaction, transcript: Transcript
    ) -> Ending:
        """Run one handler (JavaScript name) with `event`; api calls go to `transaction`."""
        self.send_call(handler, event, transaction.trigger.id)
        return self.finish_call(transaction, transcript)

    def send_call(self, handler: str, event: dict[str, Any] | msgspec.Raw, trigger_id: str) -> None:
        """Order one call of a handler. Several may be under way; they run one after the other.

        Raises UserError for an event that is nested too deeply to be sent.
        """
        known = trigger_id == self._told_methods_of
        self._told_methods_of = trigger_id
        call = {
            "handler": self.handlers.exported_name(handler),
            "event": event,
            "secrets": self.request.secrets,
            "methods": None if known else api_methods(trigger_id),
        }
        try:
            self._channel.order(call)
        except RecursionError:
            raise UserError("the event is nested too deeply to be sent to the Action") from None

    def finish_call(self, transaction: Transaction, transcript: Transcript) -> Ending:
        """Serve the oldest call that is under way until it has ended."""
        return self._until_ended("call", transcript, transaction.call)

    def renew_time(self) -> None:
        """The next call has the whole time limit to itself."""
        self._time_left = self.request.timeout_s

    def _until_ended(self, stage: Stage, transcript: Transcript, answer: Answerer) -> Ending:
        ending = self._ending(stage, transcript, answer)
        ending.stats.confinement = self.host.confinement
        return ending

    def _ending(self, stage: Stage, transcript: Transcript, answer: Answerer) -> Ending:
        self._channel.on_output = transcript.output
        started = time.monotonic()
        try:
            return self._converse(stage, transcript, answer, started + self._time_left)
        except DeadlinePassed:
            self.host.kill()
            return Ending(status="timed_out", error=self._timeout())
        except Cancelled:
            self.host.kill()
            return crash("Cancelled", "the run was cancelled")
        except BadFrame as error:
            self.host.kill()
            return crash("ProtocolError", f"the process was ended: {error}")
        except HostGone:
            return self._how_it_died(transcript)
        finally:
            self._time_left -= time.monotonic() - started
            self._channel.drain_output()

    def _converse(self, stage: Stage, transcript: Transcript, answer: Answerer, deadline: float) -> Ending:
        unthrown: ActionError | None = None
        calls = 0
        for frame in self._channel.frames(deadline, self._cancel):
            match frame:
                case Said():
                    line = ConsoleLine(
                        level=frame.level, text=frame.text, line=frame.line, at_ms=round(frame.at, 3)
                    )
                    transcript.line(line)
                case Called():
                    calls += 1
                    if calls > _MOST_CALLS:
                        self.host.kill()
                        return crash("TooManyCalls", f"the Action called api more than {_MOST_CALLS:,} times")
                    given, refusal = self._answer(frame, transcript, answer)
                    if frame.wait:
                        self._channel.answer(_reply(given, refusal))
                    elif refusal is not None and unthrown is None:
                        unthrown = ActionError(name=refusal.name, message=refusal.message, line=frame.line)
                case Requested():
                    response = transcript.traffic.requested(frame)
                    if frame.wait:
                        self._channel.answer(response)
                case Answered():
                    transcript.traffic.answered(frame)
                case RanLines() | RanParts() if self.request.coverage:
                    transcript.covered = frame
                case Loaded() if stage == "load":
                    self.handlers = Handlers(self.request, dict(frame.exports))
                    return Ending(status="completed")
                case Done() if stage == "call":
                    transcript.dropped += frame.dropped
                    # what was not waited for can still be refused: as if it had been thrown
                    status: Status = "completed" if unthrown is None else "failed"
                    return Ending(status=status, error=unthrown, stats=self._stats(frame))
                case Failed() if stage == frame.stage:
                    transcript.dropped += frame.dropped
                    if frame.error.name == "MemoryError" and not frame.error.message:
                        frame.error.message = self._memory_message()
                    return Ending(status="failed", error=frame.error, stats=self._stats(frame))
                case Exited():
                    return self._exited(frame)
                case _:
                    raise BadFrame("the host said something out of turn")
        raise HostGone

    def _answer(
        self, frame: Called, transcript: Transcript, answer: Answerer
    ) -> tuple[Answer | None, ApiError | None]:
        args = frame.args
        if frame.undefined:
            args = [UNDEFINED if at in frame.undefined else value for at, value in enumerate(args)]
        given, refusal = None, None
        try:
            given = answer(frame.path, args, frame.keywords)
        except ApiError as error:
            refusal = error
        transcript.command(
            Command(
                path=frame.path,
                args=frame.args,
                line=frame.line,
                effect=has_effect(frame.path),
                error=None if refusal is None else self.masker.text(refusal.message),
            )
        )
        for kind in frame.emptied:
            transcript.note(
                f"api.{frame.path} was given a {kind}, of which JSON keeps nothing: {{}}{_INSTEAD[kind]}"
            )
        return given, refusal

    def _exited(self, frame: Exited) -> Ending:
        call = "process.exit" if self.request.source.language == "javascript" else "sys.exit"
        message = (
            f"the Action ended its own process with {call}({frame.code}); return from the handler instead"
        )
        return crash("ProcessExit", message, frame.line)

    def _stats(self, frame: Done | Failed) -> Stats:
        now = time.monotonic()
        if now > self._memory_at + _MEMORY_EVERY_S:
            self._memory, self._memory_at = self.host.peak_memory() or frame.memory, now
        memory = self._memory
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
        self._channel.drain_output()
        if code is not None and code < 0 and transcript.out_of_memory():
            transcript.forget_crash_dump()
            return crash("OutOfMemory", self._memory_message())
        if code is None:
            how = "closed its pipe"
        elif code == -signal.SIGKILL:
            how = "was killed, by itself or by the system for want of memory,"
        else:
            how = f"ended with signal {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        return crash("ProcessEnded", f"the Action's process {how} before the handler had returned")


@cache
def api_methods(trigger_id: str) -> msgspec.Raw:
    """The method list a host builds `api` from, as JSON: the contract, and which calls need no waiting."""
    plain = plain_arguments(loader.trigger(trigger_id))
    methods = [{**method, "plain": plain.get(method["path"])} for method in host_methods(trigger_id)]
    return msgspec.Raw(msgspec.json.encode(methods))


def _reply(given: Answer | None, refusal: ApiError | None) -> dict[str, Any]:
    """What a host that waits is told: what the call gives, or why it is refused."""
    if given is not None:
        return {"error": None, "gives": given.gives, "value": given.value, "patches": given.patches}
    told = {"name": refusal.name, "message": refusal.message} if refusal is not None else None
    return {"error": told, "gives": "undefined", "value": None, "patches": []}


def _refuse_calls(path: str, args: list[Any], keywords: bool) -> Answer:
    raise ApiError(f"api.{path} cannot be called while the code is being loaded")


def crash(name: str, message: str, line: int | None = None) -> Ending:
    """The ending of a process that did not come to the end of its handler."""
    return Ending(status="crashed", error=ActionError(name=name, message=message, line=line))
