"""Hosts started ahead: an interactive run takes a waiting one, uses it once, and a new one follows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from actionsmith.errors import UserError
from actionsmith.runtime.execution import DEFAULT_MEMORY_MB, Language, Packages
from actionsmith.runtime.hosts.process import Host

LANGUAGES: tuple[Language, ...] = ("javascript", "python")


class HostPool:
    """One waiting host per language, for the packages it was last asked for. Safe between threads.

    With `keep_filled` False a used host is not followed by another one.
    """

    def __init__(self, *, keep_filled: bool = True) -> None:
        self._keep_filled = keep_filled
        self._waiting: dict[Language, Host] = {}
        self._lock = threading.Lock()
        self._closed = False
        self._workers: list[threading.Thread] = []
        self._starting: dict[Language, threading.Thread] = {}

    def start(self, *languages: Language) -> None:
        """Start a host without packages in the background: of the languages named, else of each."""
        for language in languages or LANGUAGES:
            self._in_background(language, partial(self._start_one, language, Packages(), DEFAULT_MEMORY_MB))

    def take(self, language: Language, packages: Packages, memory_mb: int) -> Host:
        """A waiting host for exactly these packages and this limit, or a new one. The caller closes it."""
        with self._lock:
            starting = self._starting.get(language)
        if starting is not None:
            starting.join()  # sooner there than one started now
        with self._lock:
            host = self._waiting.pop(language, None)
        if host is not None and not (
            host.alive and host.packages == packages and host.memory_mb == memory_mb
        ):
            host.close()
            host = None
        return host or Host(language, packages, memory_mb)

    def retire(self, host: Host) -> None:
        """Take back a used host: in the background it is ended, and the next one started like it.

        Nobody waits for a process to be gone, and the next one does not compete with the run.
        """
        self._in_background(host.language, partial(self._replace, host))

    def close(self) -> None:
        """End all waiting hosts; nothing is started afterwards."""
        with self._lock:
            self._closed = True
            workers = list(self._workers)
        for thread in workers:
            thread.join()
        with self._lock:
            hosts = list(self._waiting.values())
            self._waiting.clear()
        for host in hosts:
            host.close()

    def _in_background(self, language: Language, work: Callable[[], None]) -> None:
        with self._lock:
            self._workers = [thread for thread in self._workers if thread.is_alive()]
            thread = threading.Thread(target=work, daemon=True)
            self._workers.append(thread)
            self._starting[language] = thread
            thread.start()

    def _replace(self, used: Host) -> None:
        used.close()
        if self._keep_filled:
            self._start_one(used.language, used.packages, used.memory_mb)

    def _start_one(self, language: Language, packages: Packages, memory_mb: int) -> None:
        with self._lock:
            if self._closed:
                return
        try:
            host = Host(language, packages, memory_mb)
        except (UserError, OSError):
            return  # `take` tries again, and tells its caller
        with self._lock:
            spare = host if self._closed else self._waiting.pop(language, None)
            if spare is not host:
                self._waiting[language] = host
        if spare is not None:
            spare.close()
