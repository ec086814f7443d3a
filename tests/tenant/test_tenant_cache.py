"""The cache that outlives an execution: what is kept, for how long, and what nobody else can read."""

from __future__ import annotations

import threading
import time

import pytest

from actionsmith import paths
from actionsmith.errors import UserError
from actionsmith.tenant.cache import CacheEntry
from actionsmith.tenant.tenant import Tenant

SOON = time.time() * 1000 + 600_000


def test_entries_are_kept_per_trigger(tenant: Tenant):
    tenant.change_cache("post-login", {"a": CacheEntry("1", SOON), "b": CacheEntry("2", SOON)})
    tenant.change_cache("post-login", {"a": None, "c": CacheEntry("é\n", SOON)})
    found = Tenant.open(tenant.path).cache("post-login")
    assert found == {"b": CacheEntry("2", SOON), "c": CacheEntry("é\n", SOON)}
    assert tenant.cache("credentials-exchange") == {}


def test_what_has_expired_is_not_found(tenant: Tenant):
    tenant.change_cache("post-login", {"old": CacheEntry("1", 1000.0), "new": CacheEntry("2", SOON)})
    assert list(tenant.cache("post-login")) == ["new"]


def test_no_value_stands_in_the_clear_on_disk(tenant: Tenant):
    tenant.change_cache("post-login", {"access_token": CacheEntry("s3cret-token", SOON)})
    held = b"".join(path.read_bytes() for path in tenant.path.rglob("*") if path.is_file())
    assert b"s3cret" not in held
    assert b"access_token" not in held
    assert (tenant.path / "cache" / "post-login.token").stat().st_mode & 0o077 == 0


def test_a_cache_that_cannot_be_read_is_an_empty_one(tenant: Tenant):
    tenant.change_cache("post-login", {"a": CacheEntry("1", SOON)})
    (tenant.path / "cache" / "post-login.token").write_bytes(b"\xff damaged")
    assert tenant.cache("post-login") == {}
    tenant.change_cache("post-login", {"b": CacheEntry("2", SOON)})
    assert list(tenant.cache("post-login")) == ["b"]


def test_a_lost_key_is_not_replaced_behind_ones_back(tenant: Tenant):
    tenant.change_cache("post-login", {"a": CacheEntry("1", SOON)})
    (key,) = (paths.config_dir() / "keys").iterdir()
    aside = key.rename(key.with_suffix(".aside"))
    assert tenant.cache("post-login") == {}
    with pytest.raises(UserError, match="is missing; put it back"):
        tenant.change_cache("post-login", {"b": CacheEntry("2", SOON)})
    aside.rename(key)
    assert list(tenant.cache("post-login")) == ["a"]


def test_clearing_says_how_much_there_was(tenant: Tenant):
    tenant.change_cache("post-login", {"a": CacheEntry("1", SOON), "b": CacheEntry("2", SOON)})
    assert [tenant.clear_cache("post-login") for _ in range(2)] == [2, 0]
    assert tenant.cache("post-login") == {}


def test_two_writers_lose_nothing_of_each_other(tenant: Tenant):
    def write(number: int) -> None:
        Tenant.open(tenant.path).change_cache("post-login", {f"key {number}": CacheEntry("x", SOON)})

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(tenant.cache("post-login")) == 8


def test_what_cannot_be_kept_is_said_in_a_sentence(tenant: Tenant):
    with pytest.raises(UserError, match="UTF-8 cannot express"):
        tenant.change_cache("post-login", {"a": CacheEntry("\ud800", SOON)})
    with pytest.raises(UserError, match="no trigger"):
        tenant.cache("post-logn")
