"""The server as its client sees it: started when first asked, started again when it dies, ended with us."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import time
from collections import deque
from collections.abc import Callable

import msgspec

from actionsmith.language.python.messages import (
    LENGTH,
    READY,
    Answer,
    Opened,
    Question,
    decode_answer,
    frame,
)
from actionsmith.language.service import Code, Status

SERVER = (sys.executable, "-I", "-X", "utf8", "-m", "actionsmith.language.python.server")
COMMAND = (*SERVER, "--read-ahead")
"""-I: neither the environment nor the current folder adds modules of others to the server's own."""

DELAYS_S = (0.0, 0.5, 2.0, 8.0)
"""How long it stays away after it died, by how often it was started within a minute; then it stays away
until the minute is over."""

_MINUTE_S = 60.0
_HUNG_S = 30.0
"""A question that is out for so long is one the server does not come back from."""

_CLOSING_S = 1.0
_FAILED = "The Python language service stops again and again; completion is from the contract for now."

_log = logging.getLogger(__name__)
Ask = Callable[[int], Question]


class ServerProcess:
    """One server at a time, on the event loop it was first asked on."""

    def __init__(self, command: tuple[str, ...] = COMMAND, delays_s: tuple[float, ...] = DELAYS_S) -> None:
        self.status = Status("starting")
        self._command, self._delays_s = command, delays_s
        self._process: asyncio.subprocess.Process | None = None
        self._life: asyncio.Task[None] | None = None
        self._started = asyncio.Event()
        self._starts: deque[float] = deque(maxlen=len(delays_s))
        self._waiting: dict[int, asyncio.Future[Answer]] = {}
        self._open: Code | None = None
        self._last = READY
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process that answers now."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Begin to live, unless it does so already."""
        if self._life is None and not self._closed:
            self._life = asyncio.create_task(self._live())

    async def ask(self, code: Code, make: Ask, limit: float, first_limit: float) -> msgspec.Raw | None:
        """The value of the answer to the question that `make` numbers; None when there is none in time.

        `limit` counts in seconds once the server is warm, `first_limit` before.
        """
        self.start()
        is_between_two = bool(self._starts) and not self._started.is_set()
        if is_between_two or self.status.state == "failed" or self._closed:
            return None
        deadline = asyncio.get_running_loop().time() + (
            limit if self.status.state == "ready" else first_limit
        )
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(deadline):
                await self._started.wait()
                answer = await self._sent(code, make)
            if answer.fault:
                _log.info("the Python language server stumbled: %s", answer.fault)
            return answer.value
        return None

    async def close(self) -> None:
        """End the process and wait until it is gone."""
        self._closed = True
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
        elif self._life is not None:  # it waits to start again
            self._life.cancel()
        if self._life is not None:
            done, _ = await asyncio.wait({self._life}, timeout=_CLOSING_S)
            if not done:
                self._kill(self._process)
                await asyncio.wait({self._life}, timeout=_CLOSING_S)

    def _sent(self, code: Code, make: Ask) -> asyncio.Future[Answer]:
        """Send a question, and its text where the server does not have it."""
        process, loop = self._process, asyncio.get_running_loop()
        future: asyncio.Future[Answer] = loop.create_future()
        if process is None or process.stdin is None or process.stdin.is_closing():
            future.set_result(Answer(READY))
            return future
        if code != self._open:
            process.stdin.write(_opening(code))
            self._open = code
        self._last += 1
        number = self._last
        self._waiting[number] = future
        process.stdin.write(frame(make(number)))
        loop.call_later(_HUNG_S, self._check, process, number)
        return future

    def _check(self, process: asyncio.subprocess.Process, number: int) -> None:
        """End a server that has not answered; it is started again like one that died."""
        if number in self._waiting and process is self._process:
            _log.info("the Python language server hangs and is started anew")
            self._kill(process)

    async def _live(self) -> None:
        """Start, read until it dies, wait a while, and begin again."""
        while not self._closed:
            if delay := self._delay():
                await asyncio.sleep(delay)
                if self._closed:
                    break
            self._starts.append(time.monotonic())
            try:
                self._process = await asyncio.create_subprocess_exec(
                    *self._command,
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=asyncio.subprocess.DEVNULL,
                )
            except OSError as problem:
                note = f"The Python language service cannot be started: {problem}"
                self.status = Status("failed", note, "no Python checks")
                self._started.set()  # nobody waits for it any longer
                self._started.clear()
                continue
            self._started.set()
            process = self._process
            try:
                await self._read(process)
            finally:
                self._ended()
            await _end(process)

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while True:
            try:
                head = await process.stdout.readexactly(LENGTH.size)
                body = await process.stdout.readexactly(LENGTH.unpack(head)[0])
                answer = decode_answer(body)
            except (asyncio.IncompleteReadError, OSError, msgspec.MsgspecError):
                return
            if answer.number == READY:
                self.status = Status("ready")
            future = self._waiting.pop(answer.number, None)
            if future is not None and not future.done():
                future.set_result(answer)

    def _ended(self) -> None:
        """Nobody waits for a server that is gone; what it knew, the next one is told again."""
        self._process = None
        self._started.clear()
        self._open = None
        for future in self._waiting.values():
            if not future.done():
                future.set_result(Answer(READY))
        self._waiting.clear()
        gave_up = self._delay() > self._delays_s[-1]
        self.status = Status("failed", _FAILED, "no Python checks") if gave_up else Status("starting")

    def _delay(self) -> float:
        """Seconds until the next start is allowed."""
        now = time.monotonic()
        recent = [start for start in self._starts if now - start < _MINUTE_S]
        if len(recent) < len(self._delays_s):
            return self._delays_s[len(recent)]
        return max(_MINUTE_S - (now - recent[0]), self._delays_s[-1] + 1)

    @staticmethod
    def _kill(process: asyncio.subprocess.Process | None) -> None:
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()


async def _end(process: asyncio.subprocess.Process) -> None:
    """Wait for a server that has stopped talking. A signal to one that just ended would take its exit code
    from the event loop, which complains then; so that comes last."""
    try:
        await asyncio.wait_for(process.wait(), _CLOSING_S)
    except TimeoutError:
        process.kill()
        await process.wait()


def _opening(code: Code) -> bytes:
    try:
        return frame(Opened(code))
    except UnicodeEncodeError:  # half of a surrogate pair, which no encoding has; it keeps its column
        text = code.text.encode(errors="replace").decode()
        return frame(Opened(msgspec.structs.replace(code, text=text)))
