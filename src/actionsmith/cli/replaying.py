"""`actionsmith run SOURCE --events FILE`: many events through one host, a line of output for each."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from actionsmith.cli.output import say
from actionsmith.cli.report import command_text
from actionsmith.errors import UserError
from actionsmith.runtime.execution import Execution, RunRequest
from actionsmith.runtime.pool import HostPool
from actionsmith.runtime.replay import Replay

_CUT_OFF = "Input data was truncated"  # in the words of msgspec
_EXPECTED = "expected one JSON object a line, or a JSON array of objects"


def replay(
    request: RunRequest,
    path: str,
    *,
    edits: Sequence[str] = (),
    strict: bool = False,
    as_json: bool = False,
    pool: HostPool | None = None,
) -> bool:
    """Run the events of a file (`-`: standard input) and print a line for each; whether none failed.

    `edits` change every event. With `strict` all events are checked against the contract first; otherwise
    they are not checked. A line that is no event ends the run: UserError, after those before it have run.
    """
    events = _Events(path, edits)
    all_well = True
    states: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    with Replay(request, pool=pool) as running:
        source: Iterable[bytes] = events
        if strict and running.trigger is not None:
            source = _checked(list(events), running.trigger, events.name)
        began = time.perf_counter()
        for number, execution in enumerate(running.run(source), 1):
            states[execution.status] += 1
            warnings.update(execution.warnings)
            all_well = all_well and execution.error is None
            if as_json:
                sys.stdout.buffer.write(msgspec.json.encode(execution) + b"\n")
            else:
                print(f"{number:>5}  {_line(execution)}")
    sys.stdout.flush()
    if events.fault is not None:
        raise events.fault
    if not states:
        raise UserError(f"{events.name} holds no events; {_EXPECTED}")
    _summary(states, time.perf_counter() - began, warnings if not as_json else Counter())
    return all_well


class _Events:
    """The events of a file. Iterating stops at what is no event; `fault` then says what is wrong there."""

    def __init__(self, path: str, edits: Sequence[str]) -> None:
        self.name = "standard input" if path == "-" else path
        self.fault: UserError | None = None
        self._path, self._edits = path, edits

    def __iter__(self) -> Iterator[bytes]:
        try:
            for where, text in self._texts():
                yield self._event(where, text)
        except UserError as error:
            self.fault = error

    def _texts(self) -> Iterator[tuple[str, bytes]]:
        for at, line in enumerate(self._lines(), 1):
            stripped = line.strip().removeprefix(b"\xef\xbb\xbf")
            if at == 1 and stripped.startswith(b"["):
                yield from self._array(stripped)
                return
            if stripped:
                yield f"{self.name}, line {at}", stripped

    def _lines(self) -> Iterator[bytes]:
        if self._path == "-":
            yield from self._whole_array(sys.stdin.buffer)
            return
        try:
            with open(self._path, "rb") as file:  # noqa: PTH123 - any path, a pipe's too
                yield from self._whole_array(file)
        except FileNotFoundError as error:
            raise UserError(f"there is no file '{self._path}' to read the events from") from error
        except OSError as error:
            raise UserError(f"'{self._path}' cannot be read: {error.strerror}") from error

    @staticmethod
    def _whole_array(file: Any) -> Iterator[bytes]:
        """The lines of a file; one that begins with an array comes as one piece."""
        first = file.readline()
        if first.strip().removeprefix(b"\xef\xbb\xbf").startswith(b"["):
            first += file.read()
        yield first
        yield from file

    def _array(self, text: bytes) -> Iterator[tuple[str, bytes]]:
        try:
            items = msgspec.json.decode(text, type=list[msgspec.Raw])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise UserError(f"{self.name} is no JSON array of events: {error}; {_EXPECTED}") from error
        for at, item in enumerate(items):
            yield f"{self.name}, [{at}]", bytes(item)

    def _event(self, where: str, text: bytes) -> bytes:
        try:
            if not self._edits:
                msgspec.json.decode(text, type=_AnyObject)
                text.decode()  # what is skipped is not looked at
                return text
            data = msgspec.json.decode(text, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise UserError(f"{where}: {_fault(error)}; {_EXPECTED}") from error
        return self._edited(data)

    def _edited(self, data: dict[str, Any]) -> bytes:
        from actionsmith.triggers.edit import set_in_event

        for edit in self._edits:
            set_in_event(data, edit)
        return msgspec.json.encode(data)


class _AnyObject(msgspec.Struct):
    """For checking that a text is a JSON object, without making it."""


def _fault(error: Exception) -> str:
    """Why a line, or an item of the array, is no event."""
    from actionsmith.json_fault import json_fault

    if isinstance(error, msgspec.ValidationError):
        return json_fault(error)
    if isinstance(error, RecursionError):
        return "it is nested too deeply to be read"
    if str(error) == _CUT_OFF:
        return "the event goes on behind the end of the line; every line must be one whole event"
    return f"this is no event: {error}"


def _checked(events: list[bytes], trigger_id: str, name: str) -> list[bytes]:
    from actionsmith.triggers.validation import check_event

    for at, event in enumerate(events, 1):
        for fault in check_event(trigger_id, event.decode()):
            raise UserError(f"event {at} of {name} does not fit the contract (--strict): {fault.message}")
    return events


def _line(execution: Execution) -> str:
    error = execution.error
    if error is not None:
        place = f" (line {error.line})" if error.line is not None else ""
        told = f"{error.name}: {error.message}{place}"
    else:
        told = "; ".join(command_text(command, execution) for command in execution.commands)
    return f"{execution.status:<9}  {execution.stats.duration_ms:7.2f} ms  {told}".rstrip()


def _summary(states: Counter[str], seconds: float, warnings: Counter[str]) -> None:
    for warning, times in warnings.items():
        say(f"warning, {times:,} times: {warning}" if times > 1 else f"warning: {warning}")
    total = states.total()
    told = ", ".join(f"{count:,} {status}" for status, count in states.items())
    say(f"{total:,} event{'s' if total != 1 else ''} in {seconds:.2f} s: {told}")
