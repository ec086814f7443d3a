"""The temporary directories of hosts, also those whose parent was killed before it could remove them.

`tempfile` and `shutil` take longer to import than everything else here; a run would wait for that.
"""

from __future__ import annotations

import os
from pathlib import Path

PREFIX = "actionsmith-run-"


def make_directory() -> Path:
    """A new directory for one host; its name tells whose it is."""
    prefix = f"{PREFIX}{os.getpid()}-"
    directory = _folder() / f"{prefix}{os.urandom(6).hex()}"
    try:
        directory.mkdir(0o700)
    except OSError:
        from tempfile import mkdtemp  # knows more places

        return Path(mkdtemp(prefix=prefix))
    return directory


def remove(directory: Path) -> None:
    """Remove such a directory with everything in it, as far as that can be done."""
    import shutil

    shutil.rmtree(directory, ignore_errors=True)


def sweep() -> None:
    """Remove the directories of parents that no longer run."""
    for entry in _directories(PREFIX):
        parent = entry.name.removeprefix(PREFIX).partition("-")[0]
        if parent.isdigit() and not _runs(int(parent)):
            remove(entry)


def remove_own() -> None:
    """Remove the directories of this process: it ends while a host may just have been started."""
    for entry in _directories(f"{PREFIX}{os.getpid()}-"):
        remove(entry)


def _directories(prefix: str) -> list[Path]:
    try:
        return [entry for entry in _folder().iterdir() if entry.name.startswith(prefix)]
    except OSError:
        return []


def _folder() -> Path:
    return Path(os.environ.get("TMPDIR") or "/tmp").absolute()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True
