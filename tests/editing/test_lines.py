"""Operations on whole lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.editing import lines as ops
from actionsmith.editing.edit import Edit, Place, apply

TEXTS = st.lists(st.text(" \tab/#(){", max_size=8), min_size=1, max_size=6)


@st.composite
def selections(draw: st.DrawFn) -> tuple[list[str], Place, Place]:
    lines = draw(TEXTS)

    def place() -> Place:
        row = draw(st.integers(0, len(lines) - 1))
        return row, draw(st.integers(0, len(lines[row])))

    return lines, place(), place()


def done(lines: list[str], edit: Edit | None) -> list[str]:
    return lines if edit is None else apply(lines, edit)


OPERATIONS: list[Callable[[list[str], Place, Place], Edit | None]] = [
    lambda lines, anchor, caret: ops.indent(lines, anchor, caret, "python"),
    lambda lines, anchor, caret: ops.dedent(lines, anchor, caret, "javascript"),
    lambda lines, anchor, caret: ops.toggle_comment(lines, anchor, caret, "python"),
    lambda lines, anchor, caret: ops.move(lines, anchor, caret, -1),
    lambda lines, anchor, caret: ops.move(lines, anchor, caret, 1),
    ops.duplicate,
    ops.delete,
]


@given(selections(), st.sampled_from(OPERATIONS))
def test_the_selection_stays_in_the_text(
    case: tuple[list[str], Place, Place], operation: Callable[[list[str], Place, Place], Edit | None]
) -> None:
    edit = operation(*case)
    rows = done(case[0], edit)
    for row, column in (edit.anchor, edit.caret) if edit else ():
        assert 0 <= row < len(rows)
        assert 0 <= column <= len(rows[row])


@given(selections())
def test_dedent_takes_an_indent_back(case: tuple[list[str], Place, Place]) -> None:
    lines = [line.lstrip() for line in case[0]]
    edit = ops.indent(lines, (0, 0), (len(lines) - 1, len(lines[-1])), "javascript")
    rows = done(lines, edit)
    back = ops.dedent(rows, (0, 0), (len(rows) - 1, len(rows[-1])), "javascript")
    assert done(rows, back) == lines


@given(TEXTS, st.sampled_from(["javascript", "python"]))
def test_commenting_out_and_in_again_changes_nothing(lines: list[str], language: str) -> None:
    marker = {"javascript": "//", "python": "#"}[language]
    lines = [line for line in lines if not line.strip().startswith(marker)] or [""]
    end = (len(lines) - 1, len(lines[-1]))
    out = done(lines, ops.toggle_comment(lines, (0, 0), end, language))
    again = ops.toggle_comment(out, (0, 0), (len(out) - 1, len(out[-1])), language)
    assert done(out, again) == lines


@given(selections(), st.sampled_from([-1, 1]))
def test_moving_there_and_back_changes_nothing(case: tuple[list[str], Place, Place], step: int) -> None:
    lines, anchor, caret = case
    edit = ops.move(lines, anchor, caret, step)
    if edit is not None and anchor[0] == caret[0]:
        rows = apply(lines, edit)
        back = ops.move(rows, edit.anchor, edit.caret, -step)
        assert done(rows, back) == lines
        assert back is not None
        assert (back.anchor, back.caret) == (anchor, caret)


@given(selections())
def test_a_duplicate_is_below_and_the_selection_moves_along(case: tuple[list[str], Place, Place]) -> None:
    lines, anchor, caret = case
    edit = ops.duplicate(lines, anchor, caret)
    rows = apply(lines, edit)
    first, last = min(anchor, caret)[0], edit.start[0]
    assert rows == [*lines[: last + 1], *lines[first : last + 1], *lines[last + 1 :]]


def test_a_line_that_is_only_reached_is_not_touched() -> None:
    lines = ["a", "b", "c"]
    assert done(lines, ops.indent(lines, (0, 0), (2, 0), "python")) == ["    a", "    b", "c"]


def test_comments_stand_at_the_outermost_indentation() -> None:
    lines = ["  if (x) {", "", "    y();", "  }"]
    commented = done(lines, ops.toggle_comment(lines, (0, 0), (3, 3), "javascript"))
    assert commented == ["  // if (x) {", "", "  //   y();", "  // }"]


def test_json_has_no_comments() -> None:
    assert ops.toggle_comment(["{}"], (0, 0), (0, 0), "json") is None


@pytest.mark.parametrize(("row", "expected"), [(0, ["b", "c"]), (1, ["a", "c"]), (2, ["a", "b"])])
def test_delete(row: int, expected: list[str]) -> None:
    assert done(["a", "b", "c"], ops.delete(["a", "b", "c"], (row, 1), (row, 1))) == expected


def test_deleting_the_only_line_leaves_an_empty_one() -> None:
    assert done(["a"], ops.delete(["a"], (0, 0), (0, 0))) == [""]
