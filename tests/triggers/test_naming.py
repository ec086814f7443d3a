from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.triggers.naming import class_name, python_member, python_parameter, python_path, snake


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("setCustomClaim", "set_custom_claim"),
        ("onExecutePostLogin", "on_execute_post_login"),
        ("idToken", "id_token"),
        ("samlResponse", "saml_response"),
        ("setMapUnknownClaimsAsIs", "set_map_unknown_claims_as_is"),
        ("getURLFor", "get_url_for"),
        ("access", "access"),
        ("expires_at", "expires_at"),
    ],
)
def test_snake_case(name: str, expected: str) -> None:
    assert snake(name) == expected


@given(st.from_regex(r"[a-z][A-Za-z0-9]*", fullmatch=True))
def test_snake_case_stays_as_it_is(name: str) -> None:
    assert snake(snake(name)) == snake(name)
    assert snake(name).replace("_", "") == name.lower()


def test_a_path_keeps_its_dots() -> None:
    assert python_path("idToken.setCustomClaim") == "id_token.set_custom_claim"


def test_pythons_own_words_get_an_underscore() -> None:
    assert python_parameter("from") == "from_"
    assert python_parameter("errorCode") == "error_code"
    assert python_member("from") == "from_"
    assert python_member("countryCode") == "countryCode"


def test_class_names() -> None:
    assert class_name("event") == "Event"
    assert class_name("event.user.identities[]") == "EventUserIdentitiesItem"
    assert class_name("event.refresh_token.device") == "EventRefreshTokenDevice"
