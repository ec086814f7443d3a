"""Gives the handlers of an Action their types: which comment to put in where, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from actionsmith.language.javascript.helpers import parameters_given
from actionsmith.language.javascript.source_text import in_code

CONTRACT = "actionsmith"
"""The name of the module that declares the contract of the trigger."""

_EXPORTS = r"(?<![\w$.])(?:module\s*\.\s*)?exports\s*"
_BEFORE = re.compile(
    rf"""(?:
    {_EXPORTS}\.\s*
    | {_EXPORTS}\[\s*['"]
    | (?<![\w$])(?:export\s+)?(?:const|let|var)\s+
    | (?<![\w$])(?:export\s+)?(?:async\s+)?function\s+
    | (?:(?<=[{{,])|^)\s*(?P<member>(?:async\s+)?)
    )\Z""",
    re.VERBOSE,
)
_AFTER = re.compile(r"""\s*(?:['"]\s*\]\s*)?(?:=(?![=>])|[(:])""")
_OWN_TYPES = re.compile(r"/\*\*(?:(?!\*/).)*@(?:param|type|satisfies)\b(?:(?!\*/).)*\*/\s*\Z", re.DOTALL)
_IS_NAMED = r"""(?:['"]\s*\])?\s*[=:]\s*(?P<name>[A-Za-z_$][\w$]*)\s*(?:[;,}\r\n]|\Z)"""
_IS_BEGUN = re.compile(r"[{,][ \t]*\Z")
_PARAMETERS = re.compile(
    r"""(?:['"]\s*\])?\s*(?:[:=]\s*(?:async\b\s*)?(?:function\b\s*[\w$]*\s*)?)?"""
    r"\(\s*(?P<event>[\w$]+)(?:\s*,\s*(?P<api>[\w$]+))?"
)
_LONGEST_COMMENT = 4_000
_MOST = 20
"""Places per handler that are looked at."""


def handler_type(handler: str) -> str:
    """The name of a handler's type: `onExecutePostLogin` -> `OnExecutePostLogin`."""
    return handler[:1].upper() + handler[1:]


def typing_comments(text: str, handlers: Sequence[str]) -> list[tuple[int, str]]:
    """(offset, comment) for each place where a handler is defined, and for each parameter of a function that
    is given what a handler was given, in the order of the text.

    A handler whose types the person has written gets an empty one.
    """
    found: dict[int, str] = {}
    names: dict[str, int] = {}
    for handler in handlers:
        type_name = f'import("{CONTRACT}").{handler_type(handler)}'
        for name in (handler, *_other_names(text, handler)):
            for start, end in _definitions(text, name):
                names |= _names_of_parameters(text, end)
                if _has_own_types(text, start):
                    found[start] = ""
                elif _IS_BEGUN.search(text[max(0, start - _LONGEST_COMMENT) : start]):
                    found |= _of_parameters(text, end, type_name)
                else:
                    found[start] = _comment(type_name)
    if names:
        type_name = f'import("{CONTRACT}").{handler_type(handlers[0])}'
        for start, position, function in parameters_given(text, names):
            if not _has_own_types(text, function):
                found.setdefault(start, _of_parameter(type_name, position))
    return sorted((start, found[start]) for start in in_code(text, found))


def _other_names(text: str, handler: str) -> set[str]:
    """Names of functions that are exported as the handler: `exports.onExecutePostLogin = check`."""
    if handler not in text:
        return set()
    exported = re.finditer(re.escape(handler) + _IS_NAMED, text)
    return {found["name"] for found in exported} - {handler, "undefined", "null"}


def _has_own_types(text: str, start: int) -> bool:
    """Whether the comment in front of a definition has types."""
    return _OWN_TYPES.search(text[max(0, start - _LONGEST_COMMENT) : start]) is not None


def _of_parameters(text: str, end: int, type_name: str) -> dict[int, str]:
    """The types of the parameters one by one, for a member whose line has begun with something else: there
    the server takes a comment for one about what is before it."""
    parameters = _PARAMETERS.match(text, end)
    return {
        parameters.start(group): _of_parameter(type_name, index)
        for index, group in enumerate(("event", "api"))
        if parameters and parameters[group]
    }


def _names_of_parameters(text: str, end: int) -> dict[str, int]:
    """What a handler calls its parameters, with their positions."""
    parameters = _PARAMETERS.match(text, end)
    found = parameters.group("event", "api") if parameters else ()
    return {name: index for index, name in enumerate(found) if name}


def _of_parameter(type_name: str, index: int) -> str:
    return _comment(f"Parameters<{type_name}>[{index}]")


def _comment(type_name: str) -> str:
    return f"/** @type {{{type_name}}} */ "


def _definitions(text: str, handler: str) -> Iterator[tuple[int, int]]:
    """Where the statement or member that defines the handler begins, and the end of its name."""
    at = text.find(handler)
    for _ in range(_MOST):
        if at < 0:
            return
        end = at + len(handler)
        line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
        before = _BEFORE.search(text[line:at])
        if before and _AFTER.match(text, end):
            start = line + (before.start("member") if before["member"] is not None else before.start())
            yield start, end
        at = text.find(handler, end)
