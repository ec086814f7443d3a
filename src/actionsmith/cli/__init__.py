"""The command line: everything the workbench does, as commands that print data."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import NoReturn

INTERRUPTED = 128
"""Exit codes from here on say that a signal ended the program."""


def main() -> None:
    """The console script `actionsmith`. Exit codes: see `failures.guarded`."""
    from actionsmith.cli import head_start, interruption

    if isinstance(sys.stdout, io.TextIOWrapper):  # what an old locale cannot show is shown as its code
        sys.stdout.reconfigure(errors="backslashreplace")
    code: int | str | None = None
    try:
        interruption.obey()
        head_start.begin(sys.argv[1:])
        from actionsmith.cli.root import root

        code = root.main(standalone_mode=False, prog_name="actionsmith")
        interruption.obey_late()
    except KeyboardInterrupt:  # while the program was still loading
        code = 130
    except SystemExit as asked:
        code = asked.code
    finally:
        interruption.ignore()
        head_start.end()
        if isinstance(code, int) and code >= INTERRUPTED:
            from actionsmith.runtime.hosts import leftovers

            leftovers.remove_own()
    _end(code if isinstance(code, int) else 0)


def _end(code: int) -> NoReturn:
    """End at once: taking the interpreter apart would take longer than many a command."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # nobody reads it any more
            stream.flush()
    os._exit(code)
