"""What keeps an Action in its place: its command line, environment, directory and memory."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from pathlib import Path

from actionsmith import nodejs
from actionsmith.runtime.execution import Language, Packages

HOSTS = Path(__file__).resolve().parent / "hosts"

# What a program needs to find certificates, proxies and its own language; nothing that names the
# user, a key or a token passes.
_KEPT_VARIABLES = (
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "NODE_EXTRA_CA_CERTS",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
)
# Node.js keeps memory outside the JavaScript heap (code, buffers, its own), on top of the limit.
_NODE_OVERHEAD_MB = 1024
_THREADS = 8  # a host's helper threads use processor time, too


def command(
    language: Language, packages: Packages, memory_mb: int, directory: Path, pipe: tuple[int, int]
) -> list[str]:
    """The command line of a host that speaks on the two descriptors of `pipe` (read, write)."""
    read, write = pipe
    if language == "javascript":
        host = HOSTS / "node"
        readable = [host, directory, *packages.folders, *packages.overrides.values()]
        return [
            str(nodejs.node_path()),
            "--permission",
            *(f"--allow-fs-read={path}" for path in readable),
            f"--allow-fs-write={directory}",
            f"--max-old-space-size={memory_mb}",
            "--no-warnings",
            str(host / "main.cjs"),
            str(read),
            str(write),
        ]
    return [sys.executable, "-I", "-S", "-X", "utf8", str(HOSTS / "python"), str(read), str(write)]


def environment(directory: Path) -> dict[str, str]:
    """The environment of a host: scrubbed, with its own temporary directory as home."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    place = str(directory)
    return {**kept, "HOME": place, "TMPDIR": place, "TMP": place, "TEMP": place, "PATH": "/usr/bin:/bin"}


def limit_memory(pid: int, language: Language, memory_mb: int) -> None:
    """Bound the memory of a started host, where the system can do that from outside (Linux)."""
    megabytes = memory_mb + (_NODE_OVERHEAD_MB + memory_mb if language == "javascript" else 0)
    _limit(pid, resource.RLIMIT_DATA, megabytes << 20)
    _limit(pid, resource.RLIMIT_CORE, 0)


def limit_processor_time(pid: int, timeout_s: float) -> None:
    """Bound the processor time of a host far beyond its time limit (Linux).

    The time limit is kept by the caller; this ends an endless loop whose caller was killed.
    """
    _limit(pid, resource.RLIMIT_CPU, int(timeout_s * _THREADS) + 10)


def _limit(pid: int, what: int, value: int) -> None:
    prlimit = getattr(resource, "prlimit", None)
    if prlimit is not None:
        with contextlib.suppress(OSError, ValueError):  # the process is gone, or the system says no
            prlimit(pid, what, (value, value))
