"""Gives the handlers of an Action their types: which comment to put in where, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from actionsmith.language.javascript.source_text import is_code

CONTRACT = "actionsmith"
"""The name of the module that declares the contract of the trigger."""

_EXPORTS = r"(?:\bmodule\s*\.\s*)?(?<![\w$.])exports\s*"
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
_LONGEST_COMMENT = 4_000
_MOST = 20
"""Places per handler that are looked at."""


def handler_type(handler: str) -> str:
    """The name of a handler's type: `onExecutePostLogin` -> `OnExecutePostLogin`."""
    return handler[:1].upper() + handler[1:]


def typing_comments(text: str, handlers: Sequence[str]) -> list[tuple[int, str]]:
    """(offset, comment) for each place where a handler is defined, in the order of the text.

    A handler whose types the person has written is left alone.
    """
    found = {}
    for handler in handlers:
        comment = f'/** @type {{import("{CONTRACT}").{handler_type(handler)}}} */ '
        for offset in _definitions(text, handler):
            found[offset] = comment
    return sorted(found.items())


def _definitions(text: str, handler: str) -> Iterator[int]:
    """Offsets where the statement or member that defines the handler begins."""
    at = text.find(handler)
    for _ in range(_MOST):
        if at < 0:
            return
        end = at + len(handler)
        line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
        before = _BEFORE.search(text, line, at)
        if before and _AFTER.match(text, end):
            start = before.start("member") if before["member"] is not None else before.start()
            if is_code(text, start) and not _OWN_TYPES.search(text[max(0, start - _LONGEST_COMMENT) : start]):
                yield start
        at = text.find(handler, end)
