"""Words, their parts, brackets, and selections that grow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_text import parsed, written

from actionsmith.editing import brackets, selecting, words
from actionsmith.editing.edit import Place

TEXTS = st.lists(st.text("aB_1 .()[]{}\"'\n", max_size=9), min_size=1, max_size=4).map(
    lambda rows: "\n".join(rows).split("\n")
)


def stops(line: str, step: str) -> list[int]:
    place, end = ((0, 0), (0, len(line))) if step == "right" else ((0, len(line)), (0, 0))
    found = []
    while place != end:
        place = words.part_right([line], place) if step == "right" else words.part_left([line], place)
        found.append(place[1])
    return found


@pytest.mark.parametrize(
    ("line", "right", "left"),
    [
        (
            "getUserID = x",
            ["get", "User", "ID", " =", " x"],
            ["getUserID = ", "getUserID ", "getUser", "get", ""],
        ),
        ("HTTPServer2", ["HTTP", "Server2"], ["HTTP", ""]),
        ("snake_case", ["snake", "_case"], ["snake_", ""]),
        ("größe2", ["gr", "ö", "ß", "e2"], None),
    ],
)
def test_steps_by_part_of_a_word(line: str, right: list[str], left: list[str] | None) -> None:
    if left is not None:
        assert [
            line[a:b] for a, b in zip([0, *stops(line, "right")], stops(line, "right"), strict=False)
        ] == right
        assert [line[:column] for column in stops(line, "left")] == left
    else:
        assert stops(line, "right")[-1] == len(line)


@given(TEXTS)
def test_steps_go_through_a_whole_text_and_back(lines: list[str]) -> None:
    last = (len(lines) - 1, len(lines[-1]))
    for step, first, end in ((words.part_right, (0, 0), last), (words.part_left, last, (0, 0))):
        places = [first]
        while places[-1] != end and len(places) < 200:
            places.append(step(lines, places[-1]))
        assert places == sorted(set(places), reverse=step is words.part_left)
        assert places[-1] == end


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f(|a, [b])", "f(a, [b]|)"),
        ("f|(a)", "f(a|)"),
        ("f(a)|", "f|(a)"),
        ("{\n  a\n|}", "|{\n  a\n}"),
        ("a|", None),
        ("(a|", None),
    ],
)
def test_the_caret_goes_to_the_partner_of_a_bracket(before: str, after: str | None) -> None:
    lines, anchor, caret = parsed(before)
    edit = brackets.go_to_partner(lines, anchor, caret, "javascript")
    assert (edit and written(lines, edit)) == after


@given(TEXTS, st.data())
def test_partners_are_mutual(lines: list[str], data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[row])))
    other = brackets.partner(lines, (row, column))
    if other is not None:
        assert brackets.partner(lines, other) == (row, column)


def grown(before: str, language: str = "javascript") -> list[str]:
    lines, anchor, caret = parsed(before)
    found = []
    while edit := selecting.grow(lines, anchor, caret, language):
        anchor, caret = edit.anchor, edit.caret
        found.append(written(lines, edit))
    return found


def test_a_selection_grows_by_meaning() -> None:
    assert grown('if (a) {\n  f("one tw|o", b);\n}') == [
        'if (a) {\n  f("one ^two|", b);\n}',
        'if (a) {\n  f("^one two|", b);\n}',
        'if (a) {\n  f(^"one two"|, b);\n}',
        'if (a) {\n  f(^"one two", b|);\n}',
        'if (a) {\n  f^("one two", b)|;\n}',
        'if (a) {\n  ^f("one two", b);|\n}',
        'if (a) {\n^  f("one two", b);|\n}',
        'if (a) {^\n  f("one two", b);\n|}',
        'if (a) ^{\n  f("one two", b);\n}|',
        '^if (a) {\n  f("one two", b);\n}|',
    ]


def test_a_selection_grows_to_the_block_of_its_indentation() -> None:
    assert grown("if a:\n    b|\n    c\nd", "python") == [
        "if a:\n    ^b|\n    c\nd",
        "if a:\n^    b|\n    c\nd",
        "if a:\n^    b\n    c|\nd",
        "^if a:\n    b\n    c\nd|",
    ]


@given(TEXTS, st.data())
def test_a_selection_grows_until_it_is_everything(lines: list[str], data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(lines) - 1))
    start = end = (row, data.draw(st.integers(0, len(lines[row]))))
    everything: tuple[Place, Place] = ((0, 0), (len(lines) - 1, len(lines[-1])))
    for _ in range(60):
        edit = selecting.grow(lines, start, end, "python")
        if edit is None:
            break
        assert edit.anchor <= start and end <= edit.caret and (start, end) != (edit.anchor, edit.caret)
        start, end = edit.anchor, edit.caret
    assert (start, end) == everything


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ("ab| ab", 1, "^ab| ab"),
        ("^ab| x\nab", 1, "ab x\n^ab|"),
        ("ab x\n^ab|", 1, "^ab| x\nab"),
        ("^ab| x\nab", -1, "ab x\n^ab|"),
        (" | a", 1, None),
    ],
)
def test_the_next_occurrence_of_what_is_selected(before: str, step: int, after: str | None) -> None:
    lines, anchor, caret = parsed(before)
    edit = selecting.next_occurrence(lines, anchor, caret, step)
    assert (edit and written(lines, edit)) == after
