"""Which call the caret is in, and which of its arguments is being written there."""

from __future__ import annotations

import re
from typing import NamedTuple

from actionsmith.language.expression import path_before

LONGEST_REACH = 4_000
"""Characters before the caret that are read at most, from the start of a line."""

_TOKEN = re.compile(
    r"""
    (?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z)|\#[^\n]*)
    | (?P<string>\"\"\"(?:\\.|.)*?(?:\"\"\"|\Z)|'''(?:\\.|.)*?(?:'''|\Z)
        |"(?:\\.|[^"\\\n])*(?:"|$)|'(?:\\.|[^'\\\n])*(?:'|$)|`(?:\\.|[^`\\])*(?:`|\Z))
    | (?P<open>[(\[{]) | (?P<close>[)\]}]) | (?P<comma>,)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_DEFINED = re.compile(r"(?:\bdef|\bclass|\bfunction\*?)\s+[\w$]+\Z")
_BODY = re.compile(r"(?:=>|\))\s*\Z")
_KEYWORD = re.compile(r"\s*(\w+)\s*=(?!=)")
_NOT_CALLED = re.compile(
    r"(?:and|assert|await|case|catch|del|elif|except|for|from|function|if|import|in|is|lambda|not|or|raise"
    r"|return|switch|typeof|while|with|yield)\Z"
)


class Call(NamedTuple):
    """`path` is what is called (`api.access.deny`), `argument` counts from 0. `keyword` is the name of the
    keyword argument of Python that is being written, if it is one."""

    path: str
    argument: int
    keyword: str


class _Bracket(NamedTuple):
    sign: str
    place: int


def call_at(text: str, row: int, column: int, language: str) -> Call | None:
    """The innermost call around the caret (`row` and `column` from 0); None outside, and in a comment."""
    code = _reach(text, row, column)
    stack: list[_Bracket] = []
    commas: list[list[int]] = [[]]
    for token in _TOKEN.finditer(code):
        kind, start = token.lastgroup, token.start()
        if kind == "comment":
            if (token[0][0] == "#") != (language == "python"):
                continue
            if token.end() == len(code) and not token[0].endswith("*/"):
                return None
        elif kind == "open":
            stack.append(_Bracket(token[0], start))
            commas.append([])
        elif kind == "close" and stack:
            stack.pop()
            commas.pop()
        elif kind == "comma":
            commas[-1].append(start)
    while stack:
        bracket, places = stack.pop(), commas.pop()
        if bracket.sign == "(" and (path := _called(code[: bracket.place])):
            written = code[(places[-1] if places else bracket.place) + 1 :]
            named = _KEYWORD.match(written) if language == "python" else None
            return Call(path, len(places), named[1] if named else "")
        if bracket.sign == "{" and language != "python" and _BODY.search(code[: bracket.place]):
            return None  # the body of a function that is handed in
    return None


def _reach(text: str, row: int, column: int) -> str:
    lines = text.split("\n")[: row + 1]
    lines[-1] = lines[-1][:column]
    first, reach = len(lines), 0
    while first and reach + len(lines[first - 1]) <= LONGEST_REACH:
        first -= 1
        reach += len(lines[first]) + 1
    return "\n".join(lines[first:])


def _called(before: str) -> str:
    """What stands before an opening parenthesis, if it is called there."""
    before = before.rstrip()
    path = path_before(before)
    if not path or _NOT_CALLED.match(path) or _DEFINED.search(before):
        return ""
    return path
