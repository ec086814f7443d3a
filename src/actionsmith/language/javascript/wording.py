"""What TypeScript says of the faults that people see most, in the words that are used for both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

from actionsmith.errors import or_near
from actionsmith.language.contract_checks import no_member
from actionsmith.language.expression import path_before
from actionsmith.language.javascript.typed_text import TypedText
from actionsmith.language.service import Span

LONGEST_OWNER = 32
"""Characters of the path in front of an unknown member; of a longer one the end is told."""

ROWS_OF_CHAIN = 4
"""Lines above that are read for it."""

NEAR = re.compile(r"Did you mean (?:to write |the (?:static|instance) member )?'([^']+)'\?")
_NO_MEMBER = re.compile(r"Property '(?P<name>.+?)' does not exist on type '(?P<type>.+?)'\.")
_NOT_KNOWN = re.compile(
    r"Object literal may only specify known properties, (?:and|but) '+(?P<name>[^']+)'+ does"
)
_NO_NAME = re.compile(r"Cannot find name '(?P<name>.+?)'")
_COUNT = re.compile(r"Expected (?P<wanted>at least \d+|\d+-\d+|\d+) arguments?, but got (?P<got>\d+)")
_TYPES = re.compile(
    r"(?:Argument of type|Type) '(?P<got>[^\n]+)' is not assignable to (?:parameter of )?type "
    r"'(?P<wanted>[^\n]+)'\.$",
    re.MULTILINE,
)
_UNUSED = re.compile(r"'(?P<name>.+?)' is declared but its value is never read")
_TWICE = re.compile(r"Cannot redeclare block-scoped variable '(?P<name>.+?)'")
_TAKEN_APART = re.compile(r"[^{}]*\}\s*=\s*(?P<owner>[\w$]+(?:\??\.[\w$]+)*)\s*(?:;|\Z)")
_CALLS = re.compile(r"\([^()]*\)")


def worded(message: str, number: int, text: TypedText, span: Span) -> str:
    """The message of the fault `number` at `span`, on one line."""
    word = _WORDINGS.get(number)
    return (word and word(message, text, span)) or " ".join(message.split())


def _member(message: str, text: TypedText, span: Span) -> str | None:
    found = _NO_MEMBER.match(message)
    written = owner(text, span) if found else ""
    return found and no_member(written or _kind(found["type"]), found["name"], _near(message))


def _option(message: str, _text: TypedText, _span: Span) -> str | None:
    found = _NOT_KNOWN.match(message)
    return found and no_member("what is expected here", found["name"], _near(message))


def _name(message: str, _text: TypedText, _span: Span) -> str | None:
    found = _NO_NAME.match(message)
    return found and f"'{found['name']}' is not defined{or_near(_near(message))}"


def _arguments(message: str, _text: TypedText, _span: Span) -> str | None:
    found = _COUNT.match(message)
    if found is None:
        return None
    wanted = found["wanted"].replace("-", " to ")
    return f"expected {wanted} argument{'' if wanted.split()[-1] == '1' else 's'}, but got {found['got']}"


def _type(message: str, _text: TypedText, _span: Span) -> str | None:
    found = _TYPES.match(message)
    if found is None:
        return None
    more = " ".join(message[found.end() :].split())
    return f"expected {found['wanted']}, but got {found['got']}{f'. {more}' if more else ''}"


def _no_function(_message: str, text: TypedText, span: Span) -> str | None:
    called = text.cut(span)
    return f"'{called}' is not a function" if called else None


def _unused(message: str, _text: TypedText, _span: Span) -> str | None:
    found = _UNUSED.match(message)
    return found and f"'{found['name']}' is never used"


def _twice(message: str, _text: TypedText, _span: Span) -> str | None:
    found = _TWICE.match(message)
    return found and f"'{found['name']}' is declared twice"


def _await(_message: str, _text: TypedText, _span: Span) -> str:
    return "'await' should be used within an async function"


_WORDINGS: dict[int, Callable[[str, TypedText, Span], str | None]] = {
    **dict.fromkeys((2339, 2551), _member),
    **dict.fromkeys((2353, 2561), _option),
    **dict.fromkeys((2304, 2552, 2580, 2591), _name),
    **dict.fromkeys((2554, 2555), _arguments),
    **dict.fromkeys((2322, 2345), _type),
    **dict.fromkeys((1308, 1309, 1378), _await),
    2349: _no_function,
    2451: _twice,
    6133: _unused,
}


def _near(message: str) -> str:
    found = NEAR.search(message)
    return found[1] if found else ""


def owner(text: TypedText, span: Span) -> str:
    """What the member is read of, as written before it; empty where it is not written before."""
    above = [text.row(row) for row in range(max(span.row - ROWS_OF_CHAIN, 0), span.row)]
    before = "\n".join([*above, text.row(span.row)[: span.column]]).rstrip()
    if not before.endswith("."):
        taken = _TAKEN_APART.match(text.row(span.end_row), span.end_column)
        return taken["owner"] if taken else ""
    path = path_before(before[:-1].rstrip().removesuffix("?").rstrip())
    path = _CALLS.sub(lambda call: call[0] if call[0] == "()" else "(…)", path)
    return path if len(path) <= LONGEST_OWNER else f"…{path[-LONGEST_OWNER:]}"


def _kind(type_name: str) -> str:
    """A type in words."""
    if type_name.endswith("[]"):
        return "an array"
    if type_name == "string" or type_name.startswith('"'):
        return "a string"
    return "a number" if type_name == "number" else f"'{type_name}'"
