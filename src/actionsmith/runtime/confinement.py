"""What keeps an Action in its place: its command line, environment, directory and memory."""

from __future__ import annotations

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


def command(
    language: Language, packages: Packages, memory_mb: int, directory: Path, pipe: tuple[int, int]
) -> list[str]:
    """The command line of a host that speaks on the two descriptors of `pipe` (read, write)."""
    read, write = pipe
    if language == "javascript":
        host = HOSTS / "node.cjs"
        readable = [host, directory, *packages.folders, *packages.overrides.values()]
        return [
            str(nodejs.node_path()),
            "--permission",
            *(f"--allow-fs-read={path}" for path in readable),
            f"--allow-fs-write={directory}",
            f"--max-old-space-size={memory_mb}",
            "--no-warnings",
            str(host),
            str(read),
            str(write),
        ]
    return [sys.executable, "-I", "-S", "-X", "utf8", str(HOSTS / "python.py"), str(read), str(write)]


def environment(directory: Path) -> dict[str, str]:
    """The environment of a host: scrubbed, with its own temporary directory as home."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    place = str(directory)
    return {**kept, "HOME": place, "TMPDIR": place, "TMP": place, "TEMP": place, "PATH": "/usr/bin:/bin"}


def limit_memory(pid: int, language: Language, memory_mb: int) -> None:
    """Bound the memory of a started host, where the system can do that from outside (Linux)."""
    prlimit = getattr(resource, "prlimit", None)
    if prlimit is None:
        return
    megabytes = memory_mb + (_NODE_OVERHEAD_MB + memory_mb if language == "javascript" else 0)
    try:
        prlimit(pid, resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
        prlimit(pid, resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        pass  # the process is gone, or the system says no: the time limit still holds
