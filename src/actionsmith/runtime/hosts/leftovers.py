"""The temporary directories of hosts, also those whose parent was killed before it could remove them.

`tempfile` and `shutil` take longer to import than everything else here; a run would wait for that.
"""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import count
from pathlib import Path

PREFIX = "actionsmith-run-"
_OPEN_TO_US = 0o700
_ONLY_A_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


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
    """Remove such a directory with everything in it, as far as that can be done.

    An Action may have taken its rights away, and nested directories deeper than paths can name or calls can
    follow: each directory is moved up to the top before it is emptied.
    """
    with suppress(OSError):
        directory.chmod(_OPEN_TO_US)
        top = os.open(directory, _ONLY_A_DIRECTORY)
        try:
            _empty(top)
        finally:
            os.close(top)
        directory.rmdir()


def sweep() -> None:
    """Remove the directories of this user whose parents no longer run."""
    for entry in _directories(PREFIX):
        parent = entry.name.removeprefix(PREFIX).partition("-")[0]
        if parent.isdecimal() and _is_ours(entry) and not _runs(int(parent)):
            remove(entry)


def remove_own() -> None:
    """Remove the directories of this process: it ends while a host may just have been started."""
    for entry in _directories(f"{PREFIX}{os.getpid()}-"):
        remove(entry)


def _empty(top: int) -> None:
    """Remove everything in an open directory, with no more than two of them open at a time."""
    free_names = map(f"{os.urandom(8).hex()}-{{}}".format, count())
    waiting = _directories_left(top)
    while waiting:
        name = waiting.pop()
        with suppress(OSError):
            inner = os.open(name, _ONLY_A_DIRECTORY, dir_fd=top)
            try:
                for below in _directories_left(inner):
                    with suppress(OSError):
                        moved = next(free_names)
                        os.rename(below, moved, src_dir_fd=inner, dst_dir_fd=top)
                        waiting.append(moved)
            finally:
                os.close(inner)
            os.rmdir(name, dir_fd=top)


def _directories_left(folder: int) -> list[str]:
    """Remove what is no directory; the names of the others, which can be read and moved from now on."""
    with os.scandir(folder) as found:
        entries = list(found)
    names = []
    for entry in entries:
        with suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                names.append(entry.name)
                os.chmod(entry.name, _OPEN_TO_US, dir_fd=folder)
            else:
                os.unlink(entry.name, dir_fd=folder)
    return names


def _directories(prefix: str) -> list[Path]:
    try:
        return [entry for entry in _folder().iterdir() if entry.name.startswith(prefix)]
    except OSError:
        return []


def _folder() -> Path:
    return Path(os.environ.get("TMPDIR") or "/tmp").absolute()


def _is_ours(entry: Path) -> bool:
    """Whether nobody but this user can change what is in there while it is removed."""
    try:
        return entry.lstat().st_uid == os.getuid()
    except OSError:
        return False


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's, or no process id at all
    return True
