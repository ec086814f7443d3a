"""What `api.cache` keeps between the executions of a tenant: per trigger, encrypted, short-lived.

Source: semantics.md, "Cache"; limits.yaml: cache.*. Tokens live in it, so it is encrypted like secrets
are. It is best effort: what cannot be read is as good as gone, and never fails a run.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from actionsmith import atomic
from actionsmith.errors import UserError
from actionsmith.tenant.storage.database import encode
from actionsmith.tenant.storage.store import Store
from actionsmith.triggers import loader

FOLDER = "cache"


class CacheEntry(msgspec.Struct, frozen=True):
    """One entry; `expires_at` is in milliseconds since the epoch."""

    value: str
    expires_at: int | float


class TriggerCaches:
    """The caches of a tenant, one file each: a token of the vault that holds JSON."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def entries(self, trigger: str) -> dict[str, CacheEntry]:
        """What the Actions of a trigger find, without what has expired.

        Raises UserError for an unknown trigger.
        """
        loader.trigger(trigger)
        now_ms = time.time() * 1000
        return {key: entry for key, entry in self._read(trigger).items() if entry.expires_at > now_ms}

    def change(self, trigger: str, changes: Mapping[str, CacheEntry | None]) -> None:
        """Put entries in or, with None, take them out; those that have expired go, too.

        Another process may have changed others meanwhile; its changes stay. Raises UserError when the disk
        refuses or the tenant's key cannot be read.
        """
        if not changes:
            return
        with self._store.lock():
            merged = {**self.entries(trigger), **changes}
            self._write(trigger, {key: entry for key, entry in merged.items() if entry is not None})

    def clear(self, trigger: str) -> int:
        """Forget all entries of a trigger; returns how many there were."""
        with self._store.lock():
            count = len(self.entries(trigger))
            self._write(trigger, {})
        return count

    def _path(self, trigger: str) -> Path:
        return self._store.root / FOLDER / f"{trigger}.token"

    def _read(self, trigger: str) -> dict[str, CacheEntry]:
        try:
            token = self._path(trigger).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return {}
        try:
            text = self._store.vault.decrypt({trigger: token}, f"the cache of {trigger}")[trigger]
            return msgspec.json.decode(text, type=dict[str, CacheEntry])
        except (UserError, msgspec.DecodeError):
            return {}

    def _write(self, trigger: str, entries: dict[str, CacheEntry]) -> None:
        path = self._path(trigger)
        try:
            if not entries:
                path.unlink(missing_ok=True)
                return
            vault = self._store.vault
            if path.exists() and not vault.has_key():  # a new key would hide that the old one is lost
                raise UserError(
                    f"the key {vault.key_path} is missing; put it back, or forget what the cache held with "
                    f"'actionsmith cache clear {trigger}'"
                )
            token = vault.encrypt(encode(entries, path).decode())
            path.parent.mkdir(mode=0o700, exist_ok=True)
            atomic.write_bytes(path, token.encode(), durable=False)
        except OSError as error:
            raise UserError(
                f"the cache of {trigger} cannot be kept in {path} ({error.strerror}); "
                "check the disk and its rights"
            ) from error
