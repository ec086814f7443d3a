"""Secrets that the code reads and the draft does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actionsmith.errors import did_you_mean
from actionsmith.language.javascript.source_text import without_comments
from actionsmith.language.service import Code, Diagnostic, Fix, Span

# A dot at the end of a line waits for its name: what stands in the next line is not it.
_READ = re.compile(
    r"""(?<![\w$.])event[ \t]*\??\.[ \t]*secrets[ \t]*
    (?:\??\.[ \t]*(?P<member>[A-Za-z_$][\w$]*) | 
    (?:\?\.\s*)?\[\s*(?P<quote>['"])(?P<quoted>[^'"\\\r\n]*)(?P=quote)\s*\])""",
    re.VERBOSE,
)
_TAKEN_APART = re.compile(r"\{(?P<names>[^{}]*)\}\s*=\s*event\s*\??\.\s*secrets(?![\w$]|\s*[.\[?])")
_TAKEN = re.compile(r"(?:^|,)\s*(?P<name>[A-Za-z_$][\w$]*)(?=\s*(?:[:=,]|\Z))")
_OF_EVERY_OBJECT = frozenset({"hasOwnProperty", "toString", "valueOf", "constructor", "propertyIsEnumerable"})


def undefined_secrets(code: Code) -> list[Diagnostic]:
    """A warning for each place where a secret is read that is not defined, with the offer to define it."""
    if "secrets" not in code.text:
        return []
    text = without_comments(code.text)
    row, row_start, done, found = 0, 0, 0, []
    for name, offset in sorted(_reads(text), key=lambda read: read[1]):
        if name in code.secrets or name in _OF_EVERY_OBJECT:
            continue
        row += len(re.findall(r"\r\n|\n|\r", text[done:offset]))
        row_start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
        done = offset
        span = Span(row, offset - row_start, row, offset - row_start + len(name))
        message = f"the secret '{name}' is not defined{did_you_mean(name, code.secrets)}"
        fix = Fix(f"Define the secret {name}", define_secret=name)
        found.append(Diagnostic(span, "warning", message, "contract", "undefined-secret", (fix,)))
    return found


def _reads(text: str) -> Iterator[tuple[str, int]]:
    """The names of secrets that are read, and where they are written."""
    for found in _READ.finditer(text):
        part = "member" if found["member"] is not None else "quoted"
        if found[part]:
            yield found[part], found.start(part)
    for found in _TAKEN_APART.finditer(text):
        for taken in _TAKEN.finditer(found["names"]):
            yield taken["name"], found.start("names") + taken.start("name")
