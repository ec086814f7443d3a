"""Where code is, and where only comments and strings are, in a JavaScript text."""

from __future__ import annotations

import re

_NO_CODE = re.compile(
    r"""
    //[^\r\n]*
    | /\*.*?(?:\*/|\Z)
    | "(?:[^"\\\r\n]|\\.)*"?
    | '(?:[^'\\\r\n]|\\.)*'?
    | `(?:[^`\\]|\\.)*(?:`|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)
_LETTERS = re.compile(r"[^\r\n]")


def is_code(text: str, offset: int) -> bool:
    """Whether an offset is outside of comments over many lines and template strings.

    Line comments and plain strings count as code: what is asked for here does no harm in them.
    """
    if text.rfind("/*", 0, offset) < 0 and text.rfind("`", 0, offset) < 0:
        return True
    for found in _NO_CODE.finditer(text):
        if found.start() >= offset:
            return True
        if offset < found.end():
            return found[0][0] in "\"'" or found[0].startswith("//")
    return True


def without_comments(text: str) -> str:
    """The text with its comments blanked, everything else at its place."""
    return _NO_CODE.sub(_blanked, text)


def _blanked(found: re.Match[str]) -> str:
    return _LETTERS.sub(" ", found[0]) if found[0][0] == "/" else found[0]
