"""What a hit becomes: plain text, or a template with the groups of the pattern in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regex import Match

Fill = Callable[["Match[str]"], str]

SIGNS = re.compile(
    r"\$(?P<dollar>\$)|\$(?P<whole>&)|\$(?P<number>\d{1,2})|\$\{(?P<name>\w+)\}|\$<(?P<angle>\w+)>"
    r"|\\(?P<back>\d{1,2})|\\g<(?P<g>\w+)>|\\(?P<escape>[nt\\$])"
)
"""`$1`, `$&`, `$$`, `${name}`, `$<name>` as in JavaScript, `\\1`, `\\g<name>` as in Python, `\\n`, `\\t`."""

ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", "$": "$"}


def parse_replacement(text: str, pattern: bool, groups: int) -> Fill:
    """What a match becomes by `text`. Groups count only for a regular expression, of `groups` groups.

    A number of two digits that is no group is a group of one digit and a digit; a reference to a
    group the pattern has not stays as it is written.
    """
    if not pattern or not ("$" in text or "\\" in text):
        return lambda match: text
    parts: list[str | int | tuple[str, str]] = []
    end = 0
    for sign in SIGNS.finditer(text):
        parts += [text[end : sign.start()], *_part(sign, groups)]
        end = sign.end()
    parts.append(text[end:])

    def fill(match: Match[str]) -> str:
        named: Mapping[str, str | None] = match.groupdict()
        return "".join(
            part
            if isinstance(part, str)
            else match[part] or ""
            if isinstance(part, int)
            else (named[part[0]] or "")
            if part[0] in named
            else part[1]
            for part in parts
        )

    return fill


def _part(sign: re.Match[str], groups: int) -> list[str | int | tuple[str, str]]:
    if sign["dollar"]:
        return ["$"]
    if sign["whole"]:
        return [0]
    if sign["escape"]:
        return [ESCAPES[sign["escape"]]]
    name = sign["name"] or sign["angle"] or sign["g"] or ""
    number = sign["number"] or sign["back"] or (name if name.isdigit() else "")
    if not number:
        return [(name, sign[0])]
    if int(number) <= groups:
        return [int(number)]
    if len(number) == 2 and not name and 0 < int(number[0]) <= groups:
        return [int(number[0]), number[1]]
    return [sign[0]]
