"""Pygments lexers that can stop at the end of any line and go on at the next.

Pygments' own lexers match comments, docstrings and quoted strings that run over several lines in one
piece. Here such a piece is a state instead, so that the state at the start of a line, and the line,
are all there is to know. A string that somebody forgot to close ends with its line.

Where Pygments is wrong about valid code, it is put right: braces within `${ }`, a division after `i++`,
members that have the name of a keyword (`cache.delete`), and digits in groups (`1_000`).
"""

from __future__ import annotations

from typing import ClassVar

from pygments.lexer import ExtendedRegexLexer, LexerContext, bygroups, include, inherit
from pygments.lexers.javascript import JavascriptLexer
from pygments.lexers.python import PythonLexer
from pygments.token import (
    Comment,
    Error,
    Keyword,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
    Whitespace,
    _TokenType,
)

from actionsmith.language.spans import Span, Stack

LONGEST_LINE = 5_000
"""Longer lines (minified code, embedded data) stay plain and change no state."""


class LineJavascriptLexer(ExtendedRegexLexer, JavascriptLexer):
    """JavaScript, line by line."""

    within_line = ""

    tokens: ClassVar = {
        "commentsandwhitespace": [
            (r"\s+", Whitespace),
            (r"<!--", Comment),
            (r"//.*?$", Comment.Single),
            (r"/\*", Comment.Multiline, "comment"),
        ],
        "comment": [
            (r"\*/", Comment.Multiline, "#pop"),
            (r"[^*]+|\*", Comment.Multiline),
        ],
        "root": [
            (r'"(?:\\[^\n]|[^"\\\n])*\\\n', String.Double, "double"),
            (r'"(?:\\[^\n]|[^"\\\n])*"?', String.Double),
            (r"'(?:\\[^\n]|[^'\\\n])*\\\n", String.Single, "single"),
            (r"'(?:\\[^\n]|[^'\\\n])*'?", String.Single),
            (r"(\?\.|\.)((?:[^\W\d]|\$)[\w$]*)", bygroups(Punctuation, Name.Other)),  # type: ignore[no-untyped-call]
            (r"\+\+|--", Operator),
            (r"0[xXbBoO][0-9a-fA-F]+(?:_[0-9a-fA-F]+)+n?", Number),
            (r"[0-9]+(?:_[0-9]+)+(?:n|(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?)", Number),
            inherit,
        ],
        "interp-inside": [
            (r"\{", Punctuation, ("braces", "slashstartsregex")),
            inherit,
        ],
        "braces": [
            (r"\}", Punctuation, "#pop"),
            (r"\{", Punctuation, ("braces", "slashstartsregex")),
            include("root"),
        ],
        "double": [
            (r'"', String.Double, "#pop"),
            (r'(?:\\.|[^"\\\n])+', String.Double),
            (r"\n", Whitespace, "#pop"),
        ],
        "single": [
            (r"'", String.Single, "#pop"),
            (r"(?:\\.|[^'\\\n])+", String.Single),
            (r"\n", Whitespace, "#pop"),
        ],
    }


class LinePythonLexer(ExtendedRegexLexer, PythonLexer):
    """Python, line by line."""

    within_line = "value"

    tokens: ClassVar = {
        "root": [
            (r'^\s*[rRuUbB]{,2}"""', String.Doc, "doc-double"),
            (r"^\s*[rRuUbB]{,2}'''", String.Doc, "doc-single"),
            inherit,
        ],
        "dqf": [(r"\{", String.Interpol, "value"), inherit],
        "sqf": [(r"\{", String.Interpol, "value"), inherit],
        "value": [include("expr-inside-fstring")],
        "doc-double": [
            (r'"""', String.Doc, "#pop"),
            (r'(?:\\.|[^"\\\n])+|["\\\n]', String.Doc),
        ],
        "doc-single": [
            (r"'''", String.Doc, "#pop"),
            (r"(?:\\.|[^'\\\n])+|['\\\n]", String.Doc),
        ],
    }


class LineJsonLexer(ExtendedRegexLexer):
    """JSON. A string before a colon is a member's name."""

    within_line = ""
    name = "JSON by line"
    tokens: ClassVar = {
        "root": [
            (r"\s+", Whitespace),
            (r'"(?:\\.|[^"\\\n])*"(?=\s*:)', Name.Tag),
            (r'"(?:\\.|[^"\\\n])*"', String.Double),
            (r'"(?:\\.|[^"\\\n])*', Error),
            (r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?\b", Number),
            (r"(?:true|false|null)\b", Keyword.Constant),
            (r"[{}\[\],:]", Punctuation),
            (r"\w+|.", Error),
        ],
    }


LineByLine = LineJavascriptLexer | LinePythonLexer | LineJsonLexer
"""`within_line` is a state that ends with its line, together with the one it is in, or nothing."""

LEXERS: dict[str, type[LineByLine]] = {
    "javascript": LineJavascriptLexer,
    "python": LinePythonLexer,
    "json": LineJsonLexer,
}


_made: dict[str, LineByLine] = {}


def _lexer_of(language: str) -> LineByLine | None:
    if language not in _made and language in LEXERS:
        _made[language] = LEXERS[language]()
    return _made.get(language)


class LineLexer:
    """Lexes one line at a time for `language` (javascript, python, json); anything else stays plain."""

    def __init__(self, language: str) -> None:
        self._language = language

    @property
    def ready(self) -> bool:
        """Whether lexing can begin at once; compiling a language's rules takes tens of milliseconds, once."""
        return self._language in _made or self._language not in LEXERS

    def lex(self, line: str, stack: Stack) -> tuple[tuple[Span, ...], Stack]:
        """The coloured spans of `line` (without its line break) and the state after it."""
        lexer = _lexer_of(self._language)
        if lexer is None or len(line) > LONGEST_LINE:
            return (), stack
        context = LexerContext(f"{line}\n", 0, list(stack))
        spans: list[Span] = []
        previous = ""
        for start, token, value in lexer.get_tokens_unprocessed(context=context):
            end = min(start + len(value), len(line))
            if token is Whitespace or token is Text or start >= end:
                continue
            name = _name(_refined(token, previous, line, end))
            if spans and spans[-1][1] == start and spans[-1][2] == name:
                spans[-1] = (spans[-1][0], end, name)
            else:
                spans.append((start, end, name))
            previous = value
        return tuple(spans), _after(lexer, line, context.stack)


def _after(lexer: LineByLine, line: str, stack: list[str]) -> Stack:
    """The state after a line; a piece that may not go on over it ends here, whatever is still open in it."""
    if lexer.within_line in stack and not line.endswith("\\"):
        return tuple(stack[: stack.index(lexer.within_line) - 1])
    return tuple(stack)


def _refined(token: _TokenType, previous: str, line: str, end: int) -> _TokenType:
    """Tells calls and members from other names, which Pygments does not for these languages."""
    if token is not Name and token is not Name.Other:
        return token
    if line[end : end + 1] == "(":
        return Name.Function
    return Name.Attribute if previous in (".", "?.") else token


_NAMES: dict[_TokenType, str] = {}


def _name(token: _TokenType) -> str:
    name = _NAMES.get(token)
    if name is None:
        name = _NAMES[token] = str(token).removeprefix("Token.")
    return name
