"""What the Action says: print, sys.stderr and logging become console lines, up to a limit."""

from __future__ import annotations

import io
import logging
import sys
from time import perf_counter  # an Action may replace it
from typing import Any

from .action import Action
from .pipe import Pipe
from .raw_output import RawOutput

LEVELS = ((logging.ERROR, "error"), (logging.WARNING, "warn"), (logging.INFO, "info"), (0, "debug"))


class Console:
    """Sends console lines until `left` characters are used up, and counts what it drops after that."""

    def __init__(self, pipe: Pipe, action: Action) -> None:
        self.pipe = pipe
        self.raw = RawOutput(pipe)
        self.action = action
        self.left = 0
        self.dropped = 0
        self.started = perf_counter()
        self.streams = ConsoleStream(self, "log"), ConsoleStream(self, "error")

    def install(self) -> None:
        """Take the places of standard output, standard error and the root logger's handler."""
        sys.stdout, sys.stderr = self.streams
        logging.getLogger().addHandler(ConsoleHandler(self))
        logging.getLogger().setLevel(logging.DEBUG)

    def begin(self, started: float) -> None:
        """A load or call begins, at this moment of `perf_counter`."""
        self.started = started
        self.raw.going_on = True

    def end(self) -> None:
        """It has ended: nothing that was said meanwhile is left."""
        for stream in self.streams:  # the Action may have put others into their places, or closed them
            stream.flush_text()
        with self.pipe.lock:
            self.raw.settle(self.now())
            self.raw.going_on = False

    def allow(self, characters: int) -> None:
        """Begin to count anew, for the next run of a handler."""
        self.left, self.dropped = characters, 0

    def now(self) -> float:
        """Milliseconds since the load or call began."""
        return (perf_counter() - self.started) * 1000

    def say(self, level: str, text: str, line: int | None) -> None:
        if len(text) >= self.left:
            self.dropped += 1
            text = text[: self.left]
            self.left = 0
            if not text:
                return
        else:
            self.left -= len(text) + 1  # an empty line costs its end
        at = self.now()
        self.raw.settle(at)
        self.pipe.send({"t": "console", "level": level, "text": text, "line": line, "at": at})


class ConsoleStream(io.TextIOBase):
    """sys.stdout or sys.stderr: one console line for each piece of text that ends a line."""

    encoding = "utf-8"

    def __init__(self, console: Console, level: str) -> None:
        self.console, self.level, self.pending = console, level, ""

    def writable(self) -> bool:
        return True

    @property
    def buffer(self) -> io.BufferedIOBase:
        """Bytes, as `sys.stdout.buffer.write(b"...")` wants them."""
        return ConsoleBytes(self)

    def reconfigure(self, **_options: Any) -> None:
        """Encoding and buffering are not the Action's to choose; asking for them is no error."""

    def write(self, text: str) -> int:
        if self.console.left == 0:  # the limit is reached
            self.console.dropped += text.count("\n")
            return len(text)
        self.pending += text
        if text.endswith("\n") or len(self.pending) > self.console.left:  # no more of it is shown
            self.flush_text()
        return len(text)

    def flush(self) -> None:
        self.flush_text()

    def flush_text(self) -> None:
        """Send what is pending, also after the Action has closed the stream."""
        if self.pending:
            text, self.pending = self.pending, ""
            self.console.say(self.level, text.removesuffix("\n"), self.console.action.current_line())


class ConsoleBytes(io.BufferedIOBase):
    """The bytes beneath a console stream."""

    def __init__(self, stream: ConsoleStream) -> None:
        self.stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        text = bytes(data).decode("utf-8", "replace")
        self.stream.write(text)
        return len(data)

    def flush(self) -> None:
        self.stream.flush()


class ConsoleHandler(logging.Handler):
    """Log records of the Action at every level, of packages from WARNING up."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self.console = console

    def emit(self, record: logging.LogRecord) -> None:
        own = record.pathname == self.console.action.file
        if own or record.levelno >= logging.WARNING:
            level = next(name for floor, name in LEVELS if record.levelno >= floor)
            try:
                text = self.format(record)
            except Exception:
                self.handleError(record)
                return
            self.console.say(level, text, record.lineno if own else None)
