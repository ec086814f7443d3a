"""Lifetimes, SAML, notifications, look-ups."""

from __future__ import annotations

from typing import Any

import pytest

from actionsmith.runtime.semantics import UNDEFINED, ApiError

NOW = 1_768_896_000_000


@pytest.mark.parametrize("holder", ["session", "refreshToken"])
@pytest.mark.parametrize(
    ("method", "member"), [("setExpiresAt", "expiresAt"), ("setIdleExpiresAt", "idleExpiresAt")]
)
def test_the_earliest_expiry_counts(begin: Any, holder: str, method: str, member: str) -> None:
    transaction = begin()
    for moment in (NOW + 5000, NOW + 1000, NOW + 9000):
        transaction.call(f"{holder}.{method}", [moment])
    assert transaction.outcome == {holder: {member: NOW + 1000}}
    for wrong in (0, float("inf"), "soon", None):
        with pytest.raises(ApiError, match=r"must be (a number|milliseconds)"):
            transaction.call(f"{holder}.{method}", [wrong])


def test_a_refresh_token_can_only_be_shortened(begin: Any) -> None:
    transaction = begin("post-login", {"refresh_token": {"expires_at": "2026-01-20T09:00:00Z"}})
    transaction.call("refreshToken.setExpiresAt", [NOW + 7_200_000])
    assert transaction.outcome == {"refreshToken": {"expiresAt": NOW + 3_600_000}}
    assert "cut back" in transaction.warnings[0]


def test_a_time_in_seconds_is_noted(begin: Any) -> None:
    transaction = begin()
    transaction.call("session.setExpiresAt", [NOW + 1])
    assert not transaction.warnings
    transaction.call("session.setExpiresAt", [NOW // 1000])
    assert "absolute is in the past (1768896000); it counts milliseconds" in transaction.warnings[0]


def test_cookie_mode(begin: Any) -> None:
    transaction = begin()
    answer = transaction.call("session.setCookieMode", ["non-persistent"])
    assert answer.patches == [("session.cookie.mode", "non-persistent")]
    assert transaction.outcome == {"session": {"cookieMode": "non-persistent"}}
    transaction = begin("post-login", {})
    transaction.call("session.setCookieMode", ["persistent"])
    assert transaction.outcome == {}
    assert "no effect" in transaction.warnings[0]


def test_saml_settings(begin: Any) -> None:
    transaction = begin()
    transaction.call("samlResponse.setAudience", ["urn:me"])
    transaction.call("samlResponse.setRelayState", ["r"])
    transaction.call("samlResponse.setLifetimeInSeconds", [60])
    transaction.call("samlResponse.setKey", ["PEM"])
    transaction.call("samlResponse.setNameIdentifierProbes", [["a", "b"]])
    transaction.commit()
    config = {"audience": "urn:me", "RelayState": "r", "lifetimeInSeconds": 60, "key": "PEM"}
    assert transaction.outcome == {"samlResponse": {"config": {**config, "nameIdentifierProbes": ["a", "b"]}}}
    assert transaction.warnings[0].startswith(
        "api.samlResponse.setKey has been called without api.samlResponse.setCert;"
    )


def test_a_saml_setting_that_does_not_matter(begin: Any) -> None:
    transaction = begin("post-login", {})
    transaction.call("samlResponse.setMapUnknownClaimsAsIs", [True])
    transaction.commit()
    assert not transaction.warnings
    transaction.call("samlResponse.setPassthroughClaimsWithNoMapping", [False])
    transaction.commit()
    assert "setMapUnknownClaimsAsIs matters only while" in transaction.warnings[0]


def test_saml_probes(begin: Any) -> None:
    for probes, message in [
        (["x"] * 11, "at most 10 entries"),
        (["x" * 513], "at most 512 characters each"),
        (["é" * 256, "é" * 257], r"nameIdentifierProbes\[1\] may have at most 512 bytes; it has 514"),
        ([1], r"nameIdentifierProbes\[0\] must be a string"),
    ]:
        with pytest.raises(ApiError, match=message):
            begin().call("samlResponse.setNameIdentifierProbes", [probes])


def test_saml_attributes(begin: Any) -> None:
    transaction = begin()
    transaction.call("samlResponse.setAttribute", ["groups", ["a", 1, True]])
    transaction.call("samlResponse.setAttribute", ["old", UNDEFINED])
    transaction.call("samlResponse.setAttribute", ["older", None])
    assert transaction.outcome == {
        "samlResponse": {"attributes": {"groups": ["a", 1, True], "old": None, "older": None}}
    }
    for value, message in [
        ({"a": 1}, "value must be"),
        ("x" * 2049, "at most 2,048 (bytes|characters)"),
        ("é" * 1025, "at most 2,048 (bytes|characters)"),
        (["x" * 2049], "at most 2,048 (bytes|characters)"),
        ([["x"]], r"value\[0\] must be"),
    ]:
        with pytest.raises(ApiError, match=message):
            transaction.call("samlResponse.setAttribute", ["a", value])


def test_limits_of_saml_attributes(begin: Any) -> None:
    transaction = begin()
    for number in range(100):
        transaction.call("samlResponse.setAttribute", [f"a{number}", 1])
    with pytest.raises(ApiError, match="at most 100 attributes"):
        transaction.call("samlResponse.setAttribute", ["a100", 1])
    transaction = begin()
    with pytest.raises(ApiError, match="10,240 bytes"):
        for number in range(6):
            transaction.call("samlResponse.setAttribute", [f"a{number}", "x" * 2048])


@pytest.mark.parametrize("trigger_id", ["custom-email-provider", "custom-phone-provider"])
def test_notifications_the_last_call_counts(begin: Any, trigger_id: str) -> None:
    transaction = begin(trigger_id)
    transaction.call("notification.drop", ["bad address"])
    assert transaction.outcome == {"notification": {"state": "dropped", "reason": "bad address"}}
    transaction.call("notification.retry", ["x" * 2000])
    assert transaction.outcome == {"notification": {"state": "retry", "reason": "x" * 1024}}


def test_roles_come_from_the_event(begin: Any) -> None:
    transaction = begin("post-login", {"authorization": {"roles": ["Admin", "Editor", "Viewer"]}})
    page = transaction.call("roles.getUserEffectiveRoles", [{"take": 2}]).value
    assert [role["name"] for role in page["roles"]] == ["Admin", "Editor"]
    rest = transaction.call("roles.getUserEffectiveRoles", [{"take": 2, "from": page["next"]}]).value
    assert [role["name"] for role in rest["roles"]] == ["Viewer"]
    assert "next" not in rest
    named = transaction.call("roles.getUserEffectiveRolesByNames", [["Editor", "Nobody"]]).value
    assert [role["name"] for role in named["roles"]] == ["Editor"]
    known = transaction.call("roles.getUserEffectiveRolesByIds", [[named["roles"][0]["id"]]]).value
    assert known == named


@pytest.mark.parametrize(
    ("path", "args", "message"),
    [
        ("roles.getUserEffectiveRoles", [{"take": 0}], "params.take must be a positive integer"),
        ("roles.getUserEffectiveRoles", [{"take": 101}], "params.take must be at most 100"),
        ("roles.getUserEffectiveRoles", [{"from": 5}], "params.from must be a string"),
        ("roles.getUserEffectiveRoles", [{"from": "x"}], "next member of an earlier page"),
        ("roles.getUserEffectiveRolesByIds", [[]], "ids must not be empty"),
        ("roles.getUserEffectiveRolesByNames", [["x"] * 51], "names may have at most 50 entries"),
        ("groups.getUserGroups", [{"take": 1.5}], "positive integer"),
        ("groups.hasGroupMembership", [[]], "groups must not be empty"),
    ],
)
def test_what_look_ups_refuse(begin: Any, path: str, args: list[Any], message: str) -> None:
    with pytest.raises(ApiError, match=message):
        begin().call(path, args)


def test_groups_come_from_the_event(begin: Any) -> None:
    groups = ["staff", {"id": "grp_1", "name": "admins", "group_type": "connection"}]
    transaction = begin("post-login", {"user": {"groups": groups}})
    page = transaction.call("groups.getUserGroups", []).value
    assert [group["name"] for group in page["groups"]] == ["staff", "admins"]
    result = transaction.call("groups.hasGroupMembership", [["grp_1", "nobody"]]).value
    match = {"id": "grp_1", "name": "admins", "group_type": "connection"}
    assert result == {
        "memberships": {"grp_1": {"is_member": True, "matches": [match]}, "nobody": {"is_member": False}}
    }


def test_no_rule_ever_ran(begin: Any) -> None:
    assert begin().call("rules.wasExecuted", ["rul_1"]).value is False
