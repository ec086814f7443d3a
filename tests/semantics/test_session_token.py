"""Session tokens against an independent JWT library, both ways."""

from __future__ import annotations

from typing import Any

import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith.runtime.semantics import session_token

SECRET = "a secret that is long enough for HS256"
# Names and times that the other library checks by itself are left to it.
CHECKED = ("exp", "nbf", "iat", "iss", "aud", "sub", "jti")
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
CLAIMS = st.dictionaries(st.text(max_size=8).filter(lambda name: name not in CHECKED), JSON, max_size=4)
SECRETS = st.text(min_size=32, max_size=64)


@settings(max_examples=60, deadline=None)
@given(CLAIMS, SECRETS)
def test_what_is_made_here_is_read_there(claims: dict[str, Any], secret: str) -> None:
    token = session_token.encode(claims, secret)
    assert jwt.decode(token, secret, algorithms=["HS256"]) == claims
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}


@settings(max_examples=60, deadline=None)
@given(CLAIMS, SECRETS)
def test_what_is_made_there_is_read_here(claims: dict[str, Any], secret: str) -> None:
    assert session_token.decode(jwt.encode(claims, secret, "HS256"), secret) == claims


@settings(max_examples=60, deadline=None)
@given(CLAIMS, SECRETS, st.integers(0, 10**6), st.characters(codec="ascii"))
def test_a_changed_token_is_refused(claims: dict[str, Any], secret: str, at: int, other: str) -> None:
    token = session_token.encode(claims, secret)
    at %= len(token)
    changed = token[:at] + other + token[at + 1 :]
    if changed == token:
        assert session_token.decode(changed, secret) == claims
    else:
        with pytest.raises(session_token.InvalidToken):
            session_token.decode(changed, secret)


@pytest.mark.parametrize("algorithm", ["HS384", "HS512", "none"])
def test_only_one_algorithm_is_taken(algorithm: str) -> None:
    token = jwt.encode({"ok": 1}, SECRET * 2 if algorithm != "none" else None, algorithm)
    with pytest.raises(
        session_token.InvalidToken, match=f"must be signed with HS256, not with '{algorithm}'"
    ):
        session_token.decode(token, SECRET * 2)


def test_another_secret_is_refused() -> None:
    token = jwt.encode({"ok": 1}, SECRET, "HS256")
    with pytest.raises(session_token.InvalidToken, match="the signature is wrong"):
        session_token.decode(token, f"{SECRET}!")
