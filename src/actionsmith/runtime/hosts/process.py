"""One host process: started, and ended with everything it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from actionsmith.runtime import confinement
from actionsmith.runtime.host_kind import Language, Packages
from actionsmith.runtime.hosts import leftovers
from actionsmith.runtime.hosts.lifeline import Lifeline

if TYPE_CHECKING:
    from actionsmith.runtime.hosts.channel import Channel


class Host:
    """A running host, spoken to over `channel`. Not safe between threads; only `kill` is.

    With `offline` nothing that runs in it can reach the network.
    """

    def __init__(self, language: Language, packages: Packages, memory_mb: int, offline: bool = False) -> None:
        self.language = language
        self.packages = packages
        self.memory_mb = memory_mb
        self.offline = offline
        self._name_servers = confinement.name_servers()
        self._directory = leftovers.make_directory()
        to_host_read, to_host = os.pipe()
        from_host, from_host_write = os.pipe()
        its_ends = (to_host_read, from_host_write)
        try:
            self._process, self.confinement = confinement.start(
                language, packages, memory_mb, self._directory, its_ends, offline=offline
            )
        except BaseException:
            for descriptor in (to_host, from_host):
                os.close(descriptor)
            leftovers.remove(self._directory)
            raise
        finally:
            for descriptor in its_ends:
                os.close(descriptor)
        self._lifeline = Lifeline(self._process.pid)
        from actionsmith.runtime.hosts.channel import Channel  # takes a while, in which the process boots

        assert self._process.stdout is not None and self._process.stderr is not None
        streams = {self._process.stdout.fileno(): "stdout", self._process.stderr.fileno(): "stderr"}
        self.channel: Channel = Channel(to_host, from_host, streams)
        self._closed = threading.Lock()

    def rehearse(self) -> None:
        """Have it go through a run in memory while it waits: JavaScript is compiled at its first use."""
        if self.language == "javascript":
            self.channel.order({"rehearse": True})
            self.channel.flush()

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    @property
    def usable(self) -> bool:
        """Whether it runs and, after it has waited, still reaches what an Action needs."""
        return self.alive and self._name_servers == confinement.name_servers()

    @property
    def pid(self) -> int:
        """The process id, which is also the id of its group."""
        return self._process.pid

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
        self.channel.close()
        self._lifeline.close()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        leftovers.remove(self._directory)
