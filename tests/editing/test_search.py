"""Finding and replacing in a text."""

from __future__ import annotations

import re
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.editing.edit import apply
from actionsmith.editing.pattern_limits import parts
from actionsmith.editing.search import (
    Hit,
    Hits,
    Query,
    Scope,
    SearchFault,
    find_all,
    replace_all,
    replace_hit,
)


def found(text: str, query: Query, scope: Scope = Scope()) -> list[str]:  # noqa: B008 - a constant
    lines = text.split("\n")
    return [
        "\n".join(lines[a[0] : b[0] + 1])[a[1] : None if b[0] > a[0] else b[1]]
        for a, b in find_all(lines, query, scope).found
    ]


def replaced(text: str, query: Query, by: str, scope: Scope = Scope()) -> str:  # noqa: B008
    lines = text.split("\n")
    done = replace_all(lines, query, by, scope)
    return "\n".join(apply(lines, done[0])) if done else text


def test_options() -> None:
    text = "Event events event.EVENT $event x.y"
    assert found(text, Query("event")) == ["Event", "event", "event", "EVENT", "event"]
    assert found(text, Query("event", case=True)) == ["event"] * 3
    assert found(text, Query("event", word=True)) == ["Event", "event", "EVENT"]
    assert found(text, Query("x.y")) == ["x.y"]
    assert found(text, Query(r"e\w+s\b", pattern=True)) == ["events"]
    assert found(text, Query("")) == []


def test_patterns_know_lines_and_find_nothing_empty() -> None:
    assert found("ab\nab", Query("^a", pattern=True)) == ["a", "a"]
    assert found("ab\nab", Query("b$", pattern=True)) == ["b", "b"]
    assert find_all(["ab", "cd"], Query(r"b\nc", pattern=True)).found == [Hit((0, 1), (1, 1))]
    assert found("abc", Query("x*", pattern=True)) == []


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("ab(", "Column 4: missing )."),
        ("a[b", "Column 4: unterminated character set."),
        ("*a", "Column 1: nothing to repeat."),
        ("x(?P=no)", "Column 5: unknown group."),
    ],
)
@pytest.mark.parametrize("word", [False, True])
def test_a_bad_pattern_is_a_sentence_that_names_the_column(pattern: str, sentence: str, word: bool) -> None:
    with pytest.raises(SearchFault) as fault:
        find_all(["text"], Query(pattern, pattern=True, word=word))
    assert str(fault.value) == sentence


def test_a_pattern_that_tries_every_way_is_given_up_and_lets_others_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("actionsmith.editing.search.MOST_SECONDS", 0.2)
    faults: list[SearchFault] = []

    def search() -> None:
        try:
            find_all(["a" * 60 + "b"], Query("(a|aa)+$", pattern=True))
        except SearchFault as fault:
            faults.append(fault)

    thread = threading.Thread(target=search)
    thread.start()
    beats = 0
    while thread.is_alive():
        time.sleep(0.001)
        beats += 1
    assert "given up after 0.2 s" in str(faults[0])
    assert beats > 5, "this thread went on meanwhile"


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("(?:a{5000}){5000}", "The pattern repeats too much."),
        ("(?:(?:ab{300}){300}c){3}", "The pattern repeats too much."),
        ("a(?R)?b", "A pattern that calls itself"),
        ("(?V1)[[a--b]", "The pattern cannot be read."),
        ("(" * 3000 + ")" * 3000, "The pattern cannot be read."),
    ],
)
def test_a_pattern_that_would_take_the_memory_is_not_tried(pattern: str, sentence: str) -> None:
    with pytest.raises(SearchFault, match=re.escape(sentence)):
        find_all(["aaa"], Query(pattern, pattern=True))


def test_usual_repetitions_are_fine() -> None:
    assert found("2026-01-20T08:00", Query(r"\d{4}-(\d{2}-?){2}[T{5}]", pattern=True)) == ["2026-01-20T"]
    assert parts(r"a{3}(b{2}c){2}[{9}]\{8}") == 3 + 2 * 3 + 1 + 3


@given(st.text("ab()[]{}|?*+\\^$.,:<>=!-0129PRV&", max_size=14))
def test_any_pattern_gives_hits_or_a_sentence(pattern: str) -> None:
    try:
        find_all(["ab(1-a)", "b"], Query(pattern, pattern=True))
    except SearchFault as fault:
        assert str(fault).endswith(".")


def test_the_scope_is_a_part_of_the_text_and_moves_with_edits_in_it() -> None:
    assert found("a a a a", Query("a"), Scope(2, 2)) == ["a", "a"]
    assert replaced("a a a a", Query("a"), "long", Scope(2, 2)) == "a long long a"
    assert found("a long long a", Query("long"), Scope(2, 2)) == ["long", "long"]


@pytest.mark.parametrize(
    ("pattern", "by", "after"),
    [
        (r"(\w+)-(\w+)", "$2-$1", "b-a d-c"),
        (r"(\w+)-(\w+)", r"\2\n\1", "b\na d\nc"),
        (r"(?P<x>\w)-\w", "${x}!$$1", "a!$1 c!$1"),
        (r"(?P<x>\w)-\w", r"\g<x>$<x>$&", "aaa-b ccc-d"),
        (r"(\w)-\w", "$10 $7 ${no}", "a0 $7 ${no} c0 $7 ${no}"),
        (r"(\w)|-", "[$1]", "[a][][b] [c][][d]"),
    ],
)
def test_groups_in_the_replacement(pattern: str, by: str, after: str) -> None:
    assert replaced("a-b c-d", Query(pattern, pattern=True), by) == after


def test_a_plain_replacement_is_plain() -> None:
    assert replaced("a.b", Query("."), r"$1\1") == r"a$1\1b"


@given(
    st.text("ab \n", max_size=12),
    st.text("ab", min_size=1, max_size=2),
    st.text("abx\n", max_size=3),
    st.data(),
)
def test_replacing_all_is_what_str_replace_does(text: str, wanted: str, by: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    row = data.draw(st.integers(0, len(lines) - 1))
    caret = (row, data.draw(st.integers(0, len(lines[row]))))
    done = replace_all(lines, Query(wanted, case=True), by, caret=caret)
    after = apply(lines, done[0]) if done else lines
    assert "\n".join(after) == text.replace(wanted, by)
    assert (done[1] if done else 0) == text.count(wanted)
    if done:
        row, column = done[0].caret
        assert row < len(after) and column <= len(after[row])


@given(st.text("ab\n", max_size=12), st.sampled_from(["a", "ab", "a+b", "b\n", "."]))
def test_hits_are_those_of_the_standard_library(text: str, pattern: str) -> None:
    lines = text.split("\n")
    hits = find_all(lines, Query(pattern, pattern=True, case=True))
    offsets = [sum(len(line) + 1 for line in lines[:row]) + column for (row, column), _ in hits.found]
    assert offsets == [match.start() for match in re.finditer(pattern, text)]
    marked = {
        (row, column) for row, spans in hits.by_row(lines).items() for a, b in spans for column in range(a, b)
    }
    assert len(marked) == sum(len(match[0].replace("\n", "")) for match in re.finditer(pattern, text))


def test_next_and_previous_go_round_the_ends() -> None:
    hits = find_all(["a b a", "a"], Query("a"))
    assert [hits.after(place) for place in ((0, 0), (0, 1), (1, 0), (1, 1))] == [0, 1, 2, 0]
    assert [hits.before(place) for place in ((0, 0), (0, 1), (1, 0))] == [2, 0, 1]
    assert hits.at((0, 4), (0, 5)) == 1 and hits.at((0, 4), (0, 4)) is None
    assert Hits().after((0, 0)) is None and Hits().before((0, 0)) is None


def test_one_hit_is_replaced_with_what_is_around_it_in_sight() -> None:
    lines = ["ab ab"]
    edit = replace_hit(lines, Query(r"(?<=a)(b)", pattern=True), Hit((0, 4), (0, 5)), "<$1>")
    assert edit is not None and apply(lines, edit) == ["ab a<b>"] and edit.caret == (0, 7)
    assert replace_hit(lines, Query("a"), Hit((0, 1), (0, 2)), "x") is None
