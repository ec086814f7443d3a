"""Limits of memory, files and processor time, set on a host from outside."""

from __future__ import annotations

import contextlib
import resource

from actionsmith.runtime.host_kind import Language

# Node.js keeps memory outside the JavaScript heap (code, buffers, its own), on top of the limit.
_NODE_OVERHEAD_MB = 1024
_THREADS = 8  # a host's helper threads use processor time, too

KEPT_FROM_OUTSIDE = hasattr(resource, "prlimit")
"""Whether the system lets one process limit another (Linux)."""


def limit_memory(pid: int, language: Language, memory_mb: int) -> None:
    """Bound the memory of a started host, and each file it writes, where the system can do that from outside.

    Temporary directories often lie in memory.
    """
    megabytes = memory_mb + (_NODE_OVERHEAD_MB + memory_mb if language == "javascript" else 0)
    _limit(pid, "RLIMIT_DATA", megabytes << 20)
    _limit(pid, "RLIMIT_FSIZE", memory_mb << 20)
    _limit(pid, "RLIMIT_CORE", 0)


def limit_processor_time(pid: int, timeout_s: float) -> None:
    """Bound the processor time of a host far beyond its time limit.

    The time limit is kept by the caller; this ends an endless loop whose caller was killed.
    """
    _limit(pid, "RLIMIT_CPU", int(timeout_s * _THREADS) + 10)


def _limit(pid: int, name: str, value: int) -> None:
    prlimit = getattr(resource, "prlimit", None)
    if prlimit is not None:
        with contextlib.suppress(OSError, ValueError):  # the process is gone, or the system says no
            prlimit(pid, getattr(resource, name), (value, value))
