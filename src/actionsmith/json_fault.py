"""What is wrong with JSON that has another shape than expected, in the words of the person who wrote it."""

from __future__ import annotations

import re

import msgspec

_KINDS = {
    "array": "an array",
    "bool": "a boolean",
    "float": "a number",
    "int": "a whole number",
    "object": "an object",
    "str": "a string",
}
_OTHER_KIND = re.compile(r"Expected `(.+)`, got `(.+)`")
_MISSING = re.compile(r"Object missing required field `(.+)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(.+)`")
_ANY_VALUE = "[...]"


def json_fault(error: msgspec.ValidationError, root: str = "$") -> str:
    """The complaint of msgspec with its place: `$[0].status must be a whole number, not a string`.

    `root` is the JSON path of the value that was decoded; of the document as a whole it is not mentioned.
    """
    complaint, _, path = str(error).rpartition(" - at ")
    if not complaint:
        complaint, path = path, "$"
    path = root + path.strip("`").removeprefix("$")
    place = f"a value in {path.removesuffix(_ANY_VALUE)}" if path.endswith(_ANY_VALUE) else path
    return f"{'it' if place == '$' else place} {_predicate(complaint)}"


def _predicate(complaint: str) -> str:
    if found := _OTHER_KIND.fullmatch(complaint):
        return f"must be {_kinds(found[1])}, not {_kinds(found[2])}"
    if found := _MISSING.fullmatch(complaint):
        return f"has no member '{found[1]}'"
    if found := _UNKNOWN.fullmatch(complaint):
        return f"has an unknown member '{found[1]}'"
    return f"does not fit: {complaint}"


def _kinds(names: str) -> str:
    return " or ".join(_KINDS.get(name, name) for name in names.split(" | "))
