"""What keys do beside inserting themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_text import parsed, written

from actionsmith.editing import keystrokes
from actionsmith.editing.edit import Place, apply

LANGUAGES = ["javascript", "python", "json"]


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("javascript", "  a;|", "  a;\n  |"),
        ("javascript", "if (x) {|", "if (x) {\n  |"),
        ("javascript", "  f({|});", "  f({\n    |\n  });"),
        ("javascript", "  a|  b", "  a\n  |b"),
        ("javascript", "x^yz|", "x\n|"),
        ("python", "if x:|", "if x:\n    |"),
        ("python", "    return 1|", "    return 1\n|"),
        ("python", "        pass|", "        pass\n    |"),
        ("python", "    x = [|]", "    x = [\n        |\n    ]"),
        ("json", "{|}", "{\n  |\n}"),
        ("javascript", "  |", "\n  |"),
        ("javascript", "  case 'a':|", "  case 'a':\n    |"),
        ("javascript", "  default:|", "  default:\n    |"),
        ("javascript", "const f = (a) =>|", "const f = (a) =>\n  |"),
        ("javascript", "  /** Says it.|", "  /** Says it.\n   * |"),
        ("javascript", "  // such as f(|", "  // such as f(\n  |"),
        ("javascript", "if (x) { // why|", "if (x) { // why\n  |"),
        ("python", "    return f(a,|", "    return f(a,\n    |"),
        ("python", "    return f(a,\n             b)|", "    return f(a,\n             b)\n|"),
        ("python", "    x = f(a,\n          b)|", "    x = f(a,\n          b)\n    |"),
        ("python", "if (a and\n        b):|", "if (a and\n        b):\n    |"),
        ("python", "    return 1 + \\|", "    return 1 + \\\n    |"),
        ("python", "    # note:|", "    # note:\n    |"),
        ("python", "if x:  # why|", "if x:  # why\n    |"),
        ("python", "x = '# (':|", "x = '# (':\n    |"),
    ],
)
def test_enter(language: str, before: str, after: str) -> None:
    lines, anchor, caret = parsed(before)
    assert written(lines, keystrokes.newline(lines, anchor, caret, language)) == after


@pytest.mark.parametrize("language", LANGUAGES)
def test_enter_before_the_first_letter_of_a_line_moves_it_down_as_it_is(language: str) -> None:
    for before, after in (("|    a", "\n|    a"), ("  |  a", "\n  |  a"), ("    |a", "\n    |a")):
        lines, anchor, caret = parsed(before)
        assert written(lines, keystrokes.newline(lines, anchor, caret, language)) == after


@pytest.mark.parametrize(
    ("language", "before", "key", "after"),
    [
        ("javascript", "f|", "(", "f(|)"),
        ("javascript", "f(|)", ")", "f()|"),
        ("javascript", "x = |", "'", "x = '|'"),
        ("javascript", "x = 'a|'", "'", "x = 'a'|"),
        ("python", "x = '\\\\|'", "'", "x = '\\\\'|"),
        ("javascript", "^ab|", '"', '"^ab|"'),
        ("javascript", "|ab^", "(", "(|ab^)"),
        ("javascript", "x = |;", "`", "x = `|`;"),
        ("javascript", "if (x) {\n    |", "}", "if (x) {\n}|"),
        ("javascript", "f(\n    a\n    |", ")", "f(\n    a\n)|"),
        ("python", "x = [\n    1,\n    |", "]", "x = [\n    1,\n]|"),
        (
            "javascript",
            "switch (x) {\n  case 1:\n    a;\n    default|",
            ":",
            "switch (x) {\n  case 1:\n    a;\n  default:|",
        ),
        ("python", "if a:\n    b\n    else|", ":", "if a:\n    b\nelse:|"),
        ("python", "try:\n    b\n    except OSError|", ":", "try:\n    b\nexcept OSError:|"),
        (
            "python",
            "for a in b:\n    if c:\n        d\n        elif e|",
            ":",
            "for a in b:\n    if c:\n        d\n    elif e:|",
        ),
        ("python", "x = f|", "'", "x = f'|'"),
        ("python", "x = rb|", '"', 'x = rb"|"'),
    ],
)
def test_pairs(language: str, before: str, key: str, after: str) -> None:
    lines, anchor, caret = parsed(before)
    edit = keystrokes.character(lines, anchor, caret, key, language)
    assert edit is not None
    assert written(lines, edit) == after


@pytest.mark.parametrize(
    ("language", "before", "key"),
    [
        ("javascript", "don|", "'"),
        ("javascript", "|word", "("),
        ("javascript", "'a\\|'", "'"),
        ("python", '""|', '"'),
        ("python", "buffer|", '"'),
        ("json", "x|", "'"),
        ("python", "if a:\n    if b:\n        c\n    else|", ":"),
        ("python", "def f():\n    else|", ":"),
        ("python", "x = {a|", ":"),
        ("javascript", "switch (x) {\n  case 1|", ":"),
        ("javascript", "  a|", ")"),
        ("javascript", "text.replace(/|", "'"),
    ],
)
def test_a_character_that_is_only_itself(language: str, before: str, key: str) -> None:
    lines, anchor, caret = parsed(before)
    assert keystrokes.character(lines, anchor, caret, key, language) is None


def test_no_pairs_within_strings_and_comments() -> None:
    lines, anchor, caret = parsed("// see |")
    assert keystrokes.character(lines, anchor, caret, "(", "javascript", in_text=True) is None


@pytest.mark.parametrize("before", ["    return it|", "    Such as {|", "    Arguments:|"])
def test_a_text_within_a_string_opens_no_block(before: str) -> None:
    lines, anchor, caret = parsed(before)
    edit = keystrokes.newline(lines, anchor, caret, "python", in_text=True)
    assert written(lines, edit) == before.replace("|", "\n    |")


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("javascript", "f(|)", "f|"),
        ("javascript", "x = '|'", "x = |"),
        ("javascript", "    |a", "  |a"),
        ("python", "      |", "    |"),
        ("javascript", "(|x)", None),
        ("javascript", "|", None),
    ],
)
def test_backspace(language: str, before: str, after: str | None) -> None:
    lines, anchor, caret = parsed(before)
    edit = keystrokes.backspace(lines, anchor, caret, language)
    assert (edit and written(lines, edit)) == after


@given(
    st.lists(st.text(" \t(){}[]'\"`\\:xf#", max_size=8), min_size=1, max_size=4),
    st.data(),
    st.sampled_from(LANGUAGES),
)
def test_whatever_is_there_the_caret_stays_in_the_text(
    lines: list[str], data: st.DataObject, language: str
) -> None:
    def place() -> Place:
        row = data.draw(st.integers(0, len(lines) - 1))
        return row, data.draw(st.integers(0, len(lines[row])))

    anchor, caret = place(), place()
    key = data.draw(st.sampled_from("(){}[]'\"`x"))
    for edit in (
        keystrokes.newline(lines, anchor, caret, language),
        keystrokes.character(lines, anchor, caret, key, language),
        keystrokes.backspace(lines, anchor, caret, language),
    ):
        if edit is not None:
            rows = apply(lines, edit)
            for row, column in (edit.anchor, edit.caret):
                assert 0 <= row < len(rows)
                assert 0 <= column <= len(rows[row])
