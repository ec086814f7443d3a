"""What a person may write for a dependency, and what it becomes once it is resolved."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import msgspec

from actionsmith.errors import UserError

Language = Literal["javascript", "python"]
Progress = Callable[[str], None]
Wanted = list[tuple[str, str]]
"""Names with what was asked for: a version, a range, a tag, or nothing for the newest."""

REGISTRIES: dict[Language, str] = {"javascript": "npm", "python": "PyPI"}

_NAME = r"(?:@[a-z0-9~][\w.~-]*/)?[a-z0-9][\w.-]*(?:\[[\w.,-]+\])?"
_SPEC = re.compile(
    rf"(?P<name>{_NAME})\s*(?:@\s*(?P<at>.*)|(?P<operator>[=<>~!^].*))?", re.IGNORECASE | re.DOTALL
)
_SCOPE = re.compile(r"@[a-z0-9~][\w.~-]*", re.IGNORECASE)
_PLAIN = re.compile(r"\w[\w.-]*", re.ASCII)
_REQUESTED = re.compile(r"[\w.+*^~<>=!|, -]*")


class Installed(msgspec.Struct, frozen=True, kw_only=True):
    """One resolved dependency: `requested` as it was asked for, `version` exact."""

    name: str
    version: str
    requested: str


def parse_spec(spec: str) -> tuple[str, str]:
    """`nodemailer@6.9`, `@scope/x@1`, `httpx==0.27`, `httpx>=0.27` -> (name, requested).

    `requested` is a bare version where one was named with `@` or `==`, else the range as
    written, else empty. Raises UserError for anything that is not a package of a registry.
    """
    match = _SPEC.fullmatch(spec.strip())
    if match is None:
        raise UserError(
            f"'{spec}' is not a package of a registry; expected a name, with a version if you like, "
            "such as nodemailer, nodemailer@7.0.3, @scope/name@1 or httpx>=0.27"
        )
    asked = match["at"] if match["at"] is not None else match["operator"] or ""
    requested = re.sub(r"^={1,3}\s*", "", asked.strip())
    if not _REQUESTED.fullmatch(requested) or (not requested and asked) or match["at"] == "":
        raise UserError(
            f"'{spec}' asks for the version '{asked}' of {match['name']}, which is not a version or a range; "
            f"expected something like {match['name']}@1.2.3, or only the name for the newest"
        )
    return match["name"], requested


def can_be_required(name: str, language: Language) -> bool:
    """Whether code of the language can ask for a package by this name: no path, nothing within a package."""
    scope, slash, plain = name.rpartition("/")
    is_scoped = language == "javascript" and _SCOPE.fullmatch(scope) is not None
    return _PLAIN.fullmatch(plain) is not None and (not slash or is_scoped)


def plain_name(name: str) -> str:
    """The name without extras: `httpx[http2]` -> `httpx`."""
    return name.partition("[")[0]
