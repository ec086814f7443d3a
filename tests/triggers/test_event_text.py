from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.errors import UserError
from actionsmith.triggers.event_path import Steps, format_path
from actionsmith.triggers.event_text import positions
from actionsmith.triggers.validation import check_event, parse_event, position_of

TEXT = '{\n  "user": {"email": "a",\n    "list": [1,\n      {"deep": true}]},\n "é": 1, "last": {}\n}\n'


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": 1 "b": 2}', 1, 9),
        ("{\n 'a': 1}", 2, 2),
        ('{"a":\n  nul}', 2, 3),
        ('{"é": é}', 1, 7),
        ("", 1, 1),
        ('{"a": [1,\n2', 2, 2),
        ('{"a": 1} x', 1, 10),
        ('{"a": NaN}', 1, 7),
        ('{"a": "\ud800"}', 1, 8),
        (r'{"a": "\ud83d\ude00 \ud800"}', 1, 21),
        (r'{"a": "\ude00"}', 1, 8),
        ("[" * 100_000, 1, 1),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(UserError, match=rf"^my\.json, line {line}, column {column}: "):
        parse_event(text, name="my.json")
    (fault,) = check_event("post-login", text)
    assert fault.line == line
    assert fault.column == column


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a": 1,}', (1, 8)),
        ('{"a": [1,\n  \n], "b": 2}', (1, 9)),
        ('{"a": 1,, "b": 2}', (1, 9)),
        ('{, "a": 1}', (1, 2)),
        ("[,]", (1, 2)),
        ('{"a": 1},\n', (1, 9)),
        ('{"a":,}', None),
        ('{"a", "b"}', None),
        ('{"a": 1}, {}', None),
        ('{"a": 1,', None),
        ('{"a": }', None),
    ],
)
def test_a_comma_too_many_is_told_where_it_stands(text: str, place: tuple[int, int] | None) -> None:
    (fault,) = check_event("post-login", text)
    assert fault.message.startswith("there is a comma too many, so") is (place is not None)
    assert place in (None, (fault.line, fault.column))


@pytest.mark.parametrize(
    ("text", "kind"), [("[]", "an array"), ("null", "null"), ('"a"', "a string"), ("1", "a number")]
)
def test_an_event_is_an_object(text: str, kind: str) -> None:
    with pytest.raises(UserError, match=f"my.json, line 1: .*{kind}"):
        parse_event(text, name="my.json")


def test_reads_an_event() -> None:
    assert parse_event(TEXT, name="x") == json.loads(TEXT)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ("user", 2, 3),
        ("event.user.email", 2, 12),
        ("user.list", 3, 5),
        ("user.list[0]", 3, 14),
        ("user.list[1]", 4, 7),
        ("user.list[1].deep", 4, 8),
        ('["é"]', 5, 2),
        ("last", 5, 10),
        ("event", 1, 1),
    ],
)
def test_position_of_a_member(path: str, line: int, column: int) -> None:
    place = position_of(TEXT, path)
    assert place is not None
    assert (place.line, place.column) == (line, column)


@pytest.mark.parametrize("path", ["nobody", "user.list[9]", "user.email.x", "user[0]", "a..b"])
def test_what_is_not_there_has_no_position(path: str) -> None:
    assert position_of(TEXT, path) is None


def test_a_broken_text_has_positions_up_to_where_it_breaks() -> None:
    place = position_of('{\n"a": 1,\n"b": {"c": ', "a")
    assert place is not None and place.line == 2
    assert position_of('{"a": 1,', "b") is None


EVENTS = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=12,
    ),
    max_size=4,
)


@given(EVENTS, st.sampled_from([None, 0, 2]))
def test_every_value_is_found_where_it_stands(event: dict[str, Any], indent: int | None) -> None:
    text = json.dumps(event, indent=indent, ensure_ascii=False)
    wanted = dict(walk(event, ()))
    found = positions(text, wanted)
    lines = text.split("\n")
    for steps, value in wanted.items():
        place = found[steps]
        behind = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
        name = steps[-1]
        if isinstance(name, str):
            key = json.dumps(name, ensure_ascii=False)
            assert behind.startswith(f"{key}:"), format_path(steps)
            behind = behind[len(key) + 1 :].lstrip()
        assert json.JSONDecoder().raw_decode(behind)[0] == value


def walk(value: Any, steps: Steps) -> list[tuple[Steps, Any]]:
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    found: list[tuple[Steps, Any]] = []
    for step, child in children:
        found += [((*steps, step), child), *walk(child, (*steps, step))]
    return found
