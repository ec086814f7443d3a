"""The cache of one trigger: small, short-lived, strings only (limits.yaml: cache.*)."""

from __future__ import annotations

from typing import Any

from actionsmith.errors import UserError
from actionsmith.runtime.semantics.value_types import is_finite
from actionsmith.triggers import loader

_MS_PER_MINUTE = 60_000
_MS_PER_HOUR = 3_600_000

Record = dict[str, Any]
"""`{"value": text, "expires_at": epoch milliseconds}`: what `cache.get` gives."""


class Cache:
    """Entries by key. Raises UserError when the given entries do not have the shape of records."""

    def __init__(self, entries: dict[str, Any] | None = None) -> None:
        self._entries: dict[str, Record] = {}
        for key, record in (entries or {}).items():
            self._entries[key] = _checked(key, record)

    def dump(self) -> dict[str, Record]:
        """All entries as plain JSON, expired ones included: `{"key": {"value", "expires_at"}}`."""
        return dict(self._entries)

    def load(self, entries: dict[str, Record]) -> None:
        """Replace all entries by what `dump` gave."""
        self._entries = dict(entries)

    def get(self, key: str, now_ms: float) -> Record | None:
        """The record of `key`, or None when there is none or it has expired."""
        record = self._entries.get(key)
        return dict(record) if record is not None and record["expires_at"] > now_ms else None

    def set(self, key: str, value: str, ttl: Any, expires_at: Any, now_ms: float) -> dict[str, Any]:
        """Keep `value`; `ttl` (milliseconds) and `expires_at` (epoch milliseconds) may be None.

        Gives a CacheWriteResult of the contract: `{"type": "success", "record"}` or
        `{"type": "error", "code"}`. Of two expiries the earlier counts, cut at `cache.max_lifetime`.
        """
        if not all(given is None or is_finite(given) for given in (ttl, expires_at)):
            return _error("InvalidExpiry")
        expiry = _expiry(ttl, expires_at, now_ms)
        if expiry <= now_ms:
            return _error("ItemAlreadyExpired")
        if _size(key) > loader.limit("cache.key_size"):
            return _error("CacheKeySizeExceeded")
        if _size(value) > loader.limit("cache.value_size"):
            return _error("CacheValueSizeExceeded")
        alive = {k: r for k, r in self._entries.items() if r["expires_at"] > now_ms}
        alive[key] = {"value": value, "expires_at": expiry}
        total = sum(_size(k) + _size(record["value"]) for k, record in alive.items())
        if total > loader.limit("cache.total_size") or len(alive) > loader.limit("cache.entries"):
            return _error("CacheSizeExceeded")
        self._entries = alive
        return {"type": "success", "record": dict(alive[key])}

    def delete(self, key: str, now_ms: float) -> dict[str, Any]:
        """Remove `key`. Gives a CacheDeleteResult of the contract."""
        if self.get(key, now_ms) is None:
            return _error("CacheKeyDoesNotExist")
        del self._entries[key]
        return {"type": "success"}


def _expiry(ttl: float | None, expires_at: float | None, now_ms: float) -> int | float:
    wanted = [now_ms + loader.limit("cache.max_lifetime") * _MS_PER_HOUR]
    if ttl is not None:
        wanted.append(now_ms + ttl)
    if expires_at is not None:
        wanted.append(expires_at)
    if len(wanted) == 1:
        wanted = [now_ms + loader.limit("cache.default_lifetime") * _MS_PER_MINUTE]
    return int(min(wanted))


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _error(code: str) -> dict[str, Any]:
    return {"type": "error", "code": code}


def _checked(key: str, record: Any) -> Record:
    fits = (
        isinstance(record, dict)
        and isinstance(record.get("value"), str)
        and is_finite(record.get("expires_at"))
    )
    if not fits:
        raise UserError(
            f"the cache entry '{key}' must look like "
            '{"value": "text", "expires_at": 1767225600000}, expires_at in milliseconds since 1970'
        )
    return {"value": record["value"], "expires_at": record["expires_at"]}
