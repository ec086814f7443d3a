"""What one execution leaves behind while it runs: commands and console lines, in order."""

from __future__ import annotations

import codecs
import re
import time

from actionsmith.runtime.execution import Command, ConsoleLine, Level, Progress
from actionsmith.runtime.http.traffic import Traffic
from actionsmith.runtime.masking import Masker
from actionsmith.triggers import loader

_NO_MEMORY = re.compile(r"<--- Last few GCs --->|out of memory|bad_alloc")
_V8_CRASH_DUMP = "<--- Last few GCs --->"
_STREAMS: dict[str, Level] = {"stdout": "log", "stderr": "error"}


def console_limit() -> int:
    """Characters of console output kept of one execution (limits.yaml: log.buffer)."""
    return loader.limit("log.buffer")


class Transcript:
    """Collects commands and console lines and tells the caller of each as it comes.

    Console lines are masked before anybody sees them; `masker` is for whatever else is shown. `traffic`
    are the HTTP requests made meanwhile.
    """

    def __init__(self, progress: Progress | None, masker: Masker, traffic: Traffic) -> None:
        self.masker = masker
        self.traffic = traffic
        self.commands: list[Command] = []
        self.console: list[ConsoleLine] = []
        self.dropped = 0
        self._progress = progress
        self._started = time.monotonic()
        self._raw_left = console_limit()
        self._decoders: dict[str, codecs.IncrementalDecoder] = {}  # of the streams that are used at all
        self._pending: dict[str, str] = {}

    def command(self, command: Command) -> None:
        """Keep one api call."""
        self.commands.append(command)
        if self._progress is not None:
            self._progress(command)

    def line(self, line: ConsoleLine) -> None:
        """Keep one console line, without values of secrets."""
        line.text = self.masker.text(line.text)
        self.console.append(line)
        if self._progress is not None:
            self._progress(line)

    def output(self, stream: str, data: bytes) -> None:
        """Keep what was written to the process's own standard output or error, cut into lines."""
        kept = data[: self._raw_left]
        self._raw_left -= len(kept)
        if len(kept) < len(data):
            self.dropped = max(1, self.dropped + data.count(b"\n", len(kept)))
        if stream not in self._decoders:
            self._decoders[stream] = codecs.getincrementaldecoder("utf-8")("replace")
        *lines, rest = (self._pending.get(stream, "") + self._decoders[stream].decode(kept)).split("\n")
        self._pending[stream] = rest
        for text in lines:
            self._raw_line(stream, text)

    def out_of_memory(self) -> bool:
        """Whether the process said, as V8 and the C++ library do, that it died for want of memory."""
        said = (line.text for line in self.console if line.line is None and line.level == "error")
        return any(_NO_MEMORY.search(text) for text in (*said, self._pending.get("stderr", "")))

    def forget_crash_dump(self) -> None:
        """Leave out what V8 writes to standard error when it runs out of memory: addresses, no news."""
        marks = [at for at, line in enumerate(self.console) if line.text.startswith(_V8_CRASH_DUMP)]
        if marks:
            del self.console[marks[0] :]
            while self.console and self.console[-1].line is None and not self.console[-1].text:
                del self.console[-1]
        self._pending["stderr"] = ""

    def close(self) -> None:
        """Keep unfinished last lines."""
        for stream, text in self._pending.items():
            if text:
                self._raw_line(stream, text)
        self._pending = {}

    def _raw_line(self, stream: str, text: str) -> None:
        at_ms = (time.monotonic() - self._started) * 1000
        self.line(ConsoleLine(level=_STREAMS[stream], text=text, line=None, at_ms=round(at_ms, 3)))
