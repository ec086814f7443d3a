"""The pipe to one host, and the Action's standard output beside it. Every wait has a deadline.

To the host goes one line per frame: a letter that tells an order (load, call) from an answer, and a JSON
object. The first line is a key made for this host. From the host comes one line per frame: the key, and a
JSON object. The Action shares the host's process: what it writes to the pipe by accident lacks the key and is
no frame. JavaScript keeps the key to the host. Python hides nothing from who looks for it, so that any frame
may be the Action's own work; it can tell lies about its own run, and no more than that.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import selectors
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, Literal

import msgspec

from actionsmith.runtime.hosts.frames import (
    MOST_BYTES_OF_CALLS,
    BadFrame,
    Called,
    Frame,
    check_length,
    decode_frame,
)

_CHUNK = 1 << 18
_CANCEL_POLL_S = 0.05
_SIGNAL_POLL_S = 0.25  # a signal that comes in the instant before a wait does not end the wait
_DRAIN_S = 0.2
_AT_ONCE = 64  # frames in one write
_WIDE = 1 << 20
_MOST_RECEIVED = 256 << 20  # for one order
_BEGINNING = 64  # bytes that tell how long a frame may be


class HostGone(Exception):
    """The process ended, or closed its pipe, before it had answered."""


class DeadlinePassed(Exception):
    """The time limit ran out while the host was working."""


class Cancelled(Exception):
    """The caller no longer wants the result."""


class Channel:
    """Frames to and from one host. Not safe between threads.

    `to_host` and `from_host` are the descriptors of the pipe, which are closed by `close`; `streams` maps
    the descriptors of the Action's standard output and error to their names.
    """

    def __init__(self, to_host: int, from_host: int, streams: Mapping[int, str]) -> None:
        self._to_host, self._from_host = to_host, from_host
        self._streams = streams
        self._key = os.urandom(16).hex().encode("ascii")
        self._outgoing: deque[memoryview] = deque([memoryview(self._key + b"\n")])
        self._pending = len(self._key) + 1
        self._received = self._received_in_calls = 0
        self._incoming = bytearray()
        self._frames: deque[Frame] = deque()
        self._open = True
        self.on_output: Callable[[str, bytes], None] | None = None
        self._selector = selectors.DefaultSelector()
        for descriptor in (to_host, from_host, *streams):
            os.set_blocking(descriptor, False)
        for descriptor, name in streams.items():
            self._selector.register(descriptor, selectors.EVENT_READ, name)
        self._selector.register(from_host, selectors.EVENT_READ, "frames")
        self._write()

    @property
    def pending_bytes(self) -> int:
        """How much is queued and not written yet."""
        return self._pending

    def widen(self) -> None:
        """Let much be under way at once, where the system can (Linux)."""
        resize = getattr(fcntl, "F_SETPIPE_SZ", None)
        if resize is not None:
            with contextlib.suppress(OSError):  # more than a user may have
                fcntl.fcntl(self._to_host, resize, _WIDE)

    def flush(self) -> None:
        """Write what is queued, as far as the pipe takes it without waiting."""
        if self._outgoing:
            self._write()

    def order(self, frame: Mapping[str, Any]) -> None:
        """Queue a load or a call; it is written while the next frame is awaited."""
        self._received = self._received_in_calls = 0
        self._queue(b"o", frame)

    def answer(self, frame: Mapping[str, Any]) -> None:
        """Queue the answer the host is waiting for."""
        self._queue(b"a", frame)

    def frames(self, deadline: float, cancel: threading.Event | None = None) -> Iterator[Frame]:
        """Yield the host's frames as they come, writing what is queued meanwhile.

        `deadline` is in `time.monotonic()` seconds. Raises DeadlinePassed, Cancelled, HostGone, and
        BadFrame for bytes that are no frame.
        """
        while True:
            while self._frames:
                if time.monotonic() > deadline:  # many take their time
                    raise DeadlinePassed
                yield self._frames.popleft()
            if not self._open:
                raise HostGone
            self._wait(deadline, cancel)

    def read_output(self) -> None:
        """Read what there is of standard output and error, without waiting for more."""
        until = time.monotonic() + _DRAIN_S
        while time.monotonic() < until:
            ready = [key for key, _ in self._selector.select(0) if key.fd in self._streams]
            if not ready:
                return
            for key in ready:
                self._read_output(key.fd, key.data)

    def close(self) -> None:
        """Close the pipe; the streams stay with whoever opened them."""
        self._selector.close()
        for descriptor in (self._to_host, self._from_host):
            os.close(descriptor)

    def _queue(self, letter: Literal[b"o", b"a"], frame: Mapping[str, Any]) -> None:
        data = letter + msgspec.json.encode(frame) + b"\n"
        self._outgoing.append(memoryview(data))
        self._pending += len(data)

    def _wait(self, deadline: float, cancel: threading.Event | None) -> None:
        if self._outgoing:
            self._write()
        left = deadline - time.monotonic()
        if left <= 0:
            raise DeadlinePassed
        if cancel is not None and cancel.is_set():
            raise Cancelled
        longest = _SIGNAL_POLL_S if cancel is None else _CANCEL_POLL_S
        ready = [key for key, _ in self._selector.select(min(left, longest))]
        if any(key.data == "frames" for key in ready):
            self._read_frames()  # a host lets output be read before it sends more: this was sent before
            return
        for key in ready:
            if key.data != "writing":
                self._read_output(key.fd, key.data)

    def _write(self) -> None:
        try:
            while self._outgoing:
                self._drop(os.writev(self._to_host, list(islice(self._outgoing, _AT_ONCE))))
        except BlockingIOError:
            if self._to_host not in self._selector.get_map():
                self._selector.register(self._to_host, selectors.EVENT_WRITE, "writing")
            return
        except BrokenPipeError:
            self._outgoing.clear()  # the reading side tells why
            self._pending = 0
        if self._to_host in self._selector.get_map():
            self._selector.unregister(self._to_host)

    def _drop(self, written: int) -> None:
        self._pending -= written
        while written:
            first = self._outgoing[0]
            if len(first) > written:
                self._outgoing[0] = first[written:]
                return
            written -= len(first)
            self._outgoing.popleft()

    def _read_frames(self) -> None:
        try:
            data = os.read(self._from_host, _CHUNK)
        except BlockingIOError:
            return
        if not data:
            self._open = False
            self._selector.unregister(self._from_host)
            return
        self._received += len(data)
        if self._received > _MOST_RECEIVED:
            raise BadFrame(f"it sent more than {_MOST_RECEIVED >> 20} MB")
        start = len(self._incoming)
        self._incoming += data
        if b"\n" not in data:
            key = len(self._key)
            check_length(self._incoming[key : key + _BEGINNING], len(self._incoming) - key)
            return
        end = self._incoming.rfind(b"\n", start) + 1
        lines = bytes(self._incoming[:end])
        del self._incoming[:end]
        for line in lines.split(b"\n")[:-1]:
            if not line.startswith(self._key):
                raise BadFrame("something else than the host wrote to its pipe")
            frame = decode_frame(line[len(self._key) :])
            if isinstance(frame, Called):
                self._received_in_calls += len(line)
                if self._received_in_calls > MOST_BYTES_OF_CALLS:
                    raise BadFrame(f"its calls of api took more than {MOST_BYTES_OF_CALLS >> 20} MB")
            self._frames.append(frame)

    def _read_output(self, descriptor: int, name: str) -> bool:
        try:
            data = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            return False
        if not data:
            self._selector.unregister(descriptor)
            return False
        if self.on_output is not None:
            self.on_output(name, data)
        return True
