"""The course of a host: load once, then call a handler as often as the parent asks for it."""

from __future__ import annotations

import asyncio
import builtins
import inspect
import os
import resource
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Literal

from .action import Action
from .api import build_api
from .console import Console
from .failure import describe
from .loading import load
from .pipe import Pipe, end_with_parent
from .record import Record


def main(read: int, write: int) -> None:
    """Serve the parent at the other ends of the two descriptors until it is gone. Never returns."""
    threading.Thread(target=end_with_parent, args=(read,), name="parent", daemon=True).start()
    host = Host(Pipe(read, write))
    host.console.install()
    asyncio.set_event_loop(host.loop)
    vars(builtins).update(exit=sys.exit, quit=sys.exit)  # `-S` leaves them out
    host.load(host.pipe.receive())
    while True:
        host.call(host.pipe.receive())


class Host:
    """One Action, its pipe, its console and its event loop."""

    def __init__(self, pipe: Pipe) -> None:
        self.pipe = pipe
        self.action = Action()
        self.console = Console(pipe, self.action)
        self.loop = asyncio.new_event_loop()

    def load(self, frame: Record) -> None:
        """Run the Action's top-level code and tell what it defines, or end."""
        self.console.left = frame["console_limit"]
        ended = self._guarded("load", lambda: load(frame, self.action))
        if ended is None:
            os._exit(0)
        self.pipe.send({"t": "loaded", "exports": ended[0]})

    def call(self, frame: Record) -> None:
        """Run one handler and tell how it ended."""
        ended = self._guarded("call", lambda: self._run_handler(frame))
        if ended is not None:
            self.pipe.send({"t": "done", **ended[1]})

    def _run_handler(self, frame: Record) -> None:
        handler = self.action.namespace[frame["handler"]]
        event = frame["event"]
        arguments = (event, build_api(self.pipe, self.action, frame["methods"], event))
        if inspect.isgeneratorfunction(handler) or inspect.isasyncgenfunction(handler):
            raise TypeError(f"{frame['handler']} holds a yield, so calling it runs nothing; remove the yield")
        result = handler(*arguments[: _accepted(handler)])
        if inspect.isawaitable(result):
            self.loop.run_until_complete(result)

    def _guarded(
        self, stage: Literal["load", "call"], work: Callable[[], Any]
    ) -> tuple[Any, dict[str, Any]] | None:
        """What `work` returned and used. None, and the parent told, when it raised; `exit` ends here."""
        meter = Meter()
        self.console.started = time.perf_counter()
        try:
            result = work()
            self.console.flush()
            return result, self._usage(meter)
        except SystemExit as error:
            self.console.flush()
            code = error.code if isinstance(error.code, int) else int(error.code is not None)
            line = describe(error, self.action.file)["line"]
            self.pipe.send({"t": "exit", "code": code, "line": line})
            os._exit(0)
        except BaseException as error:
            self.console.flush()
            told = describe(error, self.action.file)
            self.pipe.send({"t": "failed", "stage": stage, "error": told, **self._usage(meter)})
            return None

    def _usage(self, meter: Meter) -> dict[str, Any]:
        return {**meter.read(), "dropped": self.console.dropped}


class Meter:
    """Time, processor time and memory of one load or call."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def read(self) -> dict[str, float]:
        """Milliseconds since this was made, and the most memory the process has used, in bytes."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {
            "duration": (time.perf_counter() - self.wall) * 1000,
            "cpu": (time.process_time() - self.cpu) * 1000,
            "memory": peak * (1 if sys.platform == "darwin" else 1024),
        }


def _accepted(handler: Callable[..., Any]) -> int:
    """How many of `event, api` the handler declares: declaring fewer is fine."""
    kinds = [parameter.kind for parameter in inspect.signature(handler).parameters.values()]
    if inspect.Parameter.VAR_POSITIONAL in kinds:
        return 2
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(kind in positional for kind in kinds)
