"""The cache of a trigger."""

from __future__ import annotations

from typing import Any

import pytest

from actionsmith.errors import UserError
from actionsmith.runtime.semantics import UNDEFINED, Cache

NOW = 1_768_896_000_000.0
MINUTE, HOUR = 60_000, 3_600_000


def test_set_get_delete(begin: Any) -> None:
    transaction = begin()
    record = {"value": "v", "expires_at": NOW + 15 * MINUTE}
    assert transaction.call("cache.set", ["k", "v"]).value == {"type": "success", "record": record}
    assert transaction.call("cache.get", ["k"]).value == record
    assert transaction.outcome == {"cache": {"k": record}}
    assert transaction.call("cache.delete", ["k"]).value == {"type": "success"}
    assert transaction.call("cache.get", ["k"]).gives == "undefined"
    assert transaction.outcome == {}
    assert transaction.call("cache.delete", ["k"]).value == {"type": "error", "code": "CacheKeyDoesNotExist"}


def test_removing_an_older_entry_shows(begin: Any) -> None:
    transaction = begin(cache=Cache({"old": {"value": "v", "expires_at": NOW + 1}}))
    transaction.call("cache.delete", ["old"])
    assert transaction.outcome == {"cache": {"old": None}}


@pytest.mark.parametrize(
    ("options", "expiry"),
    [
        ({"ttl": 1000}, NOW + 1000),
        ({"expires_at": NOW + 5}, NOW + 5),
        ({"ttl": 1000, "expires_at": NOW + 5}, NOW + 5),
        ({"ttl": 5, "expires_at": NOW + 1000}, NOW + 5),
        ({"ttl": 48 * HOUR}, NOW + 24 * HOUR),
        ({"ttl": 10**400}, "InvalidExpiry"),
        ({"ttl": "soon"}, "InvalidExpiry"),
        ({"ttl": float("nan")}, "InvalidExpiry"),
        ({"expires_at": True}, "InvalidExpiry"),
        ({"ttl": 0}, "ItemAlreadyExpired"),
        ({"expires_at": NOW}, "ItemAlreadyExpired"),
        ({"ttl": 0.5}, "ItemAlreadyExpired"),
    ],
)
def test_expiry(begin: Any, options: dict[str, Any], expiry: Any) -> None:
    result = begin().call("cache.set", ["k", "v", options]).value
    if isinstance(expiry, str):
        assert result == {"type": "error", "code": expiry}
    else:
        assert result["record"]["expires_at"] == expiry


def test_an_entry_expires(begin: Any) -> None:
    moment = [NOW]
    transaction = begin(now_ms=lambda: moment[0])
    transaction.call("cache.set", ["k", "v", {"ttl": 10}])
    moment[0] += 9
    assert transaction.call("cache.get", ["k"]).gives == "value"
    moment[0] += 1
    assert transaction.call("cache.get", ["k"]).gives == "undefined"


def test_sizes_are_bytes_and_come_back_as_codes(begin: Any) -> None:
    transaction = begin()

    def code(key: str, value: str) -> str | None:
        result = transaction.call("cache.set", [key, value]).value
        return result.get("code")

    assert code("é" * 32, "v") is None
    assert code("é" * 33, "v") == "CacheKeySizeExceeded"
    assert code("k", "é" * 2049) == "CacheValueSizeExceeded"
    assert code("a", "x" * 4096) is None
    assert code("b", "x" * 4096) == "CacheSizeExceeded"


def test_twenty_entries(begin: Any) -> None:
    transaction = begin()
    for number in range(20):
        assert transaction.call("cache.set", [f"k{number}", "v"]).value["type"] == "success"
    assert transaction.call("cache.set", ["k20", "v"]).value["code"] == "CacheSizeExceeded"
    assert transaction.call("cache.set", ["k3", "w"]).value["type"] == "success"


@pytest.mark.parametrize(
    ("args", "wrong"), [([5, "v"], "key"), (["k", {"a": 1}], "value"), (["k", UNDEFINED], "value")]
)
def test_what_is_no_string_fails_in_the_result_with_a_warning(
    begin: Any, args: list[Any], wrong: str
) -> None:
    transaction = begin()
    assert transaction.call("cache.set", args).value == {"type": "error", "code": "FailedToSetCacheRecord"}
    assert transaction.warnings[0].startswith(f"api.cache.set: {wrong} must be a string")
    assert transaction.call("cache.get", [5]).gives == "undefined"
    assert transaction.call("cache.delete", [5]).value["type"] == "error"
    assert transaction.outcome == {}


@pytest.mark.parametrize(
    ("args", "warning"),
    [
        ([], "key is missing; it must be a string"),
        (["k"], "value is missing; it must be a string"),
        (["k", "v", 5], "options must be an object, not a number"),
        (["k", "v", "x"], "options must be an object, not a string"),
        (["k", "v", {"tl": 1}], "options has a member 'tl' that means nothing; did you mean 'ttl'?"),
    ],
)
def test_wrong_arguments_do_not_throw(begin: Any, args: list[Any], warning: str) -> None:
    transaction = begin()
    result = transaction.call("cache.set", args).value
    kept = len(args) > 2 and isinstance(args[2], dict)
    assert result.get("code") == (None if kept else "FailedToSetCacheRecord")
    assert transaction.warnings == [f"api.cache.set: {warning}"]


@pytest.mark.parametrize("options", [None, UNDEFINED, {}])
def test_options_that_say_nothing(begin: Any, options: Any) -> None:
    transaction = begin()
    assert transaction.call("cache.set", ["k", "v", options]).value["type"] == "success"
    assert not transaction.warnings


def test_no_key_is_no_error(begin: Any) -> None:
    transaction = begin()
    assert transaction.call("cache.get", []).gives == "undefined"
    assert transaction.call("cache.delete", []).value == {"type": "error", "code": "CacheKeyDoesNotExist"}
    assert transaction.warnings[0] == "api.cache.get: key is missing; it must be a string"


def test_a_failed_action_leaves_no_entries(begin: Any) -> None:
    cache = Cache({"old": {"value": "v", "expires_at": NOW + 1}})
    transaction = begin(cache=cache)
    transaction.call("cache.set", ["new", "v"])
    transaction.call("cache.delete", ["old"])
    transaction.discard()
    assert cache.dump() == {"old": {"value": "v", "expires_at": NOW + 1}}


@pytest.mark.parametrize(
    "record", ["v", {}, {"value": 1, "expires_at": 1}, {"value": "v", "expires_at": "x"}]
)
def test_entries_of_the_wrong_shape(record: Any) -> None:
    with pytest.raises(UserError, match="the cache entry 'k' must look like"):
        Cache({"k": record})
