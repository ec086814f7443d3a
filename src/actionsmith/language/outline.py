"""What a text defines, and where: functions, classes and handlers, or the members of JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

InText = Callable[[int, int], bool]
"""Row and column to whether a string or a comment is there."""

PYTHON = (
    ("class", re.compile(r"(?P<indent>\s*)class\s+(?P<name>\w+)")),
    ("function", re.compile(r"(?P<indent>\s*)(?:async\s+)?def\s+(?P<name>\w+)")),
)

JAVASCRIPT = tuple(
    (kind, re.compile(rf"(?P<indent>\s*){form}"))
    for kind, form in (
        ("class", r"(?:export\s+)?(?:default\s+)?class\s+(?P<name>[\w$]+)"),
        ("function", r"(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*(?P<name>[\w$]+)"),
        (
            "function",
            r"(?:(?:const|let|var)\s+|(?:module\.)?exports\.)(?P<name>[\w$]+)\s*=\s*(?:async\s*)?"
            r"(?:function\b|\([^()]*(?:\([^()]*\)[^()]*)*\)\s*=>|[\w$]+\s*=>|\($)",
        ),
        ("function", r"(?P<name>[\w$]+)\s*:\s*(?:async\s*)?(?:function\b|\([^()]*\)\s*=>|[\w$]+\s*=>)"),
        ("constant", r"(?:const)\s+(?P<name>[A-Z][A-Z0-9_]+)\s*="),
        (
            "method",
            r"(?:static\s+)?(?:async\s+)?(?:get\s+|set\s+)?\*?\s*"
            r"(?P<name>(?!(?:if|for|while|switch|catch|with|function|return)\b)#?[\w$]+)\s*\([^;]*\)\s*\{\s*$",
        ),
    )
)

JSON = re.compile(r'"(?P<text>(?:[^"\\\n]|\\.)*)"?|(?P<sign>[\[\]{},:])')


class Symbol(msgspec.Struct, frozen=True):
    """`path` is the name, of a member of JSON with all above it; row and column (from 0) are of the name."""

    name: str
    path: str
    kind: str
    row: int
    column: int
    depth: int


def outline(lines: Sequence[str], language: str, in_text: InText = lambda row, column: False) -> list[Symbol]:
    """The symbols of a text from top to bottom; of a text that is not finished, those that can be told."""
    if language == "json":
        return list(_json(lines))
    found: list[Symbol] = []
    around: list[tuple[int, str]] = []
    for row, line in enumerate(lines):
        for form_kind, form in PYTHON if language == "python" else JAVASCRIPT:
            match = form.match(line)
            if match is None or in_text(row, match.start("name")):
                continue
            indent = len(match["indent"])
            while around and around[-1][0] >= indent:
                around.pop()
            in_class = bool(around) and around[-1][1] == "class"
            kind = "method" if form_kind == "function" and in_class else form_kind
            name = match["name"]
            found.append(Symbol(name, name, kind, row, match.start("name"), len(around)))
            around.append((indent, kind))
            break
    return found


def _json(lines: Sequence[str]) -> Iterator[Symbol]:
    """Members by their path, `user.identities[0].provider`."""
    path: list[str | int] = []
    name: str | None = None
    place = (0, 0)
    for row, line in enumerate(lines):
        for token in JSON.finditer(line):
            sign = token["sign"]
            if sign is None:
                name, place = token["text"], (row, token.start("text"))
            elif sign == ":" and name is not None and path and isinstance(path[-1], str):
                path[-1] = name
                yield Symbol(name, _written(path), "member", *place, len(path) - 1)
            elif sign in "{[":
                path.append("" if sign == "{" else 0)
            elif sign in "}]":
                del path[-1:]
            elif sign == "," and path and isinstance(path[-1], int):
                path[-1] += 1
            if sign is not None:
                name = None


def _written(path: Sequence[str | int]) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")
