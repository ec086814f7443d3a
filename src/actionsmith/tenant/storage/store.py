"""The open storage of one tenant, shared by the parts that keep its rules."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from actionsmith.tenant.storage.contents import Contents
from actionsmith.tenant.storage.database import Database
from actionsmith.tenant.storage.index import Index
from actionsmith.tenant.storage.lock import TenantLock
from actionsmith.tenant.storage.vault import Vault

Revision = tuple[tuple[int, int, int], ...]
"""What tells a file from the one that takes its place: inode, time and size of each."""


class Store:
    """Index, contents, lists of versions, saved events, lock and vault of the tenant in `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.index = Index(root)
        self.contents = Contents(root)
        self.events = Database(root / "events.json", root)
        self.lock = TenantLock(root)  # held by every operation that writes

    def revision(self) -> Revision:
        """Differs from what it was before whenever the index or a saved event was written meanwhile."""
        return tuple(_identity(path) for path in (self.index.path, self.events.path))

    @cached_property
    def vault(self) -> Vault:
        """The tenant's secrets."""
        return Vault(self.index.meta().id)

    def versions(self, action_id: str) -> Database:
        """The list of versions of one Action."""
        return Database(self.root / "actions" / action_id / "versions.json", self.root)


def _identity(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0  # no event was saved yet, or the disk is away for a moment
    return found.st_ino, found.st_mtime_ns, found.st_size
