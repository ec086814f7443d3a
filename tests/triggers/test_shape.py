from __future__ import annotations

import pytest

from actionsmith.triggers import loader
from actionsmith.triggers.contract_types import format_type, parse_type
from actionsmith.triggers.model import Method
from actionsmith.triggers.shape import api_members, event_members, find_api, lookup, parameter_shapes


def names(trigger_id: str, path: str) -> list[str]:
    return [facts.path.rpartition(".")[2] for facts in event_members(trigger_id, path)]


def test_members_of_the_event() -> None:
    assert {"user", "request", "secrets"} <= set(names("post-login", ""))
    assert names("post-login", "") == names("post-login", "event")


@pytest.mark.parametrize("path", ["user.identities", "user.identities[]", "event.user?.identities[0]"])
def test_an_array_has_the_members_of_its_items(path: str) -> None:
    assert "provider" in names("post-login", path)


@pytest.mark.parametrize(
    "path", ["nobody", "user.email", "user.email.x", "user..", "user.foo(", "secrets", ")"]
)
def test_other_paths_have_no_members(path: str) -> None:
    assert names("post-login", path) == []


def test_what_is_on_no_reference_page_is_accepted_but_not_offered() -> None:
    assert lookup("post-login", "event.configuration") is not None
    assert "configuration" not in names("post-login", "")
    assert find_api("post-login", "api.transaction.addTargetScope") is not None
    assert "addTargetScope" not in method_names("post-login", "transaction")


def test_members_of_the_api() -> None:
    assert {"access", "idToken"} <= set(api_members("post-login", ""))
    assert method_names("post-login", "idToken") == ["setCustomClaim"]
    assert method_names("post-login", "api.id_token") == ["setCustomClaim"]
    assert method_names("post-login", "access.deny") == []
    assert method_names("post-login", "nothing.here") == []


def method_names(trigger_id: str, path: str) -> list[str]:
    return [
        item.path.rpartition(".")[2] for item in api_members(trigger_id, path) if isinstance(item, Method)
    ]


def test_parameters_come_in_the_order_of_the_signature_with_their_members() -> None:
    method = find_api("post-login", "api.multifactor.enable")
    assert isinstance(method, Method)
    shapes = parameter_shapes(method)
    assert list(shapes) == ["provider", "options"]
    assert not shapes["provider"].facts.optional
    assert shapes["options"].facts.optional
    assert list(shapes["options"].members["providerOptions"].members) == ["host", "ikey", "skey", "username"]


def test_every_type_in_the_contract_can_be_read_and_written_back() -> None:
    for trigger_id in loader.trigger_ids():
        trigger = loader.trigger(trigger_id)
        texts = [facts.type for facts in (*trigger.event, *trigger.event_unreferenced)]
        texts += [param.type for method in trigger.api for param in method.params]
        texts += [method.returns for method in trigger.api]
        for text in texts:
            assert format_type(parse_type(text)) == text.replace("any JSON value", "any")


@pytest.mark.parametrize(
    "text", ["", "array<", "array<string", "string |", "map<string any>", "string>", "{a}"]
)
def test_a_type_that_cannot_be_read(text: str) -> None:
    with pytest.raises(ValueError, match="type"):
        parse_type(text)
