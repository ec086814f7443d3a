"""A row is found again in another state of its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.editing.row_following import row_in

ROWS = st.lists(st.sampled_from("abc"), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("old", "row", "new", "expected"),
    [
        ("abcd", 3, "bd", 1),
        ("abcd", 2, "xabcd", 3),
        ("abcd", 1, "abcd", 1),
        ("axbycz", 3, "bycz!", 1),
        ("axbycz", 1, "abycQ", 1),
        ("abc", 2, "a", 0),
        ("ab", 1, "abc", 1),
    ],
)
def test_what_a_row_says_is_found(old: str, row: int, new: str, expected: int) -> None:
    assert row_in(new, old, row) == expected


@given(ROWS, ROWS, st.data())
def test_there_is_always_such_a_row(old: list[str], new: list[str], data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(old) - 1))
    assert 0 <= row_in(new, old, row) < len(new)
    assert row_in(old, old, row) == row
    assert row_in([*new, *old], [*old], row) >= 0
    assert row_in(["new", *old], old, row) == row + 1
