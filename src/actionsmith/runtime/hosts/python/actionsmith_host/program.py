"""The course of a host: load once, then call a handler as often as the parent asks for it."""

from __future__ import annotations

import builtins
import inspect
import os
import sys
import threading
from collections.abc import Callable
from resource import RUSAGE_SELF, getrusage, struct_rusage
from time import perf_counter  # an Action may replace them
from typing import Any, Literal

from .action import Action
from .api import Api
from .clock import freeze
from .console import Console
from .event_loop import Loop
from .failure import describe
from .http_record import record_all
from .loading import load
from .pipe import Pipe, end_with_parent
from .record import Record


def main(read: int, write: int) -> None:
    """Serve the parent at the other ends of the two descriptors until it is gone. Never returns."""
    threading.Thread(target=end_with_parent, args=(read,), name="parent", daemon=True).start()
    host = Host(Pipe(read, write))
    host.console.install()
    vars(builtins).update(exit=sys.exit, quit=sys.exit)  # `-S` leaves them out
    order = host.pipe.receive()
    surround(order, host.pipe, host.action)
    host.load(order)
    while True:
        host.call(host.pipe.receive())


def surround(order: Record, pipe: Pipe, action: Action) -> None:
    """The clock, the chance and the network that the first order asks for."""
    freeze(order)
    if order["stubs"]:  # seldom asked for
        from .http_ahead import refuse_ahead
        from .http_answers import asking
        from .http_sockets import answer_all

        ask = asking(pipe)
        answer_all(ask, action)
        refuse_ahead(ask, action)
    else:
        record_all(pipe, action)


class Host:
    """One Action, its pipe, its api, its console and its event loop."""

    def __init__(self, pipe: Pipe) -> None:
        self.pipe = pipe
        self.action = Action()
        self.api = Api(pipe, self.action)
        self.console = Console(pipe, self.action)
        self.console_limit = 0
        self.loop = Loop()
        self.meter = Meter()
        self.handler: Callable[..., Any] | None = None
        self.accepts = 0
        self.covered: Callable[[], dict[str, Any] | None] | None = None  # when a run asks for it

    def load(self, frame: Record) -> None:
        """Run the Action's top-level code and tell what it defines, or end."""
        self.api.limits = frame["limits"]
        self.console_limit = self.api.limits["console"]
        self.console.allow(self.console_limit)
        watch = None
        if frame["coverage"]:  # seldom asked for
            from .coverage import Coverage

            coverage = Coverage()
            watch, self.covered = coverage.watch, coverage.frame
        ended = self._guarded("load", lambda: load(frame, self.action, watch))
        if ended is None:
            os._exit(0)
        self.pipe.send({"t": "loaded", "exports": ended[0]})

    def call(self, frame: Record) -> None:
        """Run one handler and tell how it ended."""
        ended = self._guarded("call", lambda: self._run_handler(frame))
        self.api.close()
        if ended is not None:
            self._conclude({"t": "done", **ended[1]})
        self.console.allow(self.console_limit)

    def _run_handler(self, frame: Record) -> None:
        name, event, methods = frame["handler"], frame["event"], frame["methods"]
        if methods is not None:
            self.api.learn(methods)
        event["secrets"] = frame["secrets"]
        handler = self.action.namespace[name]
        if handler is not self.handler:
            self.handler, self.accepts = handler, _accepted(handler, name)
        arguments = (event, self.api.build(event))
        result = handler(*arguments[: self.accepts])
        if inspect.isawaitable(result):
            self.loop.run(result)

    def _guarded(
        self, stage: Literal["load", "call"], work: Callable[[], Any]
    ) -> tuple[Any, dict[str, Any]] | None:
        """What `work` returned and used. None, and the parent told, when it raised; `exit` ends here."""
        self.meter.begin()
        self.console.begin(self.meter.wall)
        try:
            result = work()
            self.console.end()
            return result, self._usage()
        except SystemExit as error:
            self.console.end()
            code = error.code if isinstance(error.code, int) else int(error.code is not None)
            line = describe(error, self.action.file)["line"]
            self._conclude({"t": "exit", "code": code, "line": line})
            os._exit(0)
        except BaseException as error:
            self.console.end()
            told = describe(error, self.action.file)
            self._conclude({"t": "failed", "stage": stage, "error": told, **self._usage()})
            return None

    def _conclude(self, frame: dict[str, Any]) -> None:
        """Send the frame that ends a load or call, after the one that tells what has run."""
        ran = None if self.covered is None else self.covered()
        if ran is not None:
            self.pipe.send(ran)
        self.pipe.send(frame)

    def _usage(self) -> dict[str, Any]:
        return {**self.meter.end(), "dropped": self.console.dropped}


class Meter:
    """Time, processor time and memory of one load or call."""

    def __init__(self) -> None:
        self.wall = perf_counter()
        self.cpu = _cpu_s(getrusage(RUSAGE_SELF))  # at the last end: a host that waits uses none

    def begin(self) -> None:
        self.wall = perf_counter()

    def end(self) -> dict[str, float]:
        """Milliseconds since the beginning, and the most memory the process has used, in bytes."""
        usage = getrusage(RUSAGE_SELF)
        before, self.cpu = self.cpu, _cpu_s(usage)
        return {
            "duration": (perf_counter() - self.wall) * 1000,
            "cpu": (self.cpu - before) * 1000,
            "memory": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        }


def _cpu_s(usage: struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def _accepted(handler: Callable[..., Any], name: str) -> int:
    """How many of `event, api` the handler declares: declaring fewer is fine. Raises TypeError."""
    if inspect.isgeneratorfunction(handler) or inspect.isasyncgenfunction(handler):
        raise TypeError(f"{name} holds a yield, so calling it runs nothing; remove the yield")
    kinds = [parameter.kind for parameter in inspect.signature(handler).parameters.values()]
    if inspect.Parameter.VAR_POSITIONAL in kinds:
        return 2
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(kind in positional for kind in kinds)
