"""What the contract says a call must not be given, parameter by parameter: the rows that follow from it."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from actionsmith.triggers.model import Method, Param
from method_table.calls import Accepted, Refused

# One argument is accepted in production: README of the contract, "Seen in the wild".
MAY_BE_LEFT_OUT = {("pre-user-registration", "api.access.deny", "userMessage")}

# Per type: values that do not fit, with what the message says after the parameter's name.
WRONG: dict[str, list[tuple[Any, str]]] = {
    "string": [(5, " must be"), ({"a": 1}, " must be"), (True, " must be")],
    "number": [("soon", " must be a number, not a string"), (True, " must be a number, not a boolean")],
    "boolean": [("yes", " must be true or false, not a string"), (1, " must be true or false, not a number")],
    "string | null": [(5, " must be a string or null, not a number")],
    "string | number | boolean | null": [({"a": 1}, " must be"), (["a"], " must be")],
    "string | number | boolean | array<string | number | boolean> | null": [
        ({"a": 1}, " must be"),
        (["a", None], "[1] must be"),
    ],
    "array<string>": [
        ("a", " must be an array of strings, not a string"),
        (["a", 5], "[1] must be a string"),
    ],
    "array<FactorSelector>": [
        ({"type": "otp"}, " must be an array"),
        ([{"type": "x"}], "[0].type must be '"),
    ],
    "array<EnrollmentFactorSelector>": [
        ([{"type": "email"}], "[0].type must be '"),
        ([{}], "[0].type is missing"),
    ],
    "map<string, any>": [
        ("a", " must be an object, not a string"),
        (["a"], " must be an object, not an array"),
    ],
    "map<string, string>": [
        ("a=b", " must be an object"),
        ({"a": ["b"]}, ".a must be a string, not an array"),
    ],
    "FactorSelector": [("otp", " must be an object, not a string"), ({}, ".type is missing")],
    "EnrollmentFactorSelector": [("otp", " must be an object, not a string")],
    "DuoProviderOptions": [("x", " must be an object"), ({"ikey": "i", "skey": "s"}, ".host is missing")],
    "SetUserByConnectionAttributes": [("u", " must be an object"), ({}, ".user_id is missing")],
    "Actor": [("someone", " must be an object"), ({"team": "a"}, ".sub is missing")],
    "any JSON value": [],
    "any JSON value | null": [],
}


def actors(levels: int) -> dict[str, Any]:
    """A chain of actors."""
    return {"sub": "a", "act": actors(levels - 1)} if levels > 1 else {"sub": "a"}


def keys(count: int) -> dict[str, Any]:
    """That many members."""
    return {f"k{number}": number for number in range(count)}


# Per text of `limits` that is not only a number of characters: values beyond it.
BEYOND: dict[str, list[tuple[Any, str]]] = {
    "1 to 280 characters after trimming, no whitespace": [
        ("", " must not be empty"),
        ("   ", " must not be empty"),
        ("a b", " must not contain white space"),
        ("a\tb", " must not contain white space"),
        ("x" * 281, " may have at most 280 characters"),
    ],
    "at most 1000 distinct scopes, each 1 to 280 characters after trimming, no whitespace": [
        (["ok", ""], "[1] must not be empty"),
        (["ok", "a b"], "[1] must not contain white space"),
    ],
    "http or https URL": [
        (url, " must be an http or https URL")
        for url in ("face", "ftp://a.example", "https://", "https://x y", "https://a:99999", "mailto:a@b")
    ],
    "strings at most 2048 characters": [
        ("x" * 2049, " may have"),
        ("é" * 1025, " may have at most 2,048 bytes"),
        (["a", "x" * 2049], " may have at most 2,048 bytes"),
    ],
    "at most 10 entries of 512 characters": [
        (["x"] * 11, " may have at most 10 entries"),
        (["x" * 513], " may have entries of at most 512 characters"),
        (["a", "é" * 257], "[1] may have at most 512 bytes; it has 514"),
    ],
    "at most 24 keys": [(keys(25), " may have at most 24 keys")],
    "at most 24 keys; key matches ^[a-zA-Z_][a-zA-Z0-9_]{0,49}$": [
        (keys(25), " may have at most 24 keys"),
        ({"1st": 1}, " has a key that does not match"),
        ({"x" * 51: 1}, " has a key that does not match"),
        ({"a-b": 1}, " has a key that does not match"),
    ],
    "1 to 255 characters: letters, digits, underscore, hyphen": [
        ("", " must not be empty"),
        ("x" * 256, " may have at most 255 characters"),
        ("a b", " may have letters, digits"),
        ("ä", " may have letters, digits"),
    ],
    "at most 8 kB; numbers must be safe": [
        ("x" * 8193, " may take at most 8,192 bytes"),
        ("é" * 4097, " may take at most 8,192 bytes"),
        (2**53, " must be a safe number"),
    ],
    "not empty": [([], " must not be empty")],
    "positive integer": [(0, " must be a positive integer"), (1.5, " must be a positive integer")],
    "positive integer, at most 100": [(-1, " must be a positive integer"), (101, " must be at most 100")],
    "1 to 100 entries": [([], " must not be empty"), (["r"] * 101, " may have at most 100 entries")],
    "1 to 50 entries": [([], " must not be empty"), (["r"] * 51, " may have at most 50 entries")],
    "at most 24 members": [({"user_id": "u", **keys(24)}, " may have at most 24 members; it has 25")],
    "5 levels": [(actors(6), ".act.act.act.act.act is one level too many")],
    "cut at 1024 characters": [],
}
_CHARACTERS = re.compile(r"(1 to|at most) (\d+) characters(, PEM)?")


def refusals(method: Method, fitting: Accepted) -> Iterator[Refused]:
    """Every way in which one argument of a fitting call can be wrong. The cache never throws."""
    if method.path.startswith("api.cache."):
        return
    for param in method.params:
        left_out = (fitting.trigger, method.path, param.name) in MAY_BE_LEFT_OUT
        if not param.optional and not left_out:
            yield _refused(
                fitting, _without(fitting.args, method, param), f"{param.name} is missing; it must be"
            )
        if not param.optional and "null" not in param.type and "any JSON" not in param.type and not left_out:
            yield _with(fitting, method, param, None, f"{param.name} must be", "TypeError")
        for value, message in WRONG[param.type]:
            yield _with(fitting, method, param, value, f"{param.name}{message}", "TypeError")
        if param.enum:
            yield _with(fitting, method, param, "no-such-word", f"{param.name} must be '", "TypeError")
        for value, message in _beyond(param):
            yield _with(fitting, method, param, value, message, None)
    for root in {param.name.partition(".")[0] for param in method.params}:
        if root not in {param.name for param in method.params}:
            param = Param(name=root, type="object", optional=True)
            yield _with(fitting, method, param, 5, f"{root} must be an object, not a number", "TypeError")


def _beyond(param: Param) -> list[tuple[Any, str]]:
    if not param.limits:
        return []
    plain = _CHARACTERS.fullmatch(param.limits)
    if plain is None:
        return [(value, f"{param.name}{message}") for value, message in BEYOND[param.limits]]
    most = int(plain[2])
    too_long = ("x" * (most + 1), f"{param.name} may have at most {most:,}")
    return [too_long, ("", f"{param.name} must")] if plain[1] == "1 to" else [too_long]


def _with(
    fitting: Accepted, method: Method, param: Param, value: Any, message: str, name: str | None
) -> Refused:
    args = copy.deepcopy(fitting.args)
    at, way = _place(method, param)
    args += [{} for _ in range(at + 1 - len(args))]
    if not way:
        args[at] = value
    else:
        owner = args[at]
        for part in way[:-1]:
            owner = owner.setdefault(part, {})
        owner[way[-1]] = value
    return _refused(fitting, args, message, name)


def _without(args: list[Any], method: Method, param: Param) -> list[Any]:
    at, way = _place(method, param)
    if not way:
        return args[:at]
    args = copy.deepcopy(args)
    owner = args[at]
    for part in way[:-1]:
        owner = owner[part]
    del owner[way[-1]]
    return args


def _refused(fitting: Accepted, args: list[Any], message: str, name: str | None = "TypeError") -> Refused:
    """Of a broken limit the error's name is left open."""
    return Refused(
        trigger=fitting.trigger,
        path=fitting.path,
        args=args,
        before=fitting.before,
        event=fitting.event,
        handler=fitting.handler,
        message=message,
        name=name,
    )


def _place(method: Method, param: Param) -> tuple[int, list[str]]:
    """The position of the argument, and the way to the member inside it."""
    roots = list(dict.fromkeys(other.name.partition(".")[0] for other in method.params))
    root, *way = param.name.split(".")
    return roots.index(root), way
