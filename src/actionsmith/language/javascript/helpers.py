"""Gives functions their types to which every call hands the `event` or `api` of a handler."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

MOST = 100
"""Places of one name that are looked at."""

_FARTHEST = 400
"""Characters of one list of arguments or parameters."""

_CALLED = re.compile(r"(?<![\w$.])(?P<name>[A-Za-z_$][\w$]*)\s*\Z")
_NO_FUNCTIONS = {"if", "for", "while", "switch", "catch", "return", "function", "await", "typeof", "async"}
_OPENED, _CLOSED = "([{", ")]}"
_NEXT, _LAST = re.compile(r"\s*(\S?)"), re.compile(r"(\S?)\s*\Z")

_LIST = re.compile(r"\s*\(")
_FUNCTION = re.compile(r"(?<![\w$])(?:export\s+)?(?:async\s+)?function\s*\*?\s*\Z")
_VARIABLE = re.compile(r"(?<![\w$])(?:export\s+)?(?:const|let|var)\s+\Z")
_IS_FUNCTION = re.compile(r"\s*=\s*(?:async\b\s*)?(?P<word>(?:function\b\s*[\w$]*\s*)?)\(")
_ARROW = re.compile(r"\s*=>")
_BEFORE = 40
"""Characters in front of a name that are read."""


class _Item(NamedTuple):
    """An argument or a parameter, and where it starts."""

    text: str
    start: int


class _Definition(NamedTuple):
    """The parameters of a function, and where the statement starts that defines it."""

    parameters: list[_Item]
    start: int


class Given(NamedTuple):
    """A parameter that is always given the one at `position` of a handler.

    `start` is the offset at which it is written, `function` that of the statement with its function.
    """

    start: int
    position: int
    function: int


def parameters_given(text: str, names: Mapping[str, int]) -> Iterator[Given]:
    """The parameters that are given what a handler was given.

    `names` are what the handlers call theirs, with their positions. Of a function called in different ways
    nothing is known.
    """
    for function in _functions_given(text, names):
        calls, definitions = _uses(text, function)
        for definition in definitions:
            for index, parameter in enumerate(definition.parameters):
                given = {call[index].text for call in calls if index < len(call)}
                known = names.get(given.pop()) if len(given) == 1 else None
                if known is not None and not parameter.text.startswith("..."):
                    yield Given(parameter.start, known, definition.start)


def _functions_given(text: str, names: Iterable[str]) -> set[str]:
    """The names of functions that are called with one of `names` somewhere."""
    functions = set()
    for name in names:
        for start in _places(text, name):
            before = _LAST.search(text, max(0, start - _BEFORE), start)
            after = _NEXT.match(text, start + len(name))
            if not before or before[1] not in ("(", ",") or not after or after[1] not in (")", ","):
                continue
            opening = _opening(text, start)
            called = _CALLED.search(text, max(0, opening - _FARTHEST), opening) if opening >= 0 else None
            if called and called["name"] not in _NO_FUNCTIONS:
                functions.add(called["name"])
    return functions


def _places(text: str, word: str) -> Iterator[int]:
    """Where a name stands by itself, for the first `MOST` times."""
    whole = re.compile(rf"{re.escape(word)}(?![\w$])")
    for found in islice(whole.finditer(text), MOST):
        if found.start() == 0 or not (text[found.start() - 1].isalnum() or text[found.start() - 1] in "_$."):
            yield found.start()


def _opening(text: str, end: int) -> int:
    """Where the parenthesis opens that `end` is inside of, or -1."""
    depth = 0
    for at in range(end - 1, max(-1, end - _FARTHEST), -1):
        if text[at] in _CLOSED:
            depth += 1
        elif text[at] in _OPENED:
            depth -= 1
            if depth < 0:
                return at if text[at] == "(" else -1
    return -1


def _uses(text: str, function: str) -> tuple[list[list[_Item]], list[_Definition]]:
    """What a function is called with each time, and how it is defined."""
    calls, definitions = list[list[_Item]](), list[_Definition]()
    for start in _places(text, function):
        end, front = start + len(function), text[max(0, start - _BEFORE) : start]
        opened, defined = _LIST.match(text, end), _FUNCTION.search(front)
        if opened is None:
            opened, defined = _IS_FUNCTION.match(text, end), _VARIABLE.search(front)
            if opened is None or defined is None:
                continue
        items, closed = _list(text, opened.end())
        is_arrow = opened.groupdict().get("word") == ""
        if closed < 0 or (is_arrow and not _ARROW.match(text, closed)):
            continue
        if defined:
            definitions.append(_Definition(items, start - len(front) + defined.start()))
        else:
            calls.append(items)
    return calls, definitions


def _list(text: str, start: int) -> tuple[list[_Item], int]:
    """What stands between commas up to the parenthesis that closes, and the place behind that, or -1."""
    items, depth, begun = list[_Item](), 0, start
    for at in range(start, min(len(text), start + _FARTHEST)):
        letter = text[at]
        if letter in _OPENED:
            depth += 1
        elif letter == "," and depth == 0:
            items.append(_item(text, begun, at))
            begun = at + 1
        elif letter in _CLOSED:
            depth -= 1
            if depth < 0:
                if letter != ")":
                    break
                return [*items, _item(text, begun, at)], at + 1
    return [], -1


def _item(text: str, start: int, end: int) -> _Item:
    written = text[start:end]
    return _Item(written.strip(), start + len(written) - len(written.lstrip()))
