"""Temporary directories of hosts whose parent was killed before it could remove them."""

from __future__ import annotations

import os
import shutil
import tempfile

PREFIX = "actionsmith-run-"


def make_directory() -> str:
    """A new directory for one host; its name tells whose it is."""
    return tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")


def sweep() -> None:
    """Remove the directories of parents that no longer run."""
    folder = tempfile.gettempdir()
    try:
        with os.scandir(folder) as entries:
            ours = [entry for entry in entries if entry.name.startswith(PREFIX)]
    except OSError:
        return
    for entry in ours:
        parent = entry.name.removeprefix(PREFIX).partition("-")[0]
        if parent.isdigit() and not _runs(int(parent)):
            shutil.rmtree(entry.path, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True
