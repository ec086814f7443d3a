"""Where code is, and where only comments and strings are, in a JavaScript text."""

from __future__ import annotations

import re
from collections.abc import Iterable

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


def in_code(text: str, offsets: Iterable[int]) -> set[int]:
    """Those of the offsets that are outside of comments over many lines and of template strings.

    Line comments and plain strings count as code: what is asked for here does no harm in them.
    """
    left = sorted(offsets, reverse=True)
    kept = set(left)
    if not left or (text.rfind("/*", 0, left[0]) < 0 and text.rfind("`", 0, left[0]) < 0):
        return kept
    for found in _NO_CODE.finditer(text, 0, left[0] + 1):
        while left and left[-1] <= found.start():
            left.pop()
        while left and left[-1] < found.end():
            if found[0].startswith(("/*", "`")):
                kept.discard(left[-1])
            left.pop()
    return kept


def without_comments(text: str) -> str:
    """The text with its comments blanked, everything else at its place."""
    return _NO_CODE.sub(_blanked, text)


def _blanked(found: re.Match[str]) -> str:
    return _LETTERS.sub(" ", found[0]) if found[0][0] == "/" else found[0]
