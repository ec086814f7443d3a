"""Runs npm and uv: in a scrubbed environment, their lines reported as they come, killed when in doubt."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Timer
from typing import NamedTuple

from actionsmith.errors import UserError
from actionsmith.threads import current_stop

STOPPED = "the installation was cancelled"

PATIENCE_S = 600
"""How long one installation may take before it is given up."""

# What a package tool needs to find its registry, its proxy and its cache, and nothing else of
# what the person's shell holds.
_KEPT = re.compile(
    r"PATH|HOME|USER|LOGNAME|TMPDIR|TEMP|TMP|LANG|LC_\w+|XDG_\w+|NETRC"
    r"|\w+_PROXY|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|NODE_EXTRA_CA_CERTS|NPM_\w+|UV_\w+",
    re.IGNORECASE,
)
_SECRET_OF_NPMRC = re.compile(r"\$\{(\w+)\??\}")

NO_NETWORK = re.compile(
    r"ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT"
    r"|dns error|error sending request|tcp connect error|Connection refused|Failed to fetch|\(Connect\)"
)
"""What the tools say when the registry cannot be reached."""


_running: set[subprocess.Popen[str]] = set()


class UnreachableError(UserError):
    """The registry cannot be reached: what was resolved before may still serve."""


class Finished(NamedTuple):
    """How a tool ended: its exit code, its standard output, and all its other lines."""

    code: int
    output: str
    messages: str


def run_tool(
    command: list[str | Path],
    folder: Path,
    on_line: Callable[[str], None],
    extra: dict[str, str] | None = None,
) -> Finished:
    """Run to the end in `folder`; `on_line` gets each line of standard error as it comes.

    Whatever `on_line` raises ends the tool, too. Raises UserError when the tool cannot be
    started, does not end within PATIENCE_S seconds, or is ended by the thread's `Stop`.
    """
    messages: list[str] = []
    late = False
    stop = current_stop()
    if stop.is_wanted:
        raise UserError(STOPPED)

    def give_up() -> None:
        nonlocal late
        late = True
        _kill(process)  # ends the reading below

    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment() | (extra or {}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
        except OSError as problem:
            raise UserError(f"{command[0]} cannot be started: {problem.strerror}") from problem
        _running.add(process)
        timer = Timer(PATIENCE_S, give_up)
        timer.start()
        try:
            stop.ends(partial(_kill, process))
            for line in process.stderr or ():
                messages.append(line)
                on_line(line.rstrip())
            code = process.wait()
        finally:
            stop.ends(None)
            timer.cancel()
            _kill(process)
            process.wait()
            _running.discard(process)
            if process.stderr:
                process.stderr.close()
        if stop.is_wanted:
            raise UserError(STOPPED)
        if late:
            raise UserError(f"the installation was given up after {PATIENCE_S} seconds; try again later")
        output.seek(0)
        return Finished(code, output.read(), "".join(messages))


def not_of_registry(asked: str, place: str) -> UserError:
    """What to say when a package depends on one that lies at a `place` of somebody's choice."""
    return UserError(
        f"{asked} needs a package from {place} instead of the registry, which is not installed for Actions "
        "because it could run code; choose another version or another package"
    )


def end_tools() -> None:
    """End every tool that still runs in some thread: for a program that ends in the midst of it."""
    for process in list(_running):
        _kill(process)


def environment() -> dict[str, str]:
    """What npm and uv get of the environment, plus the variables that the person's .npmrc refers to."""
    wanted = set()
    try:
        npmrc = (Path.home() / ".npmrc").read_text(encoding="utf-8", errors="replace")
        wanted.update(_SECRET_OF_NPMRC.findall(npmrc))
    except OSError:
        pass  # most people have none
    kept = {name: value for name, value in os.environ.items() if name in wanted or _KEPT.fullmatch(name)}
    return kept | {"NO_COLOR": "1"}


def _kill(process: subprocess.Popen[str]) -> None:
    """End the tool and whatever it started, unless it has ended by itself."""
    if process.poll() is None:
        with suppress(ProcessLookupError):  # it has ended in this moment
            os.killpg(process.pid, signal.SIGKILL)
