"""Executions and JSON data as text for a person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from actionsmith.json_text import json_text

TEXT = st.text('ab"\n\u2028é', max_size=6)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(DATA, st.integers(0, 60))
def test_json_is_the_same_data_and_no_line_is_wide_that_could_be_broken(value: Any, width: int) -> None:
    text = json_text(value, width)
    assert json.loads(text) == value
    for line in text.split("\n"):
        if len(line) > width:
            inside = line.strip().rstrip(",").split(": ")[-1]
            assert inside in ("{", "[") or not inside.startswith(("{", "[")) or inside in ("{}", "[]")


def test_what_fits_is_on_one_line_and_the_rest_is_indented() -> None:
    value = {"roles": ["a", "b"], "user": {"name": "x" * 20, "tags": []}, "one": {}}
    assert json_text({"a": [1, {"b": None}]}, 18) == '{\n  "a": [\n    1,\n    {"b": null}\n  ]\n}'
    assert json_text(value, 30) == (
        '{\n  "roles": ["a", "b"],\n  "user": {\n    "name": "xxxxxxxxxxxxxxxxxxxx",\n    "tags": []\n  },\n'
        '  "one": {}\n}'
    )
    assert "\n" not in json_text(value, 100)


def test_calls_are_named_as_in_the_language_of_the_action(cli: Any, tmp_path: Path) -> None:
    action = tmp_path / "claims.py"
    action.write_text(
        "def on_execute_post_login(event, api):\n    api.id_token.set_custom_claim('https://x', 1)\n"
    )
    ended = cli("run", str(action))
    assert 'api.id_token.set_custom_claim("https://x", 1)  (line 2)' in ended.out
    assert '{"idToken": {"customClaims": {"https://x": 1}}}' in ended.out
    assert cli("run", str(action), "--json").json["commands"][0]["path"] == "idToken.setCustomClaim"


def test_a_refused_call_says_why(cli: Any, tmp_path: Path) -> None:
    action = tmp_path / "refused.py"
    action.write_text(
        "def on_execute_post_login(event, api):\n    try:\n        api.redirect.send_user_to('nope')\n"
        "    except Exception:\n        pass\n"
    )
    ended = cli("run", str(action))
    assert 'api.redirect.send_user_to("nope")  (line 3)  refused: url must be' in ended.out
