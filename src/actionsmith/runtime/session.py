"""The conversation with one host: load the code, call a handler, answer its api calls."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

import msgspec

from actionsmith.errors import UserError
from actionsmith.runtime import confinement
from actionsmith.runtime.ending import (
    Ending,
    crash,
    died,
    exited,
    memory_message,
    out_of_memory,
    timed_out,
)
from actionsmith.runtime.execution import (
    CANCELLED,
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
    CALL_LIMITS,
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
    Written,
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
_MOST_CALLS = 100_000  # of one run: an endless loop of calls shall not fill the memory

_INSTEAD = {"Map": "; give Object.fromEntries(map) instead", "Set": "; give [...set] instead"}

Stage = Literal["load", "call"]
Answerer = Callable[[str, list[Any], bool], Answer]


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
        self._ahead = 0  # calls that were sent and are not served yet
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
                "limits": {"console": console_limit(), **CALL_LIMITS},
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
        self._ahead += 1

    def finish_call(self, transaction: Transaction, transcript: Transcript) -> Ending:
        """Serve the oldest call that is under way until it has ended."""
        self._ahead -= 1
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
        transcript.begin_stage(started)
        is_left = True
        try:
            ending = self._converse(stage, transcript, answer, started + self._time_left)
            is_left = not self._ahead  # else what is there is of the next call: the host let the rest be read
            return ending
        except DeadlinePassed:
            self.host.kill()
            return timed_out(self.request.timeout_s)
        except Cancelled:
            self.host.kill()
            return crash(CANCELLED, "the run was cancelled")
        except BadFrame as error:
            self.host.kill()
            return crash("ProtocolError", f"the process was ended: {error}")
        except HostGone:
            return self._how_it_died(transcript)
        finally:
            self._time_left -= time.monotonic() - started
            if is_left:
                self._channel.read_output()

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
                case Written():
                    transcript.output_until(frame.at, self._channel.read_output)
                    self._channel.answer({})
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
                        frame.error.message = memory_message(self.request.memory_mb)
                    return Ending(status="failed", error=frame.error, stats=self._stats(frame))
                case Exited():
                    return exited(self.request.source.language, frame.code, frame.line)
                case _:
                    raise BadFrame("the host said something out of turn")
        raise HostGone

    def _answer(
        self, frame: Called, transcript: Transcript, answer: Answerer
    ) -> tuple[Answer | None, ApiError | None]:
        args = frame.args
        if frame.undefined:
            undefined = set(frame.undefined)
            args = [UNDEFINED if at in undefined else value for at, value in enumerate(args)]
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

    def _stats(self, frame: Done | Failed) -> Stats:
        now = time.monotonic()
        if now > self._memory_at + _MEMORY_EVERY_S:
            self._memory, self._memory_at = self.host.peak_memory() or frame.memory, now
        memory = self._memory
        return Stats(duration_ms=round(frame.duration, 3), cpu_ms=round(frame.cpu, 3), memory_bytes=memory)

    def _how_it_died(self, transcript: Transcript) -> Ending:
        code = self.host.wait_exit(_EXIT_GRACE_S)
        self._channel.read_output()
        if code is not None and code < 0 and transcript.out_of_memory():
            transcript.forget_crash_dump()
            return out_of_memory(self.request.memory_mb)
        return died(code)


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
