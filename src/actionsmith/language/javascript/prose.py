"""Texts of the server made plain: signatures without their fences, documentation without Markdown."""

from __future__ import annotations

import re

from actionsmith.language.javascript.wire import Markup, Prose
from actionsmith.language.service import Hover

_FENCED = re.compile(r"```\w*\n(.*?)\n?```\n?", re.DOTALL)
_LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")
_TAG = re.compile(r"\*@(\w+)\*(?:\s*`([^`\n]*)`)?(?:[ \t]*[—-])*[ \t]*")
_KIND = re.compile(r"^\((?:[a-z]+ ?)+\) ")
_DASH = re.compile(r"^-\s+")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


def plain(prose: Prose) -> str:
    """Documentation as plain text; empty for none."""
    if prose is None:
        return ""
    text = prose.value if isinstance(prose, Markup) else prose
    if isinstance(prose, Markup) and prose.kind != "markdown":
        return text.strip()
    text = _FENCED.sub(r"\1\n", text)
    text = _TAG.sub(_tag, text)
    text = _LINK.sub(r"\1", text)
    return _ESCAPED.sub(r"\1", text).strip()


def hover(contents: Markup) -> Hover | None:
    """What is said about a name: the first block of code, then the rest. None when nothing is known."""
    found = _FENCED.match(contents.value)
    signature = without_kind(found[1].strip()) if found else ""
    documentation = plain(Markup(contents.value[found.end() :] if found else contents.value, contents.kind))
    return None if signature in ("", "any") and not documentation else Hover(signature, documentation)


def without_kind(signature: str) -> str:
    """`(method) ApiAccess.deny(reason: string): void` -> `ApiAccess.deny(reason: string): void`."""
    return _KIND.sub("", signature)


def of_parameter(prose: Prose) -> str:
    """What is said about a parameter, without the dash that leads from its name to it."""
    return _DASH.sub("", plain(prose))


def _tag(found: re.Match[str]) -> str:
    """`*@param* `name` — text` -> `@param name: text`."""
    return f"@{found[1]} {found[2]}: " if found[2] else f"@{found[1]} "
