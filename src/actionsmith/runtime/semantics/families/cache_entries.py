"""api.cache: reports failure in its results, except for arguments that are no strings."""

from __future__ import annotations

from actionsmith.runtime.semantics.answers import Answer
from actionsmith.runtime.semantics.calls import Call, means, value


@means("cache.get")
def get(call: Call) -> Answer:
    """The record with `value` and `expires_at`, or undefined."""
    record = call.ledger.cache.get(call.args["key"], call.ledger.now_ms())
    return value(record) if record is not None else Answer()


@means("cache.set", unchecked=("options.ttl", "options.expires_at"))
def set_(call: Call) -> Answer:
    """Keep a string; a success or an error code comes back."""
    key, ledger = call.args["key"], call.ledger
    result = ledger.cache.set(
        key, call.args["value"], call.get("options.ttl"), call.get("options.expires_at"), ledger.now_ms()
    )
    if result["type"] == "success":
        entries = ledger.at("cache") or {}
        ledger.put("cache", {**entries, key: result["record"]})
    return value(result)


@means("cache.delete")
def delete(call: Call) -> Answer:
    """Remove an entry; one that was made in this flow leaves no trace, an older one shows as null."""
    key, ledger = call.args["key"], call.ledger
    result = ledger.cache.delete(key, ledger.now_ms())
    if result["type"] == "success":
        entries = {name: record for name, record in (ledger.at("cache") or {}).items() if name != key}
        if key in ledger.cache_at_first:
            entries[key] = None
        ledger.put("cache", entries) if entries else ledger.drop("cache")
    return value(result)
