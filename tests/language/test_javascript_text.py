"""The text that the server sees, and places in it: exact with comments put in and letters of two units."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith.language.javascript.doc_types import contract_prefixes
from actionsmith.language.javascript.handlers import typing_comments
from actionsmith.language.javascript.typed_text import TypedText, change
from actionsmith.language.javascript.wire import Position, Range
from actionsmith.language.service import Span

texts = st.text(st.sampled_from("ab🙂é\n\r\t \ud800"), max_size=30)
comments = st.lists(st.tuples(st.integers(0, 30), st.just("/** c */ ")), max_size=3)


def rows_of(text: str) -> list[str]:
    return re.split(r"\r\n|\n|\r", text)


def offset(text: str, position: Position) -> int:
    """What the protocol says a position is, written down slowly."""
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
    units = text[starts[position.line] :].encode("utf-16-le", "surrogatepass")[: position.character * 2]
    return starts[position.line] + len(units.decode("utf-16-le", "surrogatepass"))


@settings(max_examples=60, deadline=None)
@given(texts, comments)
def test_every_place_goes_there_and_back(text: str, put: list[tuple[int, str]]) -> None:
    # A comment between the halves of a line end would make two of it, which no handler does.
    places = {at: each for at, each in put if at <= len(text) and text[at - 1 : at + 1] != "\r\n"}
    typed = TypedText(text, sorted(places.items()))
    for row, line in enumerate(rows_of(text)):
        for column in range(len(line) + 1):
            sent = typed.position(row, column)
            assert typed.span(Range(sent, sent)) == Span(row, column, row, column)
            rest = typed.sent[offset(typed.sent, sent) :].replace("/** c */ ", "")
            assert rows_of(rest)[0] == line[column:].replace("\ud800", "\ufffd")


@settings(max_examples=100, deadline=None)
@given(texts, texts)
def test_a_change_makes_the_new_text_of_the_old(old: str, new: str) -> None:
    before, after = TypedText(old).sent, TypedText(new).sent
    found = change(before, after)
    assert (found is None) == (before == after)
    if found:
        span, put = found
        assert before[: offset(before, span.start)] + put + before[offset(before, span.end) :] == after


def test_a_keystroke_sends_a_letter() -> None:
    old = "let a = 1;\n" * 9_000
    assert change(old, old[:50_000] + "é" + old[50_000:]) == (
        Range(Position(4545, 5), Position(4545, 5)),
        "é",
    )


def test_what_is_inside_of_a_comment_that_was_put_in_is_not_of_the_text() -> None:
    text = "exports.onExecutePostLogin = 1"
    (put,) = typing_comments(text, ["onExecutePostLogin"])
    typed = TypedText("  " + text, [(put[0] + 2, put[1])])
    inside = Range(Position(0, 6), Position(0, 11))
    assert typed.is_inserted(inside) and not typed.is_inserted(Range(Position(0, 2), Position(0, 2)))
    assert typed.span(Range(Position(0, 0), Position(0, len(put[1]) + 5))) == Span(0, 0, 0, 5)


def test_no_comment_where_it_would_end_one() -> None:
    handler = "exports.onExecutePostLogin = async (event, api) => {};"
    for text in (
        f"/*\n{handler}\n*/",
        f"`\n{handler}\n`",
        "call(onExecutePostLogin);",
        "exports.onExecutePostLogin == 1;",
        "myexports.onExecutePostLogin = 1;",
        "exports.onExecutePostLoginX = 1;",
    ):
        assert typing_comments(text, ["onExecutePostLogin"]) == [], text


def test_a_handler_with_types_of_its_own_gets_none_put_in() -> None:
    text = "/** @param {any} event */\nexports.onExecutePostLogin = async (event, api) => {};"
    assert typing_comments(text, ["onExecutePostLogin"]) == [(26, "")]


def test_types_of_the_contract_are_found_by_their_bare_names() -> None:
    text = "/**\n * @param {Event|Mine.Event} event\n * @param {PostLoginAPI} api\n */\n/** @typedef {any} User */"
    put = contract_prefixes(text, {"Event", "PostLoginAPI", "User"})
    assert [(text[at:].partition(" ")[0], prefix) for at, prefix in put] == [
        ("Event|Mine.Event}", 'import("actionsmith").'),
        ("PostLoginAPI}", 'import("actionsmith").'),
    ]


HANDLER = "exports.onExecutePostLogin = async (event, api) => { CALLS };"


@pytest.mark.parametrize(
    ("function", "calls", "typed"),
    [
        ("function add(user, e) {}", "add(1, event)", ["e"]),
        ("async function add(e, a) {}", "await add(event, api); add(event, api)", ["e", "a"]),
        ("const add = async ({ user }, api = null) => {}", "add(event, api);", ["{ user }", "api = null"]),
        ("const add = function (e) {}", "x.map((y) => add(event, y))", ["e"]),
        ("function add(list, a) { add(list, a) }", "add([event, (1, 2)], api)", []),
        ("function add(e) {}", "add(event); add(1)", []),
        ("function add(e) {}", "on('x', add); o.add(event)", []),
        ("function add(...all) {}", "add(event)", []),
        ("const add = (e) * 2", "add(event)", []),
        ("/* function add(e) {} */ const t = `function add(e) {}`;", "add(event)", []),
        ("/** @param {string} e */\nfunction add(e) {}", "add(event)", []),
    ],
)
def test_helpers_are_typed_by_what_every_call_gives_them(function: str, calls: str, typed: list[str]) -> None:
    text = f"{function}\n{HANDLER.replace('CALLS', calls)}"
    put = [
        (at, comment) for at, comment in typing_comments(text, ["onExecutePostLogin"]) if at < len(function)
    ]
    assert [text[at:].startswith(name) for (at, _), name in zip(put, typed, strict=True)] == [True] * len(
        typed
    )
    assert [comment.count("Parameters<") for _, comment in put] == [1] * len(typed)
