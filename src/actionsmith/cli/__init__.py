"""The command line: everything the workbench does, as commands that print data."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from typing import NoReturn


def main() -> None:
    """The console script `actionsmith`. Exit codes: see `failures.guarded`."""
    from actionsmith.cli import head_start

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup has it ignored
            signal.signal(number, _leave)
    if isinstance(sys.stdout, io.TextIOWrapper):  # what an old locale cannot show is shown as its code
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        head_start.begin(sys.argv[1:])
        from actionsmith.cli.root import root

        code = root.main(standalone_mode=False, prog_name="actionsmith")
    except KeyboardInterrupt:  # while the program was still loading
        code = 130
    finally:
        head_start.end()
    _end(code)


def _end(code: int) -> NoReturn:
    """End at once: taking the interpreter apart would take longer than many a command."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # nobody reads it any more
            stream.flush()
    os._exit(code)


def _leave(number: int, _frame: object) -> None:
    """Asked to end, or the terminal is gone: leave in order, so that a running Action ends, too."""
    sys.exit(128 + number)
