"""Secrets that the code reads and the draft does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actionsmith.language.contract_checks import Part, Use, check_uses
from actionsmith.language.javascript import project
from actionsmith.language.javascript.source_text import without_comments
from actionsmith.language.service import Code, Diagnostic, Span

_BREAK = re.compile(r"\r\n|\n|\r")
# A dot at the end of a line waits for its name: what stands in the next line is not it.
_READ = re.compile(
    r"""(?<![\w$.])event[ \t]*\??\.[ \t]*secrets[ \t]*
    (?:\??\.[ \t]*(?P<member>[A-Za-z_$][\w$]*)
    | (?:\?\.\s*)?\[\s*(?P<quote>['"])(?P<quoted>[^'"\\\r\n]*)(?P=quote)\s*\])""",
    re.VERBOSE,
)
_TAKEN_APART = re.compile(r"\{(?P<names>[^{}]*)\}\s*=\s*event\s*\??\.\s*secrets(?![\w$]|\s*[.\[?])")
_TAKEN = re.compile(r"(?:^|,)\s*(?P<name>[A-Za-z_$][\w$]*)(?=\s*(?:[:=,]|\Z))")
MOST = 50
"""Places that are told: looking for the near names of more would hold up the screen."""


def undefined_secrets(code: Code) -> list[Diagnostic]:
    """A warning for each place where a secret is read that is not defined, with the offer to define it."""
    if "secrets" not in code.text or not project.handlers(code.trigger):
        return []
    text = without_comments(code.text)
    row, done, uses = 0, 0, list[Use]()
    for name, offset, is_quoted in sorted(_reads(text), key=lambda read: read[1]):
        if name in code.secrets:
            continue
        row += len(_BREAK.findall(text[done:offset]))
        column = offset - max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) - 1
        done = offset
        part = Part(name, Span(row, column, row, column + len(name)), quoted=is_quoted)
        uses.append(Use("event", (part,), known=("secrets",)))
    return check_uses(code, uses[:MOST])


def _reads(text: str) -> Iterator[tuple[str, int, bool]]:
    """The names of secrets that are read, where they are written, and whether as strings."""
    for found in _READ.finditer(text):
        part = "member" if found["member"] is not None else "quoted"
        if found[part]:
            yield found[part], found.start(part), part == "quoted"
    for found in _TAKEN_APART.finditer(text):
        for taken in _TAKEN.finditer(found["names"]):
            yield taken["name"], found.start("names") + taken.start("name"), False
