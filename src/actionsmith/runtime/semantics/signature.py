"""The arguments a method takes, from the contract, and the check of what a call gives."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from actionsmith.errors import did_you_mean
from actionsmith.runtime.semantics.answers import UNDEFINED, ApiError
from actionsmith.runtime.semantics.value_types import Member, Mismatch, Note, as_json, check, missing, tree
from actionsmith.triggers import loader
from actionsmith.triggers.model import Method, Param

# Contract README, "Seen in the wild": signups are refused with one argument in production.
_MAY_BE_LEFT_OUT = {("pre-user-registration", "api.access.deny"): "userMessage"}
_ANY = "any JSON value"
_MAY_HOLD_NUMBERS = (float, dict, list)
_QUOTED_OPENING = re.compile(r'message start(?:s|ing) "([^"]+)"')


class Signature(msgspec.Struct):
    """A method with its parameters in order. `judges` says that it looks at odd values itself."""

    method: Method
    parameters: tuple[Member, ...]
    judges: bool = False

    def bind(self, args: list[Any], note: Note) -> dict[str, Any]:
        """The arguments by parameter name; those not given, or given as null where optional, are left out.

        `undefined` stays for parameters that take any value or null: what it means there differs.
        Raises ApiError for a value that does not fit. `note` takes what is odd but not wrong.
        """

        def note_here(text: str) -> None:
            note(f"{self.method.path}: {text}")

        bound: dict[str, Any] = {}
        for at, parameter in enumerate(self.parameters):
            given = args[at] if at < len(args) else None
            if at >= len(args) or (given is UNDEFINED and not _takes_undefined(parameter)):
                if not parameter.optional:
                    raise self._error(missing(parameter, parameter.name))
                continue
            if given is UNDEFINED:
                bound[parameter.name] = given
                continue
            if given is None and parameter.optional:
                continue
            bound[parameter.name] = given
            if type(given) is str and parameter.type == "string" and given in parameter.enum:
                continue  # one of the words it takes: nothing else can be wrong with it
            try:
                check(given, parameter, parameter.name, note_here)
            except Mismatch as mismatch:
                raise self._error(str(mismatch)) from None
            if type(given) in _MAY_HOLD_NUMBERS and not self.judges:
                bound[parameter.name] = as_json(given, parameter.name, note_here)
        if len(args) > len(self.parameters):
            note(f"{self.method.path} takes {_count(len(self.parameters))}; the others were ignored")
        return bound

    def _error(self, text: str) -> ApiError:
        return ApiError(f"{opening(self.method)}{text}", "TypeError")


@cache
def signature(trigger_id: str, path: str, unchecked: tuple[str, ...] = ()) -> Signature:
    """The signature of `path` (without `api.`) in a trigger.

    `unchecked` names parameters and members of them that the method judges itself: any value passes, and
    none. Raises ApiError when the trigger has no such method.
    """
    method = find_method(trigger_id, path)
    left_out = _MAY_BE_LEFT_OUT.get((trigger_id, method.path))
    parameters = tree(
        (param.name, param.type, param.optional or param.name == left_out, param.enum, param.limits)
        for param in _params(method)
    )
    for name in unchecked:
        member = _member(parameters, name)
        member.type, member.optional, member.limits = _ANY, True, ""
    return Signature(method, tuple(parameters.values()), judges=bool(unchecked))


def _member(members: dict[str, Member], name: str) -> Member:
    *way, last = name.split(".")
    for part in way:
        members = members[part].members
    return members[last]


def opening(method: Method) -> str:
    """How messages of a method begin: its path, after the words the contract quotes in a rule, if any."""
    for rule in method.rules:
        quoted = _QUOTED_OPENING.search(rule)
        if quoted is not None:
            return f"{quoted[1]}: {method.path}: "
    return f"{method.path}: "


def find_method(trigger_id: str, path: str) -> Method:
    """A method by its path without `api.`, the unadvertised ones included. Raises ApiError."""
    trigger = loader.trigger(trigger_id)
    methods = {method.path: method for method in (*trigger.api, *trigger.api_unreferenced)}
    found = methods.get(f"api.{path}")
    if found is None:
        hint = did_you_mean(f"api.{path}", methods)
        raise ApiError(f"api.{path} does not exist in {trigger_id}{hint}", "TypeError")
    return found


def _params(method: Method) -> tuple[Param, ...]:
    """Parameters, for an unadvertised method those of its twin in another trigger, or any value."""
    if method.params or method.signature.endswith("()"):
        return method.params
    for trigger_id in loader.trigger_ids():
        for twin in loader.trigger(trigger_id).api:
            if twin.path == method.path:
                return twin.params
    names = method.signature.partition("(")[2].rstrip(")").split(",")
    return tuple(
        Param(name=name.strip().rstrip("?"), type=_ANY, optional=name.strip().endswith("?")) for name in names
    )


def _takes_undefined(parameter: Member) -> bool:
    return "any" in parameter.type.split() or parameter.type.endswith("| null")


def _count(number: int) -> str:
    words = {0: "no arguments", 1: "one argument"}
    return words.get(number, f"{number} arguments")
