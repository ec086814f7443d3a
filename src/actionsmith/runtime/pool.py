"""Hosts started ahead: an interactive run takes a waiting one, uses it once, and a new one follows."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from actionsmith.errors import UserError
from actionsmith.runtime.host_kind import DEFAULT_MEMORY_MB, Language, Packages
from actionsmith.runtime.hosts import leftovers

if TYPE_CHECKING:
    from actionsmith.runtime.hosts.process import Host

LANGUAGES: tuple[Language, ...] = ("javascript", "python")
_CORES_PER_HOST = 4  # a second host of a language waits only where starting it takes nothing from a run
_MOST_WAITING = 2  # each takes tens of megabytes


class HostPool:
    """Waiting hosts of each language, for the packages it was last asked for. Safe between threads.

    How many wait depends on the processor cores. With `keep_filled` False a used host is not followed by
    another one.
    """

    def __init__(self, *, keep_filled: bool = True) -> None:
        self._keep_filled = keep_filled
        self._size = (
            max(1, min((os.cpu_count() or 1) // _CORES_PER_HOST, _MOST_WAITING)) if keep_filled else 1
        )
        self._waiting: dict[Language, list[Host]] = {language: [] for language in LANGUAGES}
        self._lock = threading.Lock()
        self._closed = False
        self._workers: list[threading.Thread] = []
        self._starting: dict[Language, threading.Thread] = {}

    def start(self, *languages: Language, offline: bool = False) -> None:
        """Start hosts without packages in the background: of the languages named, else of each."""
        for language in languages or LANGUAGES:
            fill = partial(self._fill, language, Packages(), DEFAULT_MEMORY_MB, offline)
            self._in_background(language, fill)

    def start_at_once(self, language: Language, *, offline: bool = False) -> None:
        """Start one before anything else is done: in a thread it would have to share the processor."""
        self._fill(language, Packages(), DEFAULT_MEMORY_MB, offline)

    def take(self, language: Language, packages: Packages, memory_mb: int, offline: bool = False) -> Host:
        """A waiting host for exactly this, or a new one. The caller closes it, or gives it to `retire`."""
        with self._lock:
            starting, ready = self._starting.get(language), bool(self._waiting[language])
        if starting is not None and not ready:
            starting.join()  # sooner there than one started now
        unfit: list[Host] = []
        found: Host | None = None
        with self._lock:
            waiting = self._waiting[language]
            while waiting and found is None:
                host = waiting.pop(0)
                if host.usable and _is_for(host, packages, memory_mb, offline):
                    found = host
                else:
                    unfit.append(host)
        for host in unfit:
            host.close()
        return found or _new_host(language, packages, memory_mb, offline)

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
            hosts = [host for waiting in self._waiting.values() for host in waiting]
            self._waiting = {language: [] for language in LANGUAGES}
        for host in hosts:
            host.close()
        leftovers.sweep()

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
            self._fill(used.language, used.packages, used.memory_mb, used.offline)

    def _fill(self, language: Language, packages: Packages, memory_mb: int, offline: bool) -> None:
        """Start hosts of one kind until enough wait; those of another kind make room."""
        while True:
            with self._lock:
                alike = [
                    host for host in self._waiting[language] if _is_for(host, packages, memory_mb, offline)
                ]
                if self._closed or len(alike) >= self._size:
                    return
            try:
                host = _new_host(language, packages, memory_mb, offline)
            except (UserError, OSError):
                return  # `take` tries again, and tells its caller
            if self._keep_filled:  # nobody waits for it yet
                host.rehearse()
            with self._lock:
                kept = [host] if self._closed else [*self._waiting[language], host][-self._size :]
                spare = [other for other in (*self._waiting[language], host) if other not in kept]
                self._waiting[language] = [] if self._closed else kept
                spare += kept if self._closed else []
            for other in spare:
                other.close()


def _new_host(language: Language, packages: Packages, memory_mb: int, offline: bool) -> Host:
    from actionsmith.runtime.hosts.process import Host  # a pool is made before the first screen is there

    return Host(language, packages, memory_mb, offline)


def _is_for(host: Host, packages: Packages, memory_mb: int, offline: bool) -> bool:
    return (host.packages, host.memory_mb, host.offline) == (packages, memory_mb, offline)
