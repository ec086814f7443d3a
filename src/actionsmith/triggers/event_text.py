"""The JSON text of an event: reading it, and finding where in it a member stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import msgspec

from actionsmith.errors import UserError
from actionsmith.triggers.event_path import Step, Steps, parse_path, without_root

Tree = dict[Step, Any]  # a path's steps, one level each; the values are Trees again

_BYTE = re.compile(r" \(byte (\d+)\)")
_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]"
)
_SPACE = re.compile(r"[ \t\r\n]*")


class NotJson(Exception):
    """The text is not JSON: `line` and `column` count from 1, the message says what was expected."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class Position(msgspec.Struct, frozen=True):
    """A place in a text; `line` and `column` count from 1."""

    line: int
    column: int


def parse_event(text: str, *, name: str) -> dict[str, Any]:
    """The event in `text`. Raises UserError naming `name`, line and column when it is not a JSON object."""
    try:
        value = decode(text)
    except NotJson as problem:
        raise UserError(
            f"{name}, line {problem.line}, column {problem.column}: {not_json(problem)}"
        ) from None
    if not isinstance(value, dict):
        raise UserError(f"{name}, line 1: an event is a JSON object in {{ }}, but this is {kind_of(value)}")
    return value


def not_json(problem: NotJson) -> str:
    """What to say about a text that is not JSON, the place apart; what to do about it comes first."""
    return f"{problem}, so this is not JSON"


def decode(text: str) -> Any:
    """The JSON value in `text`. Raises NotJson."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as problem:
        raise _not_json(text, problem) from None
    except UnicodeEncodeError as problem:
        raise _at(text[: problem.start], "this character is not valid Unicode") from None
    except RecursionError:
        raise _too_deep() from None


def kind_of(value: Any) -> str:
    """What a JSON value is, with its article: `a string`, `an array`, `null`."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "an array"
    return "an object"


def position_of(text: str, path: str) -> Position | None:
    """Where the member at `path` (`user.email`, `event.user.identities[0]`) stands in a JSON text.

    That is its name for the member of an object, the start of the value for the item of an array.
    None when the text is not JSON or has no such member.
    """
    try:
        steps = without_root(parse_path(path))
    except UserError:
        return None
    return positions(text, [steps]).get(steps)


def positions(text: str, wanted: Iterable[Steps]) -> dict[Steps, Position]:
    """The places of many paths, and of what leads to them, in one go; paths that are not there are left out.

    Only the values on the way to a wanted path are walked here, the others are skipped by the
    decoder, so the time grows with the text and not with text times paths.
    """
    tree: Tree = {}
    for steps in wanted:
        branch = tree
        for step in steps:
            branch = branch.setdefault(step, {})
    offsets: dict[Steps, int] = {}
    with suppress(
        ValueError, IndexError, RecursionError
    ):  # a broken text has positions up to where it breaks
        _Finder(text, offsets).visit(_after_space(text, 0), tree, ())
    return _as_positions(text, offsets)


class _Finder:
    """One walk over a text that notes the offsets of the wanted paths."""

    def __init__(self, text: str, offsets: dict[Steps, int]) -> None:
        from json import JSONDecoder

        self._text = text
        self._offsets = offsets
        self._skip = JSONDecoder().raw_decode

    def visit(self, start: int, wanted: Tree, path: Steps) -> int:
        """Note what is wanted inside the value at `start`; returns the offset behind the value.

        Raises ValueError or IndexError where the text is not JSON.
        """
        self._offsets.setdefault(path, start)
        opening = self._text[start]
        if not wanted or opening not in "{[":
            return self._skip(self._text, start)[1]
        position = _after_space(self._text, start + 1)
        index = 0
        while self._text[position] not in "}]":
            step: Step = index
            place = position
            if opening == "{":
                step, behind = self._skip(self._text, position)
                position = _after_space(self._text, _after_space(self._text, behind) + 1)
            if step in wanted:
                self._offsets[(*path, step)] = place
                position = self.visit(position, wanted[step], (*path, step))
            else:
                position = self._skip(self._text, position)[1]
            index += 1
            position = _after_space(self._text, position)
            if self._text[position] == ",":
                position = _after_space(self._text, position + 1)
        return position + 1


def _after_space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start


def _as_positions(text: str, offsets: dict[Steps, int]) -> dict[Steps, Position]:
    """Offsets as lines and columns, counting each newline once."""
    found: dict[Steps, Position] = {}
    line, counted = 1, 0
    for steps, offset in sorted(offsets.items(), key=lambda item: item[1]):
        line += text.count("\n", counted, offset)
        counted = offset
        found[steps] = Position(line, offset - text.rfind("\n", 0, offset))
    return found


def _not_json(text: str, problem: msgspec.DecodeError) -> NotJson:
    """The complaint about a text, with the place where it stops being JSON."""
    import json

    try:
        value = json.loads(text)
    except json.JSONDecodeError as exact:  # its places are exact, those of the quick decoder are not
        if (comma := _needless_comma(text, exact.pos)) is not None:
            return _at(text[:comma], "there is a comma too many")
        return NotJson(exact.lineno, exact.colno, exact.msg[:1].lower() + exact.msg[1:])
    except RecursionError:
        return _too_deep()
    # what is left are things such as NaN, which the slow decoder lets pass
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        half = _SURROGATE.search(text)
        before = text[: half.start()] if half else ""
        return _at(before, "this is one half of a surrogate pair; a character beyond \\uffff needs both")
    place = _BYTE.search(str(problem))
    before = text.encode()[: int(place[1])].decode(errors="ignore") if place else ""
    return _at(before, _BYTE.sub("", str(problem)).removeprefix("JSON is malformed: ").partition(" - at ")[0])


def _needless_comma(text: str, place: int) -> int | None:
    """The offset of a comma with nothing before or behind it, if that is why the text breaks at `place`."""
    here, before, behind = text[place : place + 1], text[:place].rstrip(), text[place + 1 :].lstrip()
    if here == ",":
        is_first, is_last = before[-1:] in ("", ",", "[", "{"), behind[:1] in ("", "}", "]")
        return place if is_first or (is_last and before[-1:] != ":") else None
    return len(before) - 1 if here in ("}", "]") and before.endswith(",") else None


def _too_deep() -> NotJson:
    return NotJson(1, 1, "it is nested too deeply to be read")


def _at(before: str, message: str) -> NotJson:
    """The error of what stands behind the text `before`."""
    return NotJson(before.count("\n") + 1, len(before) - before.rfind("\n"), message)
