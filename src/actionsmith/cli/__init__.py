"""The command line: everything the workbench does, as commands that print data."""

from __future__ import annotations

import sys


def main() -> None:
    """The console script `actionsmith`. Exit codes: see `failures.guarded`."""
    from actionsmith.cli.root import root

    sys.exit(root.main(standalone_mode=False, prog_name="actionsmith"))
