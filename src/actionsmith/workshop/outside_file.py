"""A file that another program writes, too: looked at, replaced only as it was seen, named for any system."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection
from pathlib import Path

import msgspec

from actionsmith import atomic

FILE_MODE = 0o644
MOST_BYTES = 150
"""Of a name: file systems take 255, and editors make longer ones of it."""


class Glance(msgspec.Struct, frozen=True):
    """A file as it was at a look: its bytes, and what tells it from one with the same bytes."""

    data: bytes
    inode: int
    time_ns: int


def glance(path: Path) -> Glance | None:
    """The file now; None when there is none. Raises OSError."""
    try:
        with path.open("rb") as file:
            facts = os.fstat(file.fileno())
            return Glance(file.read(), facts.st_ino, facts.st_mtime_ns)
    except FileNotFoundError:
        return None  # between two steps of an editor, or for good


def replace(path: Path, data: bytes, seen: Glance | None) -> bool:
    """Replace the file, unless it is not as it was `seen` any more: tells whether. Raises OSError.

    A link stays one, and a file keeps its mode.
    """
    target = Path(os.path.realpath(path))
    if (found := glance(target)) != seen:
        return False
    mode = FILE_MODE if found is None else stat.S_IMODE(target.stat().st_mode)
    atomic.write_bytes(target, data, mode=mode, durable=False)
    return True


def free_name(name: str, ending: str, taken: Collection[str]) -> str:
    """A name that every file system takes, like this one, and none of the names that are `taken`."""
    stem = re.sub(r"[^\w .()-]", "_", name).encode("utf-8", "ignore")[:MOST_BYTES].decode("utf-8", "ignore")
    stem = stem.strip(" .") or "Action"
    folded = {each.casefold() for each in taken}
    names = (stem if number == 1 else f"{stem} ({number})" for number in range(1, len(folded) + 2))
    return next(found for each in names if (found := f"{each}{ending}").casefold() not in folded)
