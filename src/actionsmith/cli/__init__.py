"""The command line: everything the workbench does, as commands that print data."""

from __future__ import annotations

import sys


def main() -> None:
    """The console script `actionsmith`. Exit codes: see `failures.guarded`."""
    from actionsmith.cli import head_start

    head_start.begin(sys.argv[1:])
    try:
        from actionsmith.cli.root import root

        code = root.main(standalone_mode=False, prog_name="actionsmith")
    finally:
        head_start.end()
    sys.exit(code)
