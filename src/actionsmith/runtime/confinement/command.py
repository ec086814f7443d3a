"""The command line and the environment of a host."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from actionsmith import nodejs
from actionsmith.runtime.confinement.places import HOSTS
from actionsmith.runtime.host_kind import Language, Packages

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
    "REQUESTS_CA_BUNDLE",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
)

_YOUNG_MB = 4
"""Room for new objects in Node.js: with the one megabyte it begins with, a short run is interrupted to look
for garbage."""


def program(language: Language) -> Path:
    """The interpreter itself: neither a script that starts it, nor the link of a virtual environment."""
    if language == "javascript":
        return _started_by(nodejs.node_path())
    return Path(getattr(sys, "_base_executable", None) or sys.executable)


def arguments(
    language: Language, packages: Packages, memory_mb: int, directory: Path, pipe: tuple[int, int]
) -> list[str]:
    """The arguments for a host that speaks on the two descriptors of `pipe` (read, write)."""
    read, write = pipe
    if language == "python":
        return ["-I", "-S", "-u", "-X", "utf8", str(HOSTS / "python"), str(read), str(write)]
    host = HOSTS / "node"
    readable = [host, directory, *packages.folders, *packages.overrides.values()]
    return [
        "--permission",
        *(f"--allow-fs-read={path}" for path in readable),
        f"--allow-fs-write={directory}",
        f"--max-old-space-size={memory_mb}",
        f"--min-semi-space-size={_YOUNG_MB}",
        "--no-warnings",
        str(host / "main.cjs"),
        str(read),
        str(write),
    ]


def environment(directory: Path) -> dict[str, str]:
    """The environment of a host: scrubbed, with its own temporary directory as home."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    place = str(directory)
    return {**kept, "HOME": place, "TMPDIR": place, "TMP": place, "TEMP": place, "PATH": "/usr/bin:/bin"}


@cache
def _started_by(node: Path) -> Path:
    """Version managers put scripts in the place of programs, and a host cannot run those."""
    with node.open("rb") as file:
        if file.read(2) != b"#!":
            return node
    import subprocess

    asked = subprocess.run([node, "-p", "process.execPath"], capture_output=True, text=True, check=False)
    return Path(asked.stdout.strip()) if asked.returncode == 0 else node
