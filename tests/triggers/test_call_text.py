"""Calls of `api` as they are shown: in the language of the Action, so that they can be copied into it."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.triggers import loader
from actionsmith.triggers.call_text import written_call
from actionsmith.triggers.host_api import host_methods

TEXT = st.text(max_size=6)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def call(path: str, *args: Any, language: str = "python", trigger: str = "post-login") -> str:
    name, arguments = written_call(trigger, path, args, language)
    return f"{name}({arguments})"


def given_by(text: str) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    """What Python makes of a call: its name, and the arguments by position and by keyword."""
    name, _, rest = text.partition("(")
    args, named = eval(f"(lambda *args, **named: (args, named))({rest}", {"float": float})
    return name, args, named


@pytest.mark.parametrize(
    ("path", "args", "python", "javascript"),
    [
        ("access.deny", ["no", True, None], 'access.deny("no", True, None)', 'access.deny("no", true, null)'),
        (
            "redirect.sendUserTo",
            ["https://a.example/", {"query": {"isNew": False}}],
            'redirect.send_user_to("https://a.example/", query={"isNew": False})',
            'redirect.sendUserTo("https://a.example/", {"query": {"isNew": false}})',
        ),
        (
            "redirect.encodeToken",
            [{"secret": "s", "expiresInSeconds": 300, "payload": {"a": [None]}}],
            'redirect.encode_token(secret="s", expires_in_seconds=300, payload={"a": [None]})',
            'redirect.encodeToken({"secret": "s", "expiresInSeconds": 300, "payload": {"a": [null]}})',
        ),
        # what is no option stays where it was given, and what is the value of a claim is no option
        ("redirect.sendUserTo", ["u", {"x": 1}], 'redirect.send_user_to("u", {"x": 1})', None),
        ("redirect.sendUserTo", ["u", {}], 'redirect.send_user_to("u", {})', None),
        ("redirect.sendUserTo", [{"query": {}}], 'redirect.send_user_to({"query": {}})', None),
        ("idToken.setCustomClaim", ["c", {"query": 1}], 'id_token.set_custom_claim("c", {"query": 1})', None),
        ("user.setUserMetadata", ["c", math.inf], 'user.set_user_metadata("c", float("inf"))', None),
        ("unknown.newMethod", [{"a": True}], 'unknown.new_method({"a": True})', None),
    ],
)
def test_calls_are_written_in_the_language_of_the_action(
    path: str, args: list[Any], python: str, javascript: str | None
) -> None:
    assert call(path, *args) == python
    assert javascript in (None, call(path, *args, language="javascript"))
    assert "\n" not in call(path, *args)


def test_a_trigger_of_an_old_record_may_be_gone() -> None:
    assert call("access.deny", "no", trigger="once-upon-a-time") == 'access.deny("no")'


@pytest.mark.parametrize("trigger_id", loader.trigger_ids())
@given(data=st.data())
def test_every_call_gives_python_what_was_given(trigger_id: str, data: st.DataObject) -> None:
    method = data.draw(st.sampled_from(host_methods(trigger_id)))
    args = data.draw(st.lists(DATA, max_size=len(method["params"]) + 1))
    if method["options"]:
        options = st.dictionaries(st.sampled_from([*method["options"], "other"]), DATA)
        args = data.draw(st.sampled_from([args, [*args[: len(method["params"]) - 1], data.draw(options)]]))
    text = call(method["path"], *args, trigger=trigger_id)
    assert json.loads(f"[{written_call(trigger_id, method['path'], args, 'javascript')[1]}]") == args

    name, by_position, named = given_by(text)
    assert name == method["python"]
    assert named.keys() <= method["keywords"].keys() - set(method["python_params"])
    last = {method["keywords"][keyword]: value for keyword, value in named.items()}
    assert [*by_position, *([last] if last else [])] == args
