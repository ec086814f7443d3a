"""What changed between two texts, and where a place went."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith.language.service import Span
from actionsmith.language.text_change import TextChange, followed, row_change, text_change

TEXTS = st.text("ab\n", max_size=14)


def change_between(old: str, new: str) -> TextChange:
    lines, others = old.split("\n"), new.split("\n")
    return text_change(lines, others, row_change(lines, others))


def cut(text: str, start: tuple[int, int], end: tuple[int, int]) -> tuple[str, str, str]:
    lines = text.split("\n")

    def offset(place: tuple[int, int]) -> int:
        assert 0 <= place[1] <= len(lines[place[0]])
        return sum(len(line) + 1 for line in lines[: place[0]]) + place[1]

    return text[: offset(start)], text[offset(start) : offset(end)], text[offset(end) :]


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_before_and_behind_a_change_the_texts_are_the_same(old: str, new: str) -> None:
    change = change_between(old, new)
    before, removed, behind = cut(old, change.start, change.old_end)
    new_before, inserted, new_behind = cut(new, change.start, change.new_end)
    assert (before, behind) == (new_before, new_behind)
    assert (removed == inserted == "") == (old == new)


@pytest.mark.parametrize(
    ("old", "new", "span", "expected"),
    [
        ("a word b", "a wo_rd b", Span(0, 2, 0, 6), Span(0, 2, 0, 7)),
        ("a word b", "xa word b", Span(0, 2, 0, 6), Span(0, 3, 0, 7)),
        ("a word b", "a  word b", Span(0, 2, 0, 6), Span(0, 3, 0, 7)),
        ("a word b", "a word! b", Span(0, 2, 0, 6), Span(0, 2, 0, 6)),
        ("a word b", "a wo b", Span(0, 2, 0, 6), Span(0, 2, 0, 4)),
        ("a word b", "a  b", Span(0, 2, 0, 6), None),
        ("a word b", "a new text", Span(0, 2, 0, 6), None),
        ("a word b", "a\nword b", Span(0, 2, 0, 6), Span(1, 0, 1, 4)),
        ("x\na word", "x\ny\nz\na word", Span(1, 2, 1, 6), Span(3, 2, 3, 6)),
        ("x\ny\na word", "xa word", Span(2, 2, 2, 6), Span(0, 3, 0, 7)),
        ("x\ny\nword", "x\ny", Span(2, 0, 2, 4), None),
        ("a\nb\nc", "a\nb\nd", Span(0, 0, 0, 1), Span(0, 0, 0, 1)),
        ("one\ntwo", "\none\ntwo", Span(1, 0, 1, 0), Span(2, 0, 2, 0)),
    ],
)
def test_a_place_is_followed(old: str, new: str, span: Span, expected: Span | None) -> None:
    assert followed(span, change_between(old, new)) == expected


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, st.integers(0, 20), st.integers(0, 20))
def test_a_followed_place_is_in_the_new_text_and_outside_the_change_reads_the_same(
    old: str, new: str, first: int, second: int
) -> None:
    change = change_between(old, new)
    places = [(row, column) for row, line in enumerate(old.split("\n")) for column in range(len(line) + 1)]
    start, end = sorted((places[first % len(places)], places[second % len(places)]))
    span = followed(Span(*start, *end), change)
    if span is None:
        assert change.start <= start < end <= change.old_end
        return
    text = cut(new, (span.row, span.column), (span.end_row, span.end_column))[1]
    if end <= change.start < change.old_end or start >= change.old_end or end < change.start:
        assert text == cut(old, start, end)[1]
