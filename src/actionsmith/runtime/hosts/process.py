"""One host process: started, spoken to over a pipe of its own, and ended with everything it started.

Frames are one JSON object a line, both ways. The pipe is not standard output: that belongs to the
Action. Every wait has a deadline, so that no Action can keep the caller.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from actionsmith.runtime import confinement
from actionsmith.runtime.execution import Language, Packages
from actionsmith.runtime.hosts.frames import MAX_FRAME_BYTES, BadFrame, Frame, decode_frame

_CHUNK = 1 << 18
_CANCEL_POLL_S = 0.05
_DRAIN_S = 0.2


class HostGone(Exception):
    """The process ended, or closed its pipe, before it had answered."""


class DeadlinePassed(Exception):
    """The time limit ran out while the host was working."""


class Cancelled(Exception):
    """The caller no longer wants the result."""


class Host:
    """A running host. Not safe between threads; `kill` may be called from any thread."""

    def __init__(self, language: Language, packages: Packages, memory_mb: int) -> None:
        self.language = language
        self.packages = packages
        self.memory_mb = memory_mb
        self._directory = Path(tempfile.mkdtemp(prefix="actionsmith-run-"))
        to_host_read, self._to_host = os.pipe()
        self._from_host, from_host_write = os.pipe()
        try:
            self._process = subprocess.Popen(
                confinement.command(
                    language, packages, memory_mb, self._directory, (to_host_read, from_host_write)
                ),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(to_host_read, from_host_write),
                cwd=self._directory,
                env=confinement.environment(self._directory),
                start_new_session=True,
            )
        except BaseException:
            os.close(self._to_host)
            os.close(self._from_host)
            shutil.rmtree(self._directory, ignore_errors=True)
            raise
        finally:
            os.close(to_host_read)
            os.close(from_host_write)
        confinement.limit_memory(self._process.pid, language, memory_mb)
        os.set_blocking(self._to_host, False)
        os.set_blocking(self._from_host, False)
        self._outgoing: deque[memoryview] = deque()
        self._incoming = bytearray()
        self._frames: deque[Frame] = deque()
        self._open = True
        self._closed = threading.Lock()
        self.on_output: Callable[[str, bytes], None] | None = None
        self._selector = selectors.DefaultSelector()
        assert self._process.stdout is not None and self._process.stderr is not None
        for stream, name in ((self._process.stdout, "stdout"), (self._process.stderr, "stderr")):
            os.set_blocking(stream.fileno(), False)
            self._selector.register(stream.fileno(), selectors.EVENT_READ, name)
        self._selector.register(self._from_host, selectors.EVENT_READ, "frames")

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process id, which is also the id of its group."""
        return self._process.pid

    def send(self, frame: dict[str, Any]) -> None:
        """Queue one frame; it is written while the next frame is awaited."""
        self._outgoing.append(memoryview(msgspec.json.encode(frame) + b"\n"))

    def frames(self, deadline: float, cancel: threading.Event | None = None) -> Iterator[Frame]:
        """Yield the host's frames as they come, writing what is queued meanwhile.

        `deadline` is in `time.monotonic()` seconds. Raises DeadlinePassed, Cancelled, HostGone, and
        BadFrame for bytes that are no frame.
        """
        while True:
            while self._frames:
                yield self._frames.popleft()
            if not self._open:
                raise HostGone
            self._wait(deadline, cancel)

    def _wait(self, deadline: float, cancel: threading.Event | None) -> None:
        if self._outgoing:
            self._write()
        left = deadline - time.monotonic()
        if left <= 0:
            raise DeadlinePassed
        if cancel is not None:
            if cancel.is_set():
                raise Cancelled
            left = min(left, _CANCEL_POLL_S)
        for key, _ in self._selector.select(left):
            if key.data == "frames":
                self._read_frames()
            elif key.data != "writing":
                self._read_output(key.fd, key.data)

    def _write(self) -> None:
        try:
            while self._outgoing:
                first = self._outgoing[0]
                written = os.write(self._to_host, first)
                if written == len(first):
                    self._outgoing.popleft()
                else:
                    self._outgoing[0] = first[written:]
        except BlockingIOError:
            if self._to_host not in self._selector.get_map():
                self._selector.register(self._to_host, selectors.EVENT_WRITE, "writing")
            return
        except BrokenPipeError:
            self._outgoing.clear()  # the reading side tells why
        if self._to_host in self._selector.get_map():
            self._selector.unregister(self._to_host)

    def _read_frames(self) -> None:
        try:
            data = os.read(self._from_host, _CHUNK)
        except BlockingIOError:
            return
        if not data:
            self._open = False
            self._selector.unregister(self._from_host)
            return
        start = len(self._incoming)
        self._incoming += data
        if b"\n" not in data:
            if len(self._incoming) > MAX_FRAME_BYTES:
                raise BadFrame("the host sent more than a frame may hold")
            return
        end = self._incoming.rfind(b"\n", start) + 1
        lines = bytes(self._incoming[:end])
        del self._incoming[:end]
        for line in lines.split(b"\n")[:-1]:
            self._frames.append(decode_frame(line))

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

    def drain_output(self) -> None:
        """Read what is left of standard output and error, without waiting for more."""
        assert self._process.stdout is not None and self._process.stderr is not None
        until = time.monotonic() + _DRAIN_S
        for stream, name in ((self._process.stdout, "stdout"), (self._process.stderr, "stderr")):
            while stream.fileno() in self._selector.get_map() and time.monotonic() < until:
                if not self._read_output(stream.fileno(), name):
                    break

    def peak_memory(self) -> int | None:
        """Most memory the process has used, in bytes, where the system tells (Linux).

        What the process says of itself counts the memory of the program that started it, too.
        """
        try:
            status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        except OSError:
            return None
        field = next((line for line in status.splitlines() if line.startswith("VmHWM:")), None)
        return int(field.split()[1]) * 1024 if field else None

    def wait_exit(self, seconds: float) -> int | None:
        """The exit code, negative for a signal, or None when the process does not end in time."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """End the process and its whole group at once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End the process and give everything back: descriptors, the temporary directory."""
        if not self._closed.acquire(blocking=False):
            return
        self.kill()
        self._process.wait()
        self._selector.close()
        for descriptor in (self._to_host, self._from_host):
            os.close(descriptor)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        shutil.rmtree(self._directory, ignore_errors=True)
