"""api.cache: reports failure in its results and does not throw (semantics.md, "Cache")."""

from __future__ import annotations

from actionsmith.runtime.semantics.answers import UNDEFINED, Answer
from actionsmith.runtime.semantics.calls import Call, means, value
from actionsmith.runtime.semantics.value_types import kind


@means("cache.get", unchecked=("key",))
def get(call: Call) -> Answer:
    """The record with `value` and `expires_at`, or undefined."""
    if not _strings(call, "key"):
        return Answer()
    record = call.ledger.cache.get(call.args["key"], call.ledger.now_ms())
    return value(record) if record is not None else Answer()


@means("cache.set", unchecked=("key", "value", "options", "options.ttl", "options.expires_at"))
def set_(call: Call) -> Answer:
    """Keep a string; a success or an error code comes back."""
    if not _strings(call, "key", "value") or not _is_object(call, "options"):
        return value({"type": "error", "code": "FailedToSetCacheRecord"})
    key, ledger = call.args["key"], call.ledger
    result = ledger.cache.set(
        key, call.args["value"], call.get("options.ttl"), call.get("options.expires_at"), ledger.now_ms()
    )
    if result["type"] == "success":
        entries = ledger.at("cache") or {}
        ledger.put("cache", {**entries, key: result["record"]})
    return value(result)


@means("cache.delete", unchecked=("key",))
def delete(call: Call) -> Answer:
    """Remove an entry; one that was made in this flow leaves no trace, an older one shows as null."""
    if not _strings(call, "key"):
        return value({"type": "error", "code": "CacheKeyDoesNotExist"})
    key, ledger = call.args["key"], call.ledger
    result = ledger.cache.delete(key, ledger.now_ms())
    if result["type"] == "success":
        entries = {name: record for name, record in (ledger.at("cache") or {}).items() if name != key}
        if key in ledger.cache_at_first:
            entries[key] = None
        ledger.put("cache", entries) if entries else ledger.drop("cache")
    return value(result)


def _strings(call: Call, *names: str) -> bool:
    """Whether these arguments are strings; the one that is not is named in a warning."""
    wrong = next((name for name in names if not isinstance(call.args.get(name), str)), None)
    if wrong is None:
        return True
    if wrong in call.args:
        call.warn(f"{wrong} must be a string; make one of it first, as JSON for example")
    else:
        call.warn(f"{wrong} is missing; it must be a string")
    return False


def _is_object(call: Call, name: str) -> bool:
    """Whether an optional argument is an object or was not given; a warning when it is something else."""
    given = call.args.get(name, UNDEFINED)
    if given is UNDEFINED or isinstance(given, dict):
        return True
    call.warn(f"{name} must be an object, not {kind(given)}")
    return False
