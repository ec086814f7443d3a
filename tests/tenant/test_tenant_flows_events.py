"""Flows and saved events."""

from __future__ import annotations

import pytest

from actionsmith.errors import UserError
from actionsmith.tenant.moved import MovedError
from actionsmith.tenant.tenant import Tenant
from actionsmith.triggers import loader


def deploy(tenant: Tenant, name: str, trigger: str = "post-login") -> str:
    tenant.create_action(name, trigger, "javascript", name)
    tenant.deploy(name)
    return name


def order(tenant: Tenant, trigger: str = "post-login") -> list[str]:
    return [binding.action for binding in tenant.flow(trigger)]


def test_a_flow_keeps_its_order(tenant: Tenant) -> None:
    names = [deploy(tenant, name) for name in "abc"]
    assert order(tenant) == []
    assert tenant.set_flow("post-login", names) == []
    tenant.set_flow("post-login", ["c", "a"])
    assert order(Tenant.open(tenant.path)) == ["c", "a"]
    assert order(tenant, "post-change-password") == []


def test_what_cannot_be_bound_is_refused_and_the_flow_stays(tenant: Tenant) -> None:
    deploy(tenant, "a")
    deploy(tenant, "after password", "post-change-password")
    tenant.create_action("never deployed", "post-login", "python", "")
    tenant.set_flow("post-login", ["a"])
    for names, sentence in [
        (["a", "after password"], "'after password' is an Action for post-change-password"),
        (["a", "never deployed"], "no deployed version; deploy it"),
        (["a", "a"], "'a' is in the list twice"),
        (["a", "b"], "no Action 'b'"),
    ]:
        with pytest.raises(UserError, match=sentence):
            tenant.set_flow("post-login", names)
    with pytest.raises(UserError, match="no trigger 'post-logn'"):
        tenant.set_flow("post-logn", [])
    assert order(tenant) == ["a"]


@pytest.mark.parametrize("trigger_id", ["custom-email-provider", "password-reset-post-challenge"])
def test_a_flow_takes_as_many_actions_as_the_contract_says(tenant: Tenant, trigger_id: str) -> None:
    most = loader.trigger(trigger_id).binding.max_bound
    names = [deploy(tenant, f"a{number}", trigger_id) for number in range(most + 1)]
    tenant.set_flow(trigger_id, names[:most])
    with pytest.raises(UserError, match=f"{trigger_id} takes at most {most} Action"):
        tenant.set_flow(trigger_id, names)
    assert order(tenant, trigger_id) == names[:most]


def test_binding_a_changed_draft_says_which_version_runs(deployed: Tenant) -> None:
    deployed.save_code("Greet", "second")
    (warning,) = deployed.set_flow("post-login", ["Greet"])
    assert "'Greet' has changes; the flow runs its deployed version" in warning


def test_events_are_kept_as_they_were_written(tenant: Tenant) -> None:
    text = '{"user": {\n\t"name": "J\u00f6rg"  }, }'
    tenant.save_event("post-login", "admin user", text)
    tenant.save_event("post-login", "Bob", "{}")
    tenant.save_event("post-change-password", "admin user", "[]")
    assert tenant.event("post-login", "admin user").text == text
    assert [event.name for event in tenant.events("post-login")] == ["admin user", "Bob"]
    tenant.save_event("post-login", "admin user", "1")
    assert tenant.event("post-login", "admin user").text == "1"
    assert tenant.event("post-change-password", "admin user").text == "[]"


def test_an_event_is_saved_over_what_was_seen_and_over_nothing_else(tenant: Tenant) -> None:
    tenant.save_event("post-login", "new", "1", over="")
    tenant.save_event("post-login", "new", "2", over="1")
    tenant.save_event("post-login", "new", "2", over="1")
    with pytest.raises(
        MovedError, match="the event 'new' of post-login was saved by another program"
    ) as told:
        tenant.save_event("post-login", " new ", "3", over="1")
    assert told.value.theirs == tenant.event("post-login", "new").text == "2"
    tenant.save_event("post-login", "new", "4")
    assert tenant.event("post-login", "new").text == "4"


def test_events_are_deleted_by_name(tenant: Tenant) -> None:
    tenant.save_event("post-login", "admin user", "{}")
    with pytest.raises(UserError, match="did you mean 'admin user'"):
        tenant.delete_event("post-login", "admin usr")
    tenant.delete_event("post-login", "admin user")
    assert tenant.events("post-login") == []
    with pytest.raises(UserError, match="name of an event is empty"):
        tenant.save_event("post-login", " ", "{}")
