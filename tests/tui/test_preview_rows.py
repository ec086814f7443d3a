"""What the caller of a flow would get, as rows."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from actionsmith.tui.running.preview_rows import TITLES, preview_rows

TEXT = st.text(max_size=8) | st.sampled_from(["[b]", "a[/b]", "\x1b[31m", "two\nlines", "iss"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
OBJECT = st.dictionaries(TEXT, JSON, max_size=4)


def shown(preview: dict[str, Any], outcome: dict[str, Any] | None = None) -> str:
    """The rows as text, each with its margin."""
    rows = preview_rows(preview, outcome or {}, {})
    return "\n".join(f"{row.margin.plain:<{row.indent}}{row.text.plain}".rstrip() for row in rows)


def test_claims_that_actions_have_set_stand_out_from_those_of_the_platform() -> None:
    tokens = {"id_token": {"iss": "https://x/", "https://x/role": ["a"]}, "access_token": {"role": 1}}
    text = shown(tokens, {"idToken": {"customClaims": {"https://x/role": ["a"]}}})
    assert text == (
        '\nID token\n    iss  "https://x/"\n  + https://x/role  ["a"]\n\nAccess token\n    role  1'
    )


def test_a_profile_shows_what_is_added_changed_and_removed() -> None:
    changes = [
        {"path": "user_metadata.a", "before": None, "after": 1},
        {"path": "user_metadata.b", "before": "x", "after": ["y"]},
        {"path": "app_metadata.c", "before": False, "after": None},
    ]
    text = shown({"user": {"before": {}, "after": {}, "changes": changes}})
    assert '+ user_metadata.a  1\n  ~ user_metadata.b  "x" → ["y"]\n  − app_metadata.c  false' in text


def test_values_stand_below_each_other_but_for_those_behind_long_names() -> None:
    claims = {"sub": "a", "family_name": True, "a_name_that_is_longer": 1}
    _, title, *rows = shown({"id_token": claims}).split("\n")
    assert title == "ID token"
    assert rows[0].index('"a"') == rows[1].index("true")
    assert rows[2] == "    a_name_that_is_longer  1"


def test_what_stops_the_person_comes_before_the_rest() -> None:
    text = shown(
        {
            "user": {"changes": []},
            "redirect": {"url": "https://x/?state=1"},
            "error": {"code": "access_denied", "description": "no [bots]", "status": 403},
        }
    )
    assert text.index("access_denied: no [bots]") < text.index("status  403")
    assert text.index("403") < text.index("https://x/?state=1") < text.index("Nothing in it changes.")


def test_a_saml_response_shows_attributes_removals_and_settings() -> None:
    saml = {"attributes": {"mail": "a@x"}, "removed": ["old"], "settings": {"audience": "urn:a"}}
    text = shown({"saml": saml})
    assert '  + mail  "a@x"\n  − old\n    audience  "urn:a"' in text
    assert "Nothing" in shown({"saml": {"attributes": {}, "removed": [], "settings": {}}})


def test_a_very_long_value_is_cut() -> None:
    assert len(shown({"id_token": {"a": "x" * 100_000}})) < 3_000


@given(OBJECT, OBJECT, OBJECT)
def test_whatever_actions_have_put_in_is_shown_as_printable_rows(
    claims: dict[str, Any], error: dict[str, Any], other: dict[str, Any]
) -> None:
    preview = {"id_token": claims, "error": error, "something new": other}
    rows = preview_rows(preview, {"idToken": {"customClaims": claims}}, {})
    assert all(character >= " " for row in rows for character in row.text.plain.replace("\n", ""))
    titles = [row.text.plain for row in rows]
    assert (TITLES["id_token"] in titles) >= bool(claims)
    assert ("something new" in titles) >= bool(other)
