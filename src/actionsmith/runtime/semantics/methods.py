"""Which function gives a method its meaning, and which calls a host has to wait for."""

from __future__ import annotations

import re
from functools import cache

from actionsmith.runtime.semantics.calls import Call, Meaning
from actionsmith.runtime.semantics.effects import effect_of
from actionsmith.runtime.semantics.families import family_meaning
from actionsmith.runtime.semantics.signature import find_method
from actionsmith.triggers import loader
from actionsmith.triggers.model import Method, Param, Trigger

Patterns = tuple[str | None, ...]
"""Per argument a regular expression (of both languages) that its text matches as a whole; None: any value."""

# Methods Actions call most and that throw for nothing but an argument of the wrong kind.
_CALM = (
    "access.deny",
    "accessToken.setCustomClaim",
    "idToken.setCustomClaim",
    "multifactor.enable",
    "user.setAppMetadata",
    "user.setUserMetadata",
)


@cache
def meaning_of(trigger_id: str, path: str) -> Meaning:
    """What the method at `path` (without `api.`) does. Raises ApiError when there is none."""
    method = find_method(trigger_id, path)
    meaning = family_meaning(path)
    if meaning is not None:
        return meaning
    effect = effect_of(method.effect, method.params)
    return Meaning(effect if effect is not None else _not_simulated)


def asks(trigger: Trigger) -> frozenset[str]:
    """Paths (without `api.`) of the methods that may throw or return a value: the host has to wait.

    These are all methods, for all of them check their arguments. A call whose arguments are as
    `plain_arguments` says need not be waited for even so.
    """
    return frozenset(_methods(trigger))


def plain_arguments(trigger: Trigger) -> dict[str, Patterns]:
    """By path (without `api.`), with which arguments a call can neither throw nor return a value.

    One pattern per argument, no more and no fewer: a regular expression, the same in JavaScript and
    Python, that a string has to match as a whole, or None for any value but `undefined`. Such calls may
    be recorded and sent later, in order with the others.
    """
    methods = _methods(trigger)
    return {path: _patterns(methods[path]) for path in _CALM if path in methods and _is_calm(methods[path])}


@cache
def has_effect(path: str) -> bool:
    """False for methods that only read or compute, such as `cache.get` and `redirect.encodeToken`."""
    for trigger_id in loader.trigger_ids():
        for method in loader.trigger(trigger_id).api:
            if method.path == f"api.{path}":
                return method.effect.split(" ")[0] != "none"
    return True


def _methods(trigger: Trigger) -> dict[str, Method]:
    methods = (*trigger.api, *trigger.api_unreferenced)
    return {method.path.removeprefix("api."): method for method in methods}


def _is_calm(method: Method) -> bool:
    return not any(param.limits for param in method.params)


def _patterns(method: Method) -> Patterns:
    return tuple(
        _pattern(method, param) for param in method.params if not param.optional and "." not in param.name
    )


def _pattern(method: Method, param: Param) -> str | None:
    if param.type != "string":
        return None
    if param.enum:
        return "|".join(re.escape(word) for word in param.enum)
    words: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    if param.name == "key" and method.path.endswith("setCustomClaim"):
        words = loader.word_list("throwing_claims")
    elif param.name == "key":
        characters = loader.word_list("metadata_key_forbidden_characters")
        if method.path.endswith("setAppMetadata"):
            words = loader.word_list("reserved_app_metadata_keys")
    text = f"[^{re.escape(''.join(characters))}]*" if characters else r"[\s\S]*"
    return f"(?!(?:{'|'.join(re.escape(word) for word in words)})$){text}" if words else text


def _not_simulated(call: Call) -> None:
    call.warn(f"recorded, but what it does is not simulated ({call.method.effect})")
