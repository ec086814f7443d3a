"""The pipe to the parent, and what happens when the parent is gone.

Frames go one a line: to the parent the key and a JSON object; from it a letter, which tells an answer from
an order (a load or a call), and a JSON object. The very first line from it is the key.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from os import _exit, getpid, killpg, read, write  # an Action may replace them
from select import poll
from signal import SIGKILL
from threading import RLock
from time import perf_counter
from typing import Any

from .codec import decode, encode
from .record import Record

ANSWER = b"a"
AT_ONCE = 16
BATCH_S = 0.001
BATCH_LENGTH = 1 << 15
CHUNK = 1 << 16


class Pipe:
    """Frames to and from the parent. Threads of the Action may write at the same time."""

    def __init__(self, read: int, write: int) -> None:
        self.reading, self.writing = read, write
        self.lines: deque[bytes] = deque()
        self.rest = b""  # of a line that has not come to its end
        self.orders: deque[bytes] = deque()  # read while an answer was looked for
        self.held: list[str] = []  # lines that are not written yet
        self.held_length = 0
        self.written_at = 0.0
        self.at_once = AT_ONCE
        self.lock = RLock()
        self.key = self._line().decode("ascii")

    def receive(self) -> Record:
        """Wait for the next order."""
        self.at_once = AT_ONCE
        line = self.orders.popleft() if self.orders else self._line()
        frame: Record = decode(line[1:].decode())
        return frame

    def send(self, frame: Mapping[str, Any]) -> None:
        """Send a frame, after those that were held back."""
        with self.lock:
            self._hold(encode(frame))
            self.flush()

    def send_soon(self, text: str) -> None:
        """Send the text of a frame that nobody waits for.

        The first ones of a run go at once, so that they are known even if the Action never ends; the others,
        and all while more orders wait, go with the next frame that is sent, or after a millisecond.
        """
        with self.lock:
            self._hold(text)
            if self.at_once > 0 and not (self.lines or self.orders):
                self.at_once -= 1
                self.flush()
            elif self.held_length > BATCH_LENGTH or perf_counter() - self.written_at > BATCH_S:
                self.flush()

    def ask(self, text: str) -> Record:
        """Send a frame's text, and wait for the answer."""
        with self.lock:
            self._hold(text)
            self.flush()
            while not (line := self._line()).startswith(ANSWER):
                self.orders.append(line)
            answer: Record = decode(line[1:].decode())
            return answer

    def flush(self) -> None:
        """Send what was held back."""
        with self.lock:
            if not self.held:
                return
            data = memoryview("".join(self.held).encode("ascii"))
            self.held, self.held_length = [], 0
            while data:
                data = data[write(self.writing, data) :]
            self.written_at = perf_counter()

    def _hold(self, text: str) -> None:
        self.held.append(f"{self.key}{text}\n")
        self.held_length += len(text)

    def _line(self) -> bytes:
        while not self.lines:
            pieces = [self.rest]
            while b"\n" not in pieces[-1]:
                data = read(self.reading, CHUNK)
                if not data:
                    _exit(0)  # the parent is gone
                pieces.append(data)
            *whole, self.rest = b"".join(pieces).split(b"\n")
            self.lines.extend(whole)
        return self.lines.popleft()


def end_with_parent(read: int) -> None:
    """Wait for the parent's end of the pipe to close, then end with everything that was started here.

    An Action that sleeps would outlive a parent that was killed.
    """
    hang_up = poll()
    hang_up.register(read, 0)  # hanging up is always told, and nothing else here
    hang_up.poll()
    killpg(getpid(), SIGKILL)
