"""Hosts started ahead: an interactive run takes a waiting one, uses it once, and a new one follows."""

from __future__ import annotations

import threading

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
        self._refills: list[threading.Thread] = []

    def start(self, *languages: Language) -> None:
        """Start a host without packages in the background: of the languages named, else of each."""
        for language in languages or LANGUAGES:
            self._refill(language, Packages(), DEFAULT_MEMORY_MB)

    def take(self, language: Language, packages: Packages, memory_mb: int) -> Host:
        """A waiting host for exactly these packages and this limit, or a new one. The caller closes it."""
        with self._lock:
            starting = [thread for thread in self._refills if thread.is_alive()]
            host = self._waiting.pop(language, None)
        if host is None and starting:
            for thread in starting:
                thread.join()
            with self._lock:
                host = self._waiting.pop(language, None)
        if host is not None and not (
            host.alive and host.packages == packages and host.memory_mb == memory_mb
        ):
            host.close()
            host = None
        return host or Host(language, packages, memory_mb)

    def restock(self, language: Language, packages: Packages, memory_mb: int) -> None:
        """Start the next host in the background. Called after a run, so as not to compete with it."""
        if self._keep_filled:
            self._refill(language, packages, memory_mb)

    def close(self) -> None:
        """End all waiting hosts; nothing is started afterwards."""
        with self._lock:
            self._closed = True
        for thread in self._refills:
            thread.join()
        with self._lock:
            hosts = list(self._waiting.values())
            self._waiting.clear()
        for host in hosts:
            host.close()

    def _refill(self, language: Language, packages: Packages, memory_mb: int) -> None:
        with self._lock:
            if self._closed:
                return
            self._refills = [thread for thread in self._refills if thread.is_alive()]
            thread = threading.Thread(
                target=self._start_one,
                args=(language, packages, memory_mb),
                name=f"refill-{language}",
                daemon=True,
            )
            self._refills.append(thread)
            thread.start()

    def _start_one(self, language: Language, packages: Packages, memory_mb: int) -> None:
        host = Host(language, packages, memory_mb)
        with self._lock:
            spare = host if self._closed else self._waiting.pop(language, None)
            if spare is not host:
                self._waiting[language] = host
        if spare is not None:
            spare.close()
