"""The bodies of drafts and versions: one file per content, named by its digest, written once.

A deploy adds no body and a save touches one, however long the history is.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import msgspec

from actionsmith.errors import UserError
from actionsmith.tenant.storage import quarantine
from actionsmith.tenant.storage.database import encode, write_file
from actionsmith.tenant.storage.records import Content, digest_of


class Contents:
    """The bodies of one tenant, in `actions/<Action id>/content/`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, action_id: str, digest: str) -> Path:
        """Where a body is."""
        return self._root / "actions" / action_id / "content" / f"{digest}.json"

    def get(self, action_id: str, digest: str) -> Content | None:
        """A body, or None when it is not there. Raises UserError when the file is damaged."""
        path = self.path(action_id, digest)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UserError(f"{path} cannot be read ({error.strerror}); check its permissions") from error
        if digest_of(data) != digest:
            raise quarantine.broken(path, self._root, "it is not what was written")
        return msgspec.json.decode(data, type=Content)

    def put(self, action_id: str, content: Content) -> tuple[str, bool]:
        """Write a body; returns its name and whether it is new."""
        path = self.path(action_id, "new")
        data = encode(content, path)
        digest = digest_of(data)
        path = self.path(action_id, digest)
        with suppress(OSError):
            if path.read_bytes() == data:
                return digest, False
        write_file(path, data)
        return digest, True

    def keep_only(self, action_id: str, digests: set[str]) -> None:
        """Remove the bodies that nothing names any more, and what killed writers left."""
        for path in self.path(action_id, "").parent.iterdir():
            if path.stem not in digests:
                with suppress(OSError):  # what cannot be removed is in nobody's way
                    path.unlink()

    def forget(self, action_id: str, digest: str) -> None:
        """Remove one body."""
        with suppress(OSError):
            self.path(action_id, digest).unlink()

    def drop_action(self, action_id: str) -> None:
        """Remove everything of an Action."""
        shutil.rmtree(self._root / "actions" / action_id, ignore_errors=True)
