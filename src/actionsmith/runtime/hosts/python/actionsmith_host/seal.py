"""The last doors that a host closes behind itself, before anything of an Action is there.

The kernel holds the process from outside already (the parent's `confinement`). From inside comes what would
have kept it from starting: no new processes, no other programs. An audit hook says so in words, and stands
in where the kernel offers nothing.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Callable
from typing import Any

PR_SET_SECCOMP, FILTER_MODE = 22, 2

STARTS_PROGRAMS = frozenset(
    (
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.system",
        "pty.spawn",
        "subprocess.Popen",
    )
)
SIGNALS = frozenset(("os.kill", "os.killpg"))
READS = frozenset(("os.listdir", "os.scandir"))
MOVES = frozenset(("os.link", "os.rename"))
WRITES = MOVES | frozenset(
    ("os.chmod", "os.chown", "os.mkdir", "os.remove", "os.rmdir", "os.symlink", "os.truncate", "os.utime")
)
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def seal(settings: str) -> None:
    """Close them. `settings` is JSON: the filter, and the files where the kernel does not hold them."""
    rules = json.loads(settings)
    if rules["filter"] is not None:
        _filter_calls(rules)
    readable = rules["readable"]
    files = None if readable is None else _file_check(readable, rules["writable"])
    own = {os.getpid(), -os.getpid(), 0}

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in STARTS_PROGRAMS:
            raise PermissionError("an Action may not start programs or processes")
        if event in SIGNALS and arguments[0] not in own:
            raise PermissionError("an Action may not send signals to other processes")
        if files is not None:
            files(event, arguments)

    sys.addaudithook(hook)


def _filter_calls(rules: dict[str, Any]) -> None:
    """Lay the filter on this process. Ends it when that fails: half a confinement is none."""
    import ctypes

    program = bytes.fromhex(rules["filter"])
    pid = os.getpid()
    for placeholder, value in ((rules["own_pid"], pid), (rules["own_group"], -pid & 0xFFFF_FFFF)):
        program = program.replace(struct.pack("<I", placeholder), struct.pack("<I", value))
    steps = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("HP", len(program) // 8, ctypes.addressof(steps))
    if ctypes.CDLL(None).prctl(PR_SET_SECCOMP, FILTER_MODE, described, 0, 0) != 0:
        raise SystemExit("the host could not be confined")


def _file_check(readable: list[str], writable: list[str]) -> Callable[[str, tuple[Any, ...]], None]:
    """A check of audit events that refuses files elsewhere: good against mistakes, not against intent."""
    may_read, may_write = map(_prefixes, (readable, writable))
    realpath, fspath, fsdecode = os.path.realpath, os.fspath, os.fsdecode
    checking = False  # finding the real path raises events, too

    def refuse_unless(path: Any, allowed: tuple[str, ...], what: str) -> None:
        if path is None or isinstance(path, int):
            return
        place = realpath(fsdecode(fspath(path)))
        if not (place + os.sep).startswith(allowed):
            raise PermissionError(f"an Action may not {what} {place}")

    def check(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal checking
        if checking:
            return
        checking = True
        try:
            if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITE_FLAGS:
                refuse_unless(arguments[0], may_write, "write")
            elif event == "open" or event in READS:
                refuse_unless(arguments[0], may_read, "read")
            elif event in WRITES:
                changed = 1 if event == "os.symlink" else 0
                refuse_unless(arguments[changed], may_write, "change")
                if event in MOVES:
                    refuse_unless(arguments[1], may_write, "change")
        finally:
            checking = False

    return check


def _prefixes(places: list[str]) -> tuple[str, ...]:
    return tuple(os.path.realpath(place) + os.sep for place in places)
