from __future__ import annotations

import copy
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.errors import UserError
from actionsmith.triggers.edit import set_in_event
from actionsmith.triggers.event_path import Steps, format_path, parse_path

EVENT: dict[str, Any] = {
    "user": {"email": "a@example.com", "name": None},
    "authentication": {"methods": [{"name": "pwd"}]},
}

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda name: name != "[]"
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("assignment", "path", "expected"),
    [
        ('user.email="b@example.com"', ("user", "email"), "b@example.com"),
        ('event.user.email="b@example.com"', ("user", "email"), "b@example.com"),
        ('authorization.roles=["Admin"]', ("authorization", "roles"), ["Admin"]),
        ('authentication.methods[0].name="mfa"', ("authentication", "methods", 0, "name"), "mfa"),
        ('authentication.methods[1].name="mfa"', ("authentication", "methods", 1, "name"), "mfa"),
        ("user.name.first=1", ("user", "name", "first"), 1),
        ("new.list[0][0]=true", ("new", "list", 0, 0), True),
        ('user["https://example.com/a=b"]=null', ("user", "https://example.com/a=b"), None),
        ('user.a =  {"b": 1} ', ("user", "a"), {"b": 1}),
    ],
)
def test_sets_one_member(assignment: str, path: Steps, expected: object) -> None:
    event = copy.deepcopy(EVENT)
    set_in_event(event, assignment)
    assert at(event, path) == expected


@pytest.mark.parametrize(
    ("assignment", "parts"),
    [
        ("user.email=a@example.com", ["event.user.email", "a@example.com", "--set 'event.user.email=\"a@"]),
        ("user.email='\"a\"'", ['"a"', "quotes"]),
        ("user.email", ["'user.email'", "column 11", "PATH=JSON"]),
        ("user.email=", ["event.user.email", "missing"]),
        ("user..email=1", ["column 5"]),
        ("=1", ["column 1"]),
        ("event=1", ["PATH=JSON"]),
        ("user.roles=[1", ["event.user.roles", "not JSON"]),
        ("user.email.host=1", ["event.user.email", "a string", "'host'"]),
        ("user[0]=1", ["event.user", "an object", "[0]"]),
        ("authentication.methods.name=1", ["event.authentication.methods", "an array"]),
        ("authentication.methods[]=1", ["number"]),
        ("authentication.methods[7]=1", ["event.authentication.methods", "1 item", "[1]"]),
        ("brand.new[3].list=1", ["event.brand.new", "0 items"]),
        (
            "a" + ".a" * 3000 + "=1",
            ["--set event.a.a.a.a.a.a.a.a.a.a...: this has 3001 levels", "at most 500"],
        ),
        ("user.a=" + "[" * 499 + "]" * 499, ["--set event.user.a: this has 501 levels"]),
    ],
)
def test_bad_assignments_are_explained_and_change_nothing(assignment: str, parts: list[str]) -> None:
    event = copy.deepcopy(EVENT)
    with pytest.raises(UserError) as caught:
        set_in_event(event, assignment)
    assert all(part in str(caught.value) for part in parts), caught.value
    assert event == EVENT


def test_the_deepest_change_can_be_sent() -> None:
    event: dict[str, Any] = {}
    set_in_event(event, "a" + "[0]" * 249 + "=" + '{"a":' * 250 + "1" + "}" * 250)
    assert msgspec.json.encode(event).count(b"[") == 249


@given(st.lists(NAMES, min_size=1, max_size=4), JSON_VALUES)
def test_what_is_set_is_there(names: list[str], value: object) -> None:
    event: dict[str, Any] = {}
    set_in_event(event, f"{format_path(tuple(names))}={json.dumps(value)}")
    assert at(event, tuple(names)) == value


@given(st.lists(NAMES | st.integers(0, 99), min_size=1, max_size=5))
def test_a_written_path_is_read_back(steps: list[str | int]) -> None:
    assert parse_path(format_path(tuple(steps))) == ("event", *steps)


@given(st.text(max_size=30))
def test_any_text_is_set_or_refused(assignment: str) -> None:
    event = copy.deepcopy(EVENT)
    try:
        set_in_event(event, assignment)
    except UserError:
        assert event == EVENT


def at(value: Any, steps: Steps) -> Any:
    for step in steps:
        value = value[step]
    return value
