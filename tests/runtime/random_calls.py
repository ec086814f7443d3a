"""Hypothesis strategies: JSON values, and calls of api methods with likely and unlikely arguments."""

from __future__ import annotations

from hypothesis import strategies as st

from actionsmith.triggers.host_api import host_methods

METHODS = [(method["path"], method["python"]) for method in host_methods("post-login")]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        "any",
        "sub",
        "scope",
        "otp",
        "openid profile",
        "https://example.com/role",
        "__proto__",
        "constructor",
        "x" * 300,
    ]
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
values = st.recursive(
    scalars, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(texts, inside, max_size=4)
)
calls = st.tuples(
    st.sampled_from(METHODS)
    | st.sampled_from(
        [pair for pair in METHODS if pair[0].endswith(("Claim", "Metadata", "deny", "enable", "Scope"))]
    ),
    st.lists(values, max_size=3) | st.tuples(texts, values).map(list) | st.tuples(texts).map(list),
)
