"""Reads modules ahead, in a process that nobody waits for, so that jedi finds them parsed on disk.

The first look into a package such as httpx takes seconds; it happens once for each set of packages.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

import msgspec
from filelock import FileLock, Timeout

from actionsmith import paths
from actionsmith.language.python.jedi_text import JediText, prepare
from actionsmith.language.python.messages import LENGTH, Opened, decode_request, frame
from actionsmith.language.python.modules import Modules
from actionsmith.language.service import Code

_STANDARD = (
    "os",
    "re",
    "datetime",
    "json",
    "hashlib",
    "urllib.request",
    "urllib.parse",
    "asyncio",
    "logging",
)
"""Modules of the standard library that Actions use often."""

_LONGEST_S = 120.0
_LOW_PRIORITY = 10


def warm(code: Code) -> None:
    """Read what the code's Action can import, unless that was done before. Takes long: not for the thread
    that answers."""
    if _mark(code).exists():
        return
    command = (sys.executable, "-I", "-X", "utf8", "-m", __name__)
    silent = subprocess.DEVNULL
    with (
        suppress(OSError),
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=silent, stderr=silent) as reader,
    ):
        assert reader.stdin is not None
        reader.stdin.write(frame(Opened(msgspec.structs.replace(code, text="", secrets=()))))
        reader.stdin.flush()  # and left open: it closes when this process ends, and the reader with it
        with suppress(subprocess.TimeoutExpired):
            reader.wait(_LONGEST_S)
        reader.kill()


def _mark(code: Code) -> Path:
    """The file that says it was done: for these packages, and this Python."""
    what = "\0".join((sys.version, *code.packages, *code.dependencies))
    return paths.cache_dir() / "jedi" / f"warm-{hashlib.sha256(what.encode()).hexdigest()[:16]}"


def main() -> None:
    """Complete below every module once; jedi keeps what it parsed."""
    source = sys.stdin.buffer
    request = decode_request(source.read(LENGTH.unpack(source.read(LENGTH.size))[0]))
    assert isinstance(request, Opened)
    Thread(target=lambda: (source.read(1), os._exit(1)), daemon=True).start()
    os.nice(_LOW_PRIORITY)
    prepare()
    mark = _mark(request.code)
    mark.parent.mkdir(parents=True, exist_ok=True)
    with suppress(Timeout), FileLock(mark.with_suffix(".lock"), timeout=0):  # one is enough
        _read(request.code)
        mark.touch()
    os._exit(0)


def _read(code: Code) -> None:
    for module in sorted(Modules(code).of_dependencies) or _STANDARD:
        text = f"import {module}\n{module}."
        with suppress(Exception):  # jedi may stumble over any package; the next one is another
            for name in JediText(msgspec.structs.replace(code, text=text)).script.complete(2):
                _ = name.type


if __name__ == "__main__":
    main()
