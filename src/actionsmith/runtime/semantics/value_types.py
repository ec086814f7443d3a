"""Does a JSON value fit a type of the contract (`string | null`, `array<Actor>`)? If not, why not."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import msgspec

from actionsmith.errors import did_you_mean, near_name
from actionsmith.runtime.semantics.answers import UNDEFINED
from actionsmith.runtime.semantics.argument_limits import broken_limit
from actionsmith.triggers import loader

Note = Callable[[str], None]
"""Takes a sentence about something that is odd but not wrong."""


class Mismatch(Exception):
    """A value does not fit; the text says where, what was expected and what was found."""


class Member(msgspec.Struct):
    """A parameter, or a member of an object: what values it takes."""

    name: str
    type: str = "object"
    optional: bool = True
    enum: tuple[str, ...] = ()
    limits: str = ""
    members: dict[str, Member] = {}


Field = tuple[str, str, bool, tuple[str, ...], str]
"""Dotted name, type, optional, enum, limits."""


def tree(fields: Iterable[Field]) -> dict[str, Member]:
    """Members by name from flat entries.

    `options.ttl` without an entry `options` makes an object that is optional when all its members are.
    """
    roots: dict[str, Member] = {}
    implied: list[Member] = []
    for name, type_text, optional, enum, limits in fields:
        *way, last = name.split(".")
        siblings = roots
        for part in way:
            if part not in siblings:
                siblings[part] = Member(part)
                implied.append(siblings[part])
            siblings = siblings[part].members
        siblings[last] = Member(last, type_text, optional, enum, limits)
    for member in implied:
        member.optional = all(inner.optional for inner in member.members.values())
    return roots


def check(value: Any, member: Member, where: str, note: Note) -> None:
    """Raise Mismatch when `value` does not fit `member`; `where` is what messages call the value."""
    _check_type(value, member.type, where, note)
    if member.enum and value not in member.enum:
        raise Mismatch(
            f"{where} must be {_one_of(member.enum)}, not {_shown(value)}{_near(value, member.enum)}"
        )
    problem = broken_limit(value, member.limits) if member.limits else None
    if problem is not None:
        raise Mismatch(f"{where} {problem}")
    if isinstance(value, dict) and (member.members or member.type in loader.named_types()):
        _check_members(value, member, where, note)


def as_json(value: Any, where: str, note: Note) -> Any:
    """The value as JSON can hold it: NaN and the infinities in it are null, which `note` is told."""
    if isinstance(value, float) and not math.isfinite(value):
        note(f"{where} is {kind(value)}, of which JSON makes null")
        return None
    if isinstance(value, dict):
        return {name: as_json(item, f"{where}.{name}", note) for name, item in value.items()}
    if isinstance(value, list):
        return [as_json(item, f"{where}[{at}]", note) for at, item in enumerate(value)]
    return value


def is_finite(value: Any) -> bool:
    """Whether `value` is a number other than NaN and the infinities; true and false are no numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def kind(value: Any) -> str:
    """What a value is, in JSON's words with an article: `a string`, `null`."""
    if value is UNDEFINED:
        return "undefined"
    if value is None:
        return "null"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "infinite"
    for types, name in _KINDS:
        if isinstance(value, types):
            return name
    return type(value).__name__


def described(type_text: str) -> str:
    """A type of the contract in words: `array<string>` is `an array of strings`."""
    kinds = [_described_one(part) for part in _parts(type_text)]
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "a boolean"),
    ((int, float), "a number"),
    (str, "a string"),
    (list, "an array"),
    (dict, "an object"),
)
_WORDS = {
    "string": "a string",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
    "any": "any JSON value",
    "any JSON value": "any JSON value",
}
_PLURALS = {"string": "strings", "number": "numbers", "boolean": "booleans"}
_SCALARS: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "number": is_finite,
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "any": lambda value: True,
    "any JSON value": lambda value: True,
}


def _check_type(value: Any, type_text: str, where: str, note: Note) -> None:
    parts = _parts(type_text)
    for part in parts:
        if _fits(value, part):
            if part.startswith("array<"):
                for at, item in enumerate(value):
                    check(item, Member("", part[6:-1]), f"{where}[{at}]", note)
            elif part == "map<string, string>":
                _check_strings(value, where)
            return
    raise Mismatch(f"{where} must be {described(type_text)}, not {kind(value)}")


def _fits(value: Any, part: str) -> bool:
    scalar = _SCALARS.get(part)
    if scalar is not None:
        return scalar(value)
    return isinstance(value, list if part.startswith("array<") else dict)


def _check_strings(value: dict[str, Any], where: str) -> None:
    """Scalars pass: as part of a URL they become text."""
    for name, item in value.items():
        if isinstance(item, list | dict) or item is None:
            raise Mismatch(f"{where}.{name} must be a string, not {kind(item)}")


def _check_members(value: dict[str, Any], member: Member, where: str, note: Note) -> None:
    named = _named_members(member.type)
    known = {**named, **member.members}
    for name, inner in known.items():
        given = value.get(name)
        path = f"{where}.{name}"
        if given is None and inner.optional:
            continue
        if name not in value:
            meant = near_name(name, [other for other in value if other not in known])
            hint = f"; '{meant}' is to be called '{name}'" if meant else ""
            raise Mismatch(f"{missing(inner, path)}{hint}")
        check(given, inner, path, note)
        if name in named and name in member.members:
            check(given, named[name], path, note)
    if _is_open(member.type):
        return
    for name in value:
        if name not in known:
            hint = did_you_mean(name, known) or f"; it takes {', '.join(known)}"
            note(f"{where} has a member '{name}' that means nothing{hint}")


def missing(member: Member, where: str) -> str:
    """The sentence for a required value that was not given."""
    expected = _one_of(member.enum) if member.enum else described(member.type)
    return f"{where} is missing; it must be {expected}"


@cache
def _parts(type_text: str) -> tuple[str, ...]:
    """The alternatives of a union; a `|` inside `<...>` belongs to the inner type."""
    parts, depth, start = [], 0, 0
    for at, character in enumerate(type_text):
        depth += (character == "<") - (character == ">")
        if character == "|" and depth == 0:
            parts.append(type_text[start:at].strip())
            start = at + 1
    parts.append(type_text[start:].strip())
    return tuple(parts)


@cache
def _named_members(type_text: str) -> dict[str, Member]:
    named = loader.named_types().get(type_text)
    if named is None:
        return {}
    return tree((field.name, field.type, field.optional, field.enum, "") for field in named.fields)


def _is_open(type_text: str) -> bool:
    named = loader.named_types().get(type_text)
    return type_text.startswith("map<") or (named is not None and named.open)


def _described_one(part: str) -> str:
    if part.startswith("array<"):
        inner = part[6:-1]
        return f"an array of {_PLURALS[inner]}" if inner in _PLURALS else "an array"
    return _WORDS.get(part, "an object")


def _one_of(values: tuple[str, ...]) -> str:
    quoted = [f"'{value}'" for value in values]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _shown(value: Any) -> str:
    return f"'{value[:60]}'" if isinstance(value, str) else kind(value)


def _near(value: Any, values: tuple[str, ...]) -> str:
    return did_you_mean(value, values) if isinstance(value, str) else ""
