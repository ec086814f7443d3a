"""Starting a host so that it is held before its first instruction."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from actionsmith.runtime.confinement import bytecode, command, kernel, seccomp
from actionsmith.runtime.confinement.limits import KEPT_FROM_OUTSIDE, limit_memory
from actionsmith.runtime.confinement.places import Access, Place, places
from actionsmith.runtime.host_kind import Language, Packages

NOT_ENFORCED = "not enforced"

_one_at_a_time = threading.Lock()


class Started(NamedTuple):
    """A started host, and what holds it by which means (`Stats.confinement`)."""

    process: subprocess.Popen[bytes]
    confinement: dict[str, str]


def start(
    language: Language,
    packages: Packages,
    memory_mb: int,
    directory: Path,
    pipe: tuple[int, int],
    *,
    offline: bool,
) -> Started:
    """Start a host in its empty `directory`; `pipe` are the two descriptors it speaks on (read, write).

    What the kernel offers is laid on a thread of its own, which then starts the host: a process is born
    with the bonds of the thread that started it, and this program stays free. Raises OSError, UserError.
    """
    program = command.program(language)
    allowed = list(places(language, program, packages, directory))
    if language == "python":
        bytecode.prepare(program)

    def begin() -> Started:
        _held(kernel.drop_capabilities)
        files = _held(lambda: kernel.hold_files(allowed))
        outer = seccomp.outer(language, offline=offline, landlock_abi=kernel.landlock_abi() if files else 0)
        calls = outer is not None and _held(lambda: kernel.filter_calls(outer))
        arguments = command.arguments(language, packages, memory_mb, directory, pipe)
        if language == "python":
            arguments.append(_seal(allowed, files=files, calls=calls))
        process = _open([str(program), *arguments], directory, pipe, files_held=files)
        return Started(process, _facts(language, files=files, calls=calls, offline=offline))

    started = _in_thread(begin)
    limit_memory(started.process.pid, language, memory_mb)  # that thread may not
    return started


def _open(
    line: list[str], directory: Path, descriptors: tuple[int, ...], *, files_held: bool
) -> subprocess.Popen[bytes]:
    """Start the process with these descriptors and no others.

    Python looks in /proc for what it has to close, which is out of reach already, and would then try every
    number there could be.
    """
    with _one_at_a_time:  # or one host would get the descriptors of another
        by_flag = files_held and kernel.close_on_exec()
        if by_flag:
            for descriptor in descriptors:
                os.set_inheritable(descriptor, True)
        try:
            return subprocess.Popen(
                line,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                close_fds=not by_flag,
                pass_fds=() if by_flag else descriptors,
                cwd=directory,
                env=command.environment(directory),
                start_new_session=True,
            )
        finally:
            for descriptor in descriptors:
                os.set_inheritable(descriptor, False)


def _held(lay: Callable[[], bool]) -> bool:
    """Whether the kernel took it; inside of some containers it refuses, and the run is told so."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return lay()
    return False


def _seal(allowed: list[Place], *, files: bool, calls: bool) -> str:
    """What a Python host does itself, as JSON: its own filter, and the files the kernel does not hold."""
    import json

    inner = seccomp.inner() if calls else None
    return json.dumps(
        {
            "filter": inner.hex() if inner is not None else None,
            "own_pid": seccomp.OWN_PID,
            "own_group": seccomp.OWN_GROUP,
            "readable": None if files else [str(place.path) for place in allowed],
            "writable": [str(place.path) for place in allowed if place.access in {Access.OWN, Access.WRITE}],
        }
    )


def _facts(language: Language, *, files: bool, calls: bool, offline: bool) -> dict[str, str]:
    """What is held, and by which means."""
    by_kernel = [name for name, works in (("landlock", files), ("seccomp", calls)) if works]
    own = "node permissions" if language == "javascript" else "audit hook"
    scoped = files and kernel.landlock_abi() >= kernel.SCOPES_SINCE
    others = [name for name, works in (("landlock", scoped), ("seccomp", calls)) if works]
    heap = "heap limit" if language == "javascript" else NOT_ENFORCED
    both = f"landlock, {own}" if language == "javascript" else "landlock"  # the hook stands in for it
    facts = {
        "files": both if files else own,
        "programs": ", ".join([*by_kernel, own]),
        "other processes": ", ".join(others) or NOT_ENFORCED,
        "memory": "kernel limit" if KEPT_FROM_OUTSIDE else heap,
    }
    if offline:
        facts["network"] = "seccomp" if calls else NOT_ENFORCED
    return facts


def _in_thread(work: Callable[[], Started]) -> Started:
    started: list[Started] = []
    problems: list[BaseException] = []

    def run() -> None:
        try:
            started.append(work())
        except BaseException as error:
            problems.append(error)

    thread = threading.Thread(target=run, name="host start")
    try:
        thread.start()
    except RuntimeError as error:  # there can be no more of them
        raise OSError(errno.EAGAIN, str(error)) from error
    thread.join()
    if problems:
        raise problems[0]
    return started[0]
