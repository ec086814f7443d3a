"""Pygments lexers that can stop at the end of any line and go on at the next.

Pygments' own lexers match comments, docstrings and quoted strings that run over several lines in one
piece. Here such a piece is a state instead, so that the state at the start of a line, and the line,
are all there is to know. A string that somebody forgot to close ends with its line.
"""

from __future__ import annotations

from typing import ClassVar

from pygments.lexer import ExtendedRegexLexer, LexerContext, inherit
from pygments.lexers.javascript import JavascriptLexer
from pygments.lexers.python import PythonLexer
from pygments.token import (
    Comment,
    Error,
    Keyword,
    Name,
    Number,
    Punctuation,
    String,
    Text,
    Whitespace,
    _TokenType,
)

Stack = tuple[str, ...]
Span = tuple[int, int, str]
"""First column, column after the last, name of the Pygments token such as `Keyword.Constant`."""

START: Stack = ("root",)
LONGEST_LINE = 5_000
"""Longer lines (minified code, embedded data) stay plain and change no state."""


class LineJavascriptLexer(ExtendedRegexLexer, JavascriptLexer):
    """JavaScript, line by line."""

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
            inherit,
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

    tokens: ClassVar = {
        "root": [
            (r'^\s*[rRuUbB]{,2}"""', String.Doc, "doc-double"),
            (r"^\s*[rRuUbB]{,2}'''", String.Doc, "doc-single"),
            inherit,
        ],
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


LEXERS: dict[str, type[ExtendedRegexLexer]] = {
    "javascript": LineJavascriptLexer,
    "python": LinePythonLexer,
    "json": LineJsonLexer,
}


_made: dict[str, ExtendedRegexLexer] = {}


def _lexer_of(language: str) -> ExtendedRegexLexer | None:
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
        return tuple(spans), tuple(context.stack)


def _refined(token: _TokenType, previous: str, line: str, end: int) -> _TokenType:
    """Tells calls and members from other names, which Pygments does not for these languages."""
    if token is not Name and token is not Name.Other:
        return token
    if line[end : end + 1] == "(":
        return Name.Function
    return Name.Attribute if previous.endswith(".") else token


_NAMES: dict[_TokenType, str] = {}


def _name(token: _TokenType) -> str:
    name = _NAMES.get(token)
    if name is None:
        name = _NAMES[token] = str(token).removeprefix("Token.")
    return name
