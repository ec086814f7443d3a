"""The `effect` lines of the contract, carried out: `access.denied = {reason}; a.b[key] = value`.

Enough for most methods; a method whose effect says more than an assignment has a function in a family.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

from actionsmith.runtime.semantics.calls import Call, Effect
from actionsmith.triggers.model import Param

_ASSIGNMENT = re.compile(r"([\w.]+)(?:\[(\w+)\])? = (?:(\w+)|\{([^}]*)\})(?: \(.*\))?")
_LITERALS: dict[str, Any] = {"true": True, "false": False}


class _Assignment(msgspec.Struct, frozen=True):
    """`path = name`, `path[key] = name` or `path = {item, label: item}`."""

    path: str
    key: str | None
    name: str | None
    items: tuple[tuple[str, str], ...]


def effect_of(line: str, params: Sequence[Param]) -> Effect | None:
    """What an `effect` line does, for a method with these parameters (`options.query` included).

    None when the line is more than assignments of parameters and fixed words.
    """
    if line == "none":
        return _nothing
    assignments = _parsed(line)
    by_last_part = {param.name.rpartition(".")[2]: param for param in params}
    for param in params:
        root = param.name.partition(".")[0]
        by_last_part.setdefault(root, Param(name=root, type="object", optional=True))
    if assignments is None or not all(_is_known(one, by_last_part) for one in assignments):
        return None

    def carry_out(call: Call) -> None:
        for assignment in assignments:
            _assign(call, assignment, by_last_part)

    return carry_out


def _nothing(call: Call) -> None:
    """The effect `none`."""


@cache
def _parsed(line: str) -> tuple[_Assignment, ...] | None:
    assignments = []
    for part in line.split(";"):
        match = _ASSIGNMENT.fullmatch(part.strip())
        if match is None:
            return None
        path, key, name, items = match.groups()
        pairs = [item.strip().partition(": ") for item in (items or "").split(",") if item.strip()]
        assignments.append(
            _Assignment(path, key, name, tuple((label, word or label) for label, _, word in pairs))
        )
    return tuple(assignments)


def _is_known(assignment: _Assignment, params: dict[str, Param]) -> bool:
    """Every name is a parameter; a word after a label may be fixed text instead."""
    names = [name for name in (assignment.key, assignment.name) if name is not None]
    names += [label for label, word in assignment.items if label == word]
    return all(name in params for name in names)


def _assign(call: Call, assignment: _Assignment, params: dict[str, Param]) -> None:
    if assignment.name is None:
        value: Any = {}
        for label, word in assignment.items:
            item = _value(call, word, params)
            if item is not None:
                value[label] = item
    else:
        value = _value(call, assignment.name, params)
    if assignment.key is None:
        call.ledger.put(assignment.path, value)
    else:
        key = call.get(params[assignment.key].name)
        call.ledger.put(assignment.path, {**(call.ledger.at(assignment.path) or {}), key: value})


def _value(call: Call, word: str, params: dict[str, Param]) -> Any:
    param = params.get(word)
    return _LITERALS.get(word, word) if param is None else call.get(param.name, param.default)
