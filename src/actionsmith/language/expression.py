"""Reads code backwards from the caret: which path, string or import is being written there."""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(r"[\w$]*\Z")
_CONTINUED = re.compile(r"\s*\??\.")
_BRACKETS = {")": "(", "]": "["}
LONGEST_REACH = 2_000
"""Characters before the caret that are read at most; a longer expression is not completed."""


class OpenString(NamedTuple):
    """A string that starts before the caret on its line: its quote, what is before, what is in it."""

    quote: str
    before: str
    content: str


def word_before(code: str) -> str:
    """The letters directly before the caret."""
    found = _WORD.search(code)
    return found[0] if found else ""


def code_before(text: str, line: int, column: int) -> str:
    """The code up to the caret, from the line where its expression starts: a line that begins with
    a dot belongs to the one above it."""
    lines = text.split("\n")
    first = min(line, len(lines) - 1)
    parts = [lines[first][:column]]
    while first > 0 and _CONTINUED.match(parts[0]):
        first -= 1
        parts.insert(0, lines[first])
    return "\n".join(parts)[-LONGEST_REACH:]


def path_before(code: str) -> str:
    """The path that ends at the caret: `api.idToken` for `x = api.idToken`, with its calls and indexes.

    White space around dots is left out, and `?.` becomes `.`; an empty string when there is none.
    """
    end = len(code)
    parts: list[str] = []
    while True:
        start = end
        while start and code[start - 1] in _BRACKETS:
            start = _opening(code, start - 1)
            if start < 0:
                return ""
        word = word_before(code[:start])
        start -= len(word)
        if not word:
            return "".join(reversed(parts)) if not parts or parts[-1] != "." else ""
        parts.append(code[start:end])
        before = code[:start].rstrip()
        if not before.endswith(".") or before.endswith(".."):
            return "".join(reversed(parts))
        before = before[:-1].removesuffix("?").rstrip()
        parts.append(".")
        end = len(before)


def open_string(code: str, language: str) -> OpenString | None:
    """The string the caret is in, None outside. The code parts of f-strings and templates are outside."""
    quote, start = "", 0
    last_line = code.rpartition("\n")[2]
    index = 0
    while index < len(last_line):
        character = last_line[index]
        if quote:
            if character == "\\":
                index += 1
            elif character == quote:
                quote = ""
        elif character in "\"'" or (character == "`" and language == "javascript"):
            quote, start = character, index
        index += 1
    if not quote:
        return None
    before, content = last_line[:start], last_line[start + 1 :]
    opening = "${" if quote == "`" else "{" if language == "python" and before[-1:] in ("f", "F") else ""
    if opening and content.rfind(opening) > content.rfind("}"):
        return None
    return OpenString(quote, before, content)


def _opening(code: str, closing: int) -> int:
    """The place of the bracket that belongs to the one at `closing`, -1 when it is missing."""
    depth = 0
    for index in range(closing, -1, -1):
        if code[index] in _BRACKETS:
            depth += 1
        elif code[index] in _BRACKETS.values():
            depth -= 1
            if not depth:
                return index
    return -1
