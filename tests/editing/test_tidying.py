"""Joining, sorting and trimming lines; tab; pasting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_text import parsed, written

from actionsmith.editing import pasting
from actionsmith.editing.edit import Edit, apply
from actionsmith.editing.operations import OPERATIONS


@pytest.mark.parametrize(
    ("operation", "before", "after"),
    [
        ("join", "a|\n  b", "a| b"),
        ("join", "f(|\n  a\n)", "f(|a\n)"),
        ("join", "^f(\n  a,\n  b\n)|", "^f(a, b)|"),
        ("join", "x\na|", None),
        ("join", "// a|\n// b", "// a| b"),
        ("join", "a|\n\nb", "a|\nb"),
        ("sort", "^b\nA\na|", "^A\na\nb|"),
        ("sort", "^a\nb|", None),
        ("sort", "b|\na", None),
        ("trim", "a  \n b|  \nc", "a\n b|\nc"),
        ("trim", "a  |", "a|"),
        ("trim", "^a |\nb ", "^a|\nb "),
        ("trim", "a|", None),
        ("tab", "|a", "  |a"),
        ("tab", "x|a", "x |a"),
        ("tab", "a^bc|d", "a |d"),
        ("tab", "  ^abc|", "    ^abc|"),
        ("tab", "^a\nb|", "^  a\n  b|"),
    ],
)
def test_operations(operation: str, before: str, after: str | None) -> None:
    lines, anchor, caret = parsed(before)
    edit = OPERATIONS[operation](lines, anchor, caret, "javascript")
    assert (edit and written(lines, edit)) == after


@pytest.mark.parametrize(
    ("language", "before", "text", "after"),
    [
        ("javascript", "a|b", "xy", "axy|b"),
        ("javascript", "a^b|c", "x\ny", "ax\ny|c"),
        ("javascript", "|", "    a\n      b", "    a\n      b|"),
        ("javascript", "  |", "      a\n        b\n", "  a\n    b\n|"),
        ("javascript", "  |", "if (a) {\n          b\n        }", "  if (a) {\n    b\n  }|"),
        ("python", "    |", "if a:\n    b\n", "    if a:\n        b\n|"),
        ("python", "    |", "a\n        b", "    a\n    b|"),
        ("javascript", "  x = |", "{\n  a,\n}", "  x = {\n    a,\n  }|"),
        ("javascript", "  |", "x = `\n a`", "  x = `\n a`|"),
        ("python", "    |x", "a\nb\n", "    a\n    b\n    |x"),
        ("python", "    |", "    a\n", "    a\n|"),
        (
            "python",
            "    |",
            "if a:\n        b\n    else:\n        c\n",
            "    if a:\n        b\n    else:\n        c\n|",
        ),
        ("python", "|  ", "a:\n  b", "a:\n  b|  "),
        (
            "python",
            "    |",
            "f():\n        a\n\n    g():\n        b",
            "    f():\n        a\n\n    g():\n        b|",
        ),
        ("python", "    |", "a = [\n            1\n        ]\n    b", "    a = [\n        1\n    ]\nb|"),
        ("javascript", "  |", "f(() => {\n        a;\n    });", "  f(() => {\n      a;\n  });|"),
        ("javascript", "  |", "f(a,\nb\n      )", "  f(a,\nb\n  )|"),
    ],
)
def test_pasted_lines_take_the_indentation_of_their_place(
    language: str, before: str, text: str, after: str
) -> None:
    lines, anchor, caret = parsed(before)
    assert written(lines, pasting.paste(lines, anchor, caret, text, language)) == after


def test_what_is_pasted_into_a_string_stays_as_it_is() -> None:
    edit = pasting.paste(["  `"], (0, 3), (0, 3), "a\n    b\n", "javascript", in_string=True)
    assert edit.text == "a\n    b\n"


@given(st.lists(st.text(" ab:{)", max_size=7), min_size=1, max_size=5), st.integers(0, 6))
def test_a_paste_keeps_all_but_the_white_space_at_the_start_of_lines(rows: list[str], room: int) -> None:
    edit = pasting.paste([" " * room], (0, room), (0, room), "\n".join(rows), "python")
    after = apply([" " * room], edit)
    assert [row.strip() for row in after] == [row.strip() for row in rows]
    assert edit.caret == (len(after) - 1, len(after[-1]))


def test_a_line_goes_above_the_line_of_the_caret() -> None:
    lines, _, caret = parsed("a\nb|c")
    assert written(lines, pasting.paste_line(lines, caret, "new\n")) == "a\nnew\nb|c"


@given(st.text("ab\r\n\x0b\u2028", max_size=9))
def test_the_lines_of_a_paste_are_those_the_editor_makes(text: str) -> None:
    assert pasting.plain(text).split("\n") == (text.splitlines() + [""] * (not text or text[-1] not in "ab"))


@given(
    st.lists(st.text(" \tab(){}'\"/#,;", max_size=9), min_size=1, max_size=5),
    st.sampled_from(sorted(OPERATIONS)),
    st.sampled_from(["javascript", "python", "json"]),
    st.data(),
)
def test_every_operation_leaves_the_selection_in_the_text(
    lines: list[str], operation: str, language: str, data: st.DataObject
) -> None:
    rows = st.integers(0, len(lines) - 1)
    anchor, caret = (
        (row, data.draw(st.integers(0, len(lines[row])))) for row in (data.draw(rows), data.draw(rows))
    )
    edit: Edit | None = OPERATIONS[operation](lines, anchor, caret, language)
    after = apply(lines, edit) if edit else lines
    for row, column in (edit.anchor, edit.caret) if edit else ():
        assert 0 <= row < len(after)
        assert 0 <= column <= len(after[row])
