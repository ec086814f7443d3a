"""The types the contract writes: `string`, `array<object>`, `map<string, any>`, `object | null` ..."""

from __future__ import annotations

from functools import cache

import msgspec

_ANY_JSON = "any JSON value"


class Part(msgspec.Struct, frozen=True):
    """One alternative of a type.

    `name` is string, number, boolean, object, any, null, undefined, void, array, map, Promise or
    the name of a named type. `element` is the type of an array's items, of a map's values, of a
    promise's result; `members` are those of an object that is written out, such as `{value: any}`.
    """

    name: str
    element: tuple[Part, ...] = ()
    members: tuple[tuple[str, tuple[Part, ...]], ...] = ()


Type = tuple[Part, ...]
"""The alternatives of a type; one for most."""


@cache
def parse_type(text: str) -> Type:
    """The type that the contract writes as `text`. Raises ValueError where it cannot be read."""
    reader = _Reader(text.replace(_ANY_JSON, "any"))
    parsed = reader.union()
    if reader.rest():
        raise ValueError(f"the type '{text}' cannot be read at '{reader.rest()}'")
    return parsed


def format_type(kind: Type) -> str:
    """The text of a type, as the contract would write it."""
    return " | ".join(_format_part(part) for part in kind)


def _format_part(part: Part) -> str:
    if part.members:
        members = ", ".join(f"{name}: {format_type(kind)}" for name, kind in part.members)
        return f"{{{members}}}"
    if not part.element:
        return part.name
    key = "string, " if part.name == "map" else ""
    return f"{part.name}<{key}{format_type(part.element)}>"


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def rest(self) -> str:
        return self._text[self._at :].strip()

    def union(self) -> Type:
        parts = [self._part()]
        while self._takes("|"):
            parts.append(self._part())
        return tuple(parts)

    def _part(self) -> Part:
        if self._takes("{"):
            members = []
            while not self._takes("}"):
                name = self._word()
                self._expect(":")
                members.append((name, self.union()))
                self._takes(",")
            return Part("object", members=tuple(members))
        name = self._word()
        if not self._takes("<"):
            return Part(name)
        if name == "map":
            self._word()
            self._expect(",")
        element = self.union()
        self._expect(">")
        return Part(name, element)

    def _word(self) -> str:
        self._skip_space()
        start = self._at
        while self._at < len(self._text) and (self._text[self._at].isalnum() or self._text[self._at] in "_."):
            self._at += 1
        if start == self._at:
            raise ValueError(f"the type '{self._text}' lacks a name at '{self.rest()}'")
        return self._text[start : self._at]

    def _takes(self, sign: str) -> bool:
        self._skip_space()
        if not self._text.startswith(sign, self._at):
            return False
        self._at += len(sign)
        return True

    def _expect(self, sign: str) -> None:
        if not self._takes(sign):
            raise ValueError(f"the type '{self._text}' lacks '{sign}' at '{self.rest()}'")

    def _skip_space(self) -> None:
        while self._text.startswith(" ", self._at):
            self._at += 1
