from __future__ import annotations

import os

import pytest

from actionsmith import paths
from actionsmith.errors import UserError
from actionsmith.triggers import loader


@pytest.fixture
def fresh() -> None:
    loader._decoded.cache_clear()


def test_an_unknown_trigger_names_a_near_one() -> None:
    with pytest.raises(UserError, match=r"'post-logn'; did you mean 'post-login'\?"):
        loader.trigger("post-logn")
    with pytest.raises(UserError, match="the triggers are post-login, "):
        loader.trigger("zzz")


def test_a_handler_names_its_trigger() -> None:
    assert loader.trigger_of_handler("onContinuePostChallenge") == "password-reset-post-challenge"
    assert loader.trigger_of_handler("onExecuteNothing") is None


def test_limits_and_lists_come_from_the_contract() -> None:
    for name, limit in loader.limits().items():
        assert limit.id == name
        assert loader.limit(name) >= 0 if isinstance(limit.value, int) else loader.limit_pattern(name)
    assert "iss" in loader.word_list("restricted_claims")


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("content", [b"", b"garbage", b"\x81\xa1a\x01"])
def test_a_broken_copy_is_made_again(content: bytes) -> None:
    (copy,) = paths.cache_dir().glob("contract-*")
    copy.write_bytes(content)
    assert "post-login" in loader.trigger_ids()
    assert len(copy.read_bytes()) > len(content)


@pytest.mark.usefixtures("fresh")
def test_a_cache_that_cannot_be_written_costs_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.devnull)
    assert "post-login" in loader.trigger_ids()
