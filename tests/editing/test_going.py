"""Places a person names, and labels to jump to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.editing.go_to import named_place
from actionsmith.editing.jump_labels import targets


@pytest.mark.parametrize(
    ("text", "place"),
    [("3", (2, 0)), ("3:5", (2, 4)), (" 3 , 5 ", (2, 4)), ("+2", (6, 0)), ("-4:2", (0, 1)), ("10", (9, 0))],
)
def test_a_place_is_named(text: str, place: tuple[int, int]) -> None:
    assert named_place(text, (4, 7), 10) == place


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write a line"),
        ("x", "Write a line"),
        ("3:", "Write a line"),
        ("11", "Line 11 does not exist: the text has 10 lines."),
        ("0", "Line 0 does not exist"),
        ("-9", "Line -4 does not exist"),
        ("3:0", "Columns count from 1."),
    ],
)
def test_what_is_no_place_gets_a_sentence(text: str, sentence: str) -> None:
    assert str(named_place(text, (4, 7), 10)).startswith(sentence)


def test_labels_are_never_letters_that_go_on_with_the_search() -> None:
    found = targets({3: (0, "far fjord fdj"), 4: (2, "of")}, "f", (3, 4))
    assert found.places == ((3, 0), (3, 4), (3, 10), (4, 3))
    assert not set(found.labels.values()) & set("ajd")
    assert list(found.labels) == [(3, 0), (3, 10), (4, 3)], "the nearest first, not the caret's own"
    assert found.labelled(found.labels[3, 10]) == (3, 10)


def test_capitals_in_what_is_typed_count() -> None:
    assert targets({0: (0, "aA")}, "a", (0, 9)).places == ((0, 0), (0, 1))
    assert targets({0: (0, "aA")}, "A", (0, 9)).places == ((0, 1),)


@given(
    st.lists(st.text("abfjAB ", max_size=12), min_size=1, max_size=4), st.text("abf", min_size=1, max_size=2)
)
def test_each_label_stands_for_one_place_where_it_is_written(rows: list[str], typed: str) -> None:
    found = targets({row: (0, text) for row, text in enumerate(rows)}, typed, (0, 0))
    assert len(set(found.labels.values())) == len(found.labels)
    assert set(found.labels) <= set(found.places)
    for row, column in found.places:
        assert rows[row][column : column + len(typed)].lower() == typed
