"""api.cache."""

from __future__ import annotations

from typing import Any

from method_table.build import accepted
from method_table.calls import NOW_MS, Accepted, Calls


def cache_rows(trigger: str) -> list[Accepted]:
    """The cache is the same everywhere, and tells instead of throwing."""

    def record(value: str, lifetime: int) -> dict[str, Any]:
        return {"value": value, "expires_at": NOW_MS + lifetime}

    def kept(key: str, value: str, lifetime: int, *options: Any) -> Accepted:
        entry = record(value, lifetime)
        result = {"type": "success", "record": entry}
        return accepted(
            trigger,
            "cache.set",
            key,
            value,
            *options,
            gives="value",
            value=result,
            outcome={"cache": {key: entry}},
        )

    def not_kept(code: str, *args: Any, **more: Any) -> Accepted:
        return accepted(
            trigger, "cache.set", *args, gives="value", value={"type": "error", "code": code}, **more
        )

    before: Calls = (("cache.set", ["k", "v"]),)
    with_k = {"cache": {"k": record("v", 900_000)}}
    full: Calls = tuple(("cache.set", [f"k{number}", "v"]) for number in range(20))
    entries = {f"k{number}": record("v", 900_000) for number in range(20)}
    no_key = {"type": "error", "code": "CacheKeyDoesNotExist"}
    return [
        accepted(
            trigger,
            "cache.get",
            "k",
            gives="value",
            value=record("v", 900_000),
            outcome=with_k,
            before=before,
        ),
        accepted(trigger, "cache.get", "unknown"),
        accepted(trigger, "cache.get", 5, warning="key must be a string"),
        accepted(trigger, "cache.get", warning="key is missing; it must be a string"),
        kept("k", "v", 1000, {"ttl": 1000}),
        kept("k", "v", 900_000),
        kept("k", "v", 2000, {"ttl": 5000, "expires_at": NOW_MS + 2000}),
        kept("k", "v", 86_400_000, {"ttl": 90_000_000}),
        kept("é" * 32, "é" * 2048, 900_000),
        not_kept("CacheKeySizeExceeded", "é" * 33, "v"),
        not_kept("CacheValueSizeExceeded", "k", "é" * 2049),
        not_kept("InvalidExpiry", "k", "v", {"ttl": "soon"}),
        not_kept("InvalidExpiry", "k", "v", {"expires_at": "soon"}),
        not_kept("ItemAlreadyExpired", "k", "v", {"ttl": 0}),
        not_kept("ItemAlreadyExpired", "k", "v", {"expires_at": NOW_MS - 1}),
        not_kept("CacheSizeExceeded", "k", "v", before=full, outcome={"cache": entries}),
        not_kept("FailedToSetCacheRecord", "k", {"a": 1}, warning="value must be a string; make one of it"),
        not_kept("FailedToSetCacheRecord", 5, "v", warning="key must be a string"),
        not_kept("FailedToSetCacheRecord", warning="key is missing; it must be a string"),
        not_kept("FailedToSetCacheRecord", "k", warning="value is missing; it must be a string"),
        not_kept("FailedToSetCacheRecord", "k", "v", 5, warning="options must be an object, not a number"),
        not_kept("FailedToSetCacheRecord", "k", "v", "x", warning="options must be an object, not a string"),
        not_kept("FailedToSetCacheRecord", "k", "v", [1], warning="options must be an object, not an array"),
        accepted(trigger, "cache.delete", "k", gives="value", value={"type": "success"}, before=before),
        accepted(trigger, "cache.delete", "k", gives="value", value=no_key),
        accepted(trigger, "cache.delete", gives="value", value=no_key, warning="key is missing; it must be"),
    ]
