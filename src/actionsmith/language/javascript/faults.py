"""What the server complains about, sifted and weighed for plain JavaScript, with ways to mend it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from actionsmith.errors import or_near
from actionsmith.language.contract_checks import change_to, misspelt
from actionsmith.language.javascript import fixes, project
from actionsmith.language.javascript.typed_text import TypedText
from actionsmith.language.javascript.wire import Fault
from actionsmith.language.javascript.wording import NEAR, owner, worded
from actionsmith.language.service import Code, Diagnostic, Fix, Severity, Span

SOURCE = "typescript"
MOST = 500
"""Diagnostics of one text that are passed on; a text with more has something else to be mended first."""

UNNECESSARY, DEPRECATED = 1, 2
HINT = 3
"""Severities from here on are suggestions; of those only the tagged ones are of use."""

_UNUSED_PARAMETER = 6133
_NO_MODULE = 2307
_NO_MEMBER = (2339, 2551)
_NO_NAME = (2304, 2552, 2580, 2591)
_AWAIT_OUTSIDE = (1308, 1309, 1378)
_ARGUMENT_COUNT = (2554, 2555)

_DOUBTFUL = {
    2362, 2363,  # dates are subtracted from each other
    2794, 2810,  # `resolve()` of a promise without a type
    2571, 18046,  # a value that nothing is known of
    2531, 2532, 2533, 18047, 18048, 18049,  # a value that may be absent
    7005, 7006, 7031, 7034,  # no type known
    80001,
}  # fmt: skip
"""What TypeScript objects to in code that is fine as JavaScript."""

_ERRORS = {*_NO_NAME, *_AWAIT_OUTSIDE, _NO_MODULE, 2300, 2451, 2588}
"""Faults of meaning that end in an exception; what is only doubtful is a warning."""

_SYNTAX = range(1000, 2000)
_OF_TYPE = re.compile(r"does not exist on type '(\w+)'")
_OF_ANYTHING = re.compile(r"does not exist on type '(?:\{\}|unknown|object)'")
_NAME = re.compile(r"'([^']*)'")
_NOT_OPEN = re.compile(r"Index signature for type 'string' is missing in type '(\w+)'")
_IS_SET = re.compile(r"\s*=(?![=>])")


def diagnostics(code: Code, text: TypedText, found: Sequence[Fault], source_uri: str) -> list[Diagnostic]:
    """The faults worth telling, in the order of the text."""
    known = project.contract_types(code.trigger)
    told = [
        diagnostic
        for fault in found[:MOST]
        if not text.is_inserted(fault.range)
        and (diagnostic := _diagnostic(code, text, fault, known, source_uri)) is not None
    ]
    return sorted(told, key=lambda diagnostic: diagnostic.span)


def lacks_near_name(diagnostic: Diagnostic) -> bool:
    """Whether a member is unknown and the server had no idea which one was meant."""
    return diagnostic.source == SOURCE and diagnostic.code == "2339" and not diagnostic.fixes


def with_near_name(diagnostic: Diagnostic, near: str) -> Diagnostic:
    """The diagnostic with the name that was meant, in its message and as a fix."""
    return Diagnostic(
        diagnostic.span,
        diagnostic.severity,
        f"{diagnostic.message}{or_near(near)}",
        SOURCE,
        diagnostic.code,
        (change_to(near, diagnostic.span),),
    )


def _diagnostic(
    code: Code, text: TypedText, fault: Fault, known: frozenset[str], source_uri: str
) -> Diagnostic | None:
    number = fault.code if isinstance(fault.code, int) else 0
    span = text.span(fault.range)
    is_unused = UNNECESSARY in fault.tags or (number == _UNUSED_PARAMETER and fault.severity >= HINT)
    if number in _DOUBTFUL:
        return None
    if is_unused:
        if number == _UNUSED_PARAMETER and text.has_insertion(span.row):
            return None  # a handler is given its parameters whether or not it needs them
    elif fault.severity >= HINT and DEPRECATED not in fault.tags:
        return None
    lists = project.open_types(code.trigger)
    if _is_of(lists, fault):
        return _unlisted(text, span, fault, lists) if number in _NO_MEMBER else None
    if number in _NO_MEMBER and not _is_of(known, fault) and _may_have_more(text, span, fault):
        return None
    severity, message = _severity(number, fault, known), worded(fault.message, number, text, span)
    if number == _NO_MODULE:
        severity, message = _missing_module(code, text.cut(span).strip("'\"`"))
    return Diagnostic(
        span,
        severity,
        message,
        SOURCE,
        str(fault.code),
        tuple(_fixes(code, text, span, number, fault, source_uri)),
        is_unused,
    )


def _severity(number: int, fault: Fault, known: frozenset[str]) -> Severity:
    if fault.severity > 1:
        return "info" if fault.severity >= HINT else "warning"
    if number in _SYNTAX or number in _ERRORS or (number in _NO_MEMBER and _is_of(known, fault)):
        return "error"
    return "warning"


def _is_of(known: Container[str], fault: Fault) -> bool:
    found = _OF_TYPE.search(fault.message) or _NOT_OPEN.search(fault.message)
    return found is not None and found[1] in known


def _unlisted(
    text: TypedText, span: Span, fault: Fault, lists: Mapping[str, Sequence[str]]
) -> Diagnostic | None:
    """What the contract says of a member that an open object may have although it is not listed."""
    of_type, name = _OF_TYPE.search(fault.message), _NAME.search(fault.message)
    if of_type is None or name is None:
        return None
    return misspelt(span, owner(text, span) or f"'{of_type[1]}'", name[1], lists[of_type[1]])


def _may_have_more(text: TypedText, span: Span, fault: Fault) -> bool:
    """Whether a member is given to an object, as JavaScript may, or read of one nothing is known of."""
    return bool(_IS_SET.match(text.row(span.end_row), span.end_column) or _OF_ANYTHING.search(fault.message))


def _missing_module(code: Code, name: str) -> tuple[Severity, str]:
    package = fixes.package_of(name)
    if package in code.dependencies:
        return "info", f"'{package}' is a dependency of this Action, but it is not installed yet"
    if name.startswith("."):
        return "error", f"there is no file '{name}': an Action is one file"
    return "error", f"'{package}' is not a dependency of this Action"


def _fixes(
    code: Code, text: TypedText, span: Span, number: int, fault: Fault, source_uri: str
) -> Iterator[Fix]:
    if near := NEAR.search(fault.message):
        yield change_to(near[1], span)
    if number == _NO_MODULE:
        yield from fixes.add_package(code, text, span)
    if number in _NO_NAME:
        yield from fixes.require(code, text, span)
    if number in _AWAIT_OUTSIDE:
        yield from fixes.make_async(text, fault, source_uri)
