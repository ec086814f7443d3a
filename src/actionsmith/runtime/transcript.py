"""What one execution leaves behind while it runs: commands and console lines, in order."""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable

from actionsmith.runtime.execution import Command, ConsoleLine, Level, Progress
from actionsmith.runtime.hosts.frames import RanLines, RanParts
from actionsmith.runtime.http.traffic import Traffic
from actionsmith.runtime.masking import Masker
from actionsmith.triggers import loader

_NO_MEMORY = re.compile(r"<--- Last few GCs --->|out of memory|bad_alloc")
_V8_CRASH_DUMP = "<--- Last few GCs --->"
_PER_CHARACTER = 16  # characters; a few backslashes before an escape of several bytes
_STREAMS: dict[str, Level] = {"stdout": "log", "stderr": "error"}


def console_limit() -> int:
    """Characters of console output that a host sends of one execution: those that are shown, and some more.

    Of what is shown in the end, the values of secrets have to be whole to be found.
    """
    return loader.limit("log.buffer") + _longest_spelling()


def _longest_spelling() -> int:
    """Characters that a secret may take when it is escaped (limits.yaml: secret.value_length)."""
    return _PER_CHARACTER * loader.limit("secret.value_length")


class _Room:
    """What may still be shown of one kind of output, of which an end of line takes its part, too.

    Counted in UTF-16 units, as a host of JavaScript does (limits.yaml: log.buffer).
    """

    def __init__(self, masker: Masker) -> None:
        self._masker = masker
        self._left = loader.limit("log.buffer")

    def take(self, text: str) -> tuple[str, bool, bool]:
        """The text as it is shown, whether that is all of it, and whether the host has cut it off, too.

        It is masked before it is cut: the beginning of a secret does not show.
        """
        left, size = self._left, _size(text)
        self._left -= size + 1
        if size <= left:
            return self._masker.text(text), True, False
        shown = self._masker.start(text, _characters(text, max(0, left)))
        return shown, False, self._left <= -_longest_spelling()


class _RawOutput:
    """What the process wrote to its own standard output and error, on its way to becoming lines."""

    def __init__(self, masker: Masker) -> None:
        self._masker = masker
        self.room = _Room(masker)
        self.left = console_limit()  # bytes
        self.pending: dict[str, str] = {}
        self.latest: list[ConsoleLine] = []  # since the host told a moment
        self._decoders: dict[str, codecs.IncrementalDecoder] = {}
        self._cut_off: set[str] = set()

    def written_before(self, at_ms: float) -> None:
        """The host tells a moment: the lines that are here by now were written before it."""
        for line in self.latest:
            line.at_ms = min(line.at_ms, at_ms)
        self.latest = []

    def lines(self, stream: str, data: bytes, *, cut: bool) -> list[str]:
        """The lines that have come to their end; `cut` says that more was written than `data`."""
        if stream not in self._decoders:
            self._decoders[stream] = codecs.getincrementaldecoder("utf-8")("replace")
        *lines, rest = (self.pending.get(stream, "") + self._decoders[stream].decode(data)).split("\n")
        if cut and stream not in self._cut_off:
            self._cut_off.add(stream)  # perhaps in the middle of a secret
            rest = self._masker.start(rest, max(0, len(rest) - _longest_spelling()))
        self.pending[stream] = rest
        return lines


class Transcript:
    """Collects commands and console lines and tells the caller of each as it comes.

    Console lines are masked before anybody sees them; `masker` is for whatever else is shown. `traffic`
    are the HTTP requests made meanwhile, `covered` is what the host told of the code that ran.
    """

    def __init__(self, progress: Progress | None, masker: Masker, traffic: Traffic) -> None:
        self.masker = masker
        self.traffic = traffic
        self.commands: list[Command] = []
        self.console: list[ConsoleLine] = []
        self.notes: list[str] = []
        self.dropped = 0
        self.covered: RanLines | RanParts | None = None
        self._progress = progress
        self._stage_began = 0.0
        self._until: float | None = None
        self._room: _Room | None = None  # these two only once there is output: most events of many have none
        self._raw: _RawOutput | None = None

    def begin_stage(self, began: float) -> None:
        """A load or call begins, at this moment of `time.monotonic()`."""
        self._stage_began = began
        if self._raw is not None:
            self._raw.latest = []

    def command(self, command: Command) -> None:
        """Keep one api call."""
        self.commands.append(command)
        if self._progress is not None:
            self._progress(command)

    def note(self, text: str) -> None:
        """Keep a warning about something the Action did, once."""
        if text not in self.notes:
            self.notes.append(text)

    def line(self, line: ConsoleLine) -> None:
        """Keep one console line without values of secrets, or as much of it as there is room for."""
        if self._room is None:
            self._room = _Room(self.masker)
        if self._raw is not None:
            self._raw.written_before(line.at_ms)
        self._keep(line, self._room)

    def output(self, stream: str, data: bytes) -> None:
        """Keep what was written to the process's own standard output or error, cut into lines."""
        if self._raw is None:
            self._raw = _RawOutput(self.masker)
        raw = self._raw
        kept = data[: raw.left]
        raw.left -= len(kept)
        if len(kept) < len(data):
            self.dropped = max(1, self.dropped + data.count(b"\n", len(kept)))
        for text in raw.lines(stream, kept, cut=len(kept) < len(data)):
            self._raw_line(raw, stream, text)

    def output_until(self, at_ms: float, read: Callable[[], None]) -> None:
        """`read` what was written to standard output and error before a moment that the host tells."""
        if self._raw is not None:
            self._raw.written_before(at_ms)
        self._until = at_ms
        try:
            read()
        finally:
            self._until = None

    def out_of_memory(self) -> bool:
        """Whether the process said, as V8 and the C++ library do, that it died for want of memory."""
        said = (line.text for line in self.console if line.line is None and line.level == "error")
        unfinished = self._raw.pending.get("stderr", "") if self._raw is not None else ""
        return any(_NO_MEMORY.search(text) for text in (*said, unfinished))

    def forget_crash_dump(self) -> None:
        """Leave out what V8 writes to standard error when it runs out of memory: addresses, no news."""
        marks = [at for at, line in enumerate(self.console) if line.text.startswith(_V8_CRASH_DUMP)]
        if marks:
            del self.console[marks[0] :]
            while self.console and self.console[-1].line is None and not self.console[-1].text:
                del self.console[-1]
        if self._raw is not None:
            self._raw.pending["stderr"] = ""

    def close(self) -> None:
        """Keep unfinished last lines."""
        if self._raw is None:
            return
        for stream, text in self._raw.pending.items():
            if text:
                self._raw_line(self._raw, stream, text)
        self._raw.pending = {}

    def _raw_line(self, raw: _RawOutput, stream: str, text: str) -> None:
        at_ms = (time.monotonic() - self._stage_began) * 1000 if self._until is None else self._until
        line = ConsoleLine(level=_STREAMS[stream], text=text, line=None, at_ms=round(at_ms, 3))
        raw.latest.append(line)
        self._keep(line, raw.room)

    def _keep(self, line: ConsoleLine, room: _Room) -> None:
        line.text, is_whole, is_counted = room.take(line.text)
        if not is_whole:
            self.dropped += not is_counted
            if not line.text:
                return
        self.console.append(line)
        if self._progress is not None:
            self._progress(line)


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _characters(text: str, size: int) -> int:
    """How many characters, from the first one on, fit into `size` units of UTF-16."""
    if text.isascii():
        return size
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * size].decode("utf-16-le", "ignore"))
