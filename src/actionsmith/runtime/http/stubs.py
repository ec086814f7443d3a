"""Answers for outgoing HTTP requests: read from a file, and chosen for a request.

Source: design, outside surface, `--http`.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

import msgspec

from actionsmith.errors import UserError
from actionsmith.json_fault import json_fault
from actionsmith.runtime.execution import Stub

_EXAMPLE = '[{"method": "GET", "url": "https://api.example.com/users/", "status": 200, "body": {}}]'
_METHOD = re.compile(r"[A-Za-z]+")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_ORIGIN = re.compile(r"(https?)://([^/?#]*)(.*)", re.DOTALL | re.IGNORECASE)
_OF_THE_JOURNEY = ("connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding")
_WITHOUT_BODY = (204, 304)
_OF_CONNECTING = ("ECONNREFUSED", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ETIMEDOUT")
_OF_LOOKUP = ("EAI_AGAIN", "ENOTFOUND")
_HUNG_UP = "socket hang up"  # Node's words for a connection that was reset
_WORD_OF_LOOKUP = re.compile(r"\bgetaddrinfo\b")
_WORD_OF_CONNECTING = re.compile(r"\bconnect\b", re.IGNORECASE)
_WORD_OF_TALKING = re.compile(r"\b(read|write)\b", re.IGNORECASE)
_TIMED_OUT = re.compile(r"time(d |-)?out", re.IGNORECASE)
_SYSTEM_ERRORS = {*errno.errorcode.values(), *_OF_LOOKUP}
_USUAL_PORT = {"http": ":80", "https": ":443"}


FailureKind = Literal["lookup", "connect", "timeout", "broken"]
"""Where a request fails: a name has no address, nobody takes the connection, nobody answers in time, the
connection ends."""


def read_stubs(text: str, name: str) -> tuple[Stub, ...]:
    """The answers in `text`, a JSON array of them; `name` is what messages call the file.

    Raises UserError naming the file, the place (line and column, or JSON path) and what was expected.
    """
    try:
        stubs = msgspec.json.decode(text, type=tuple[Stub, ...])
    except msgspec.ValidationError as error:
        raise UserError(f"{name}: {json_fault(error)}; expected something like {_EXAMPLE}") from error
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        from actionsmith.triggers.event_text import NotJson, decode, not_json

        try:
            decode(text)
        except NotJson as problem:
            place = f"line {problem.line}, column {problem.column}"
            raise UserError(f"{name}, {place}: {not_json(problem)}") from None
        raise UserError(f"{name} cannot be read as JSON: {error}") from error
    for index, stub in enumerate(stubs):
        _check(stub, f"{name}: $[{index}]")
    return stubs


def find_stub(stubs: Sequence[Stub], method: str, url: str, body: str) -> Stub | None:
    """The first of `stubs` that answers a request. `body` is its text, empty when there is none."""
    wanted = normal_url(url)
    for stub in stubs:
        if (
            (stub.method is None or stub.method.upper() == method.upper())
            and _matches(stub.url, wanted)
            and (stub.body_has is None or stub.body_has in body)
        ):
            return stub
    return None


def normal_url(url: str) -> str:
    """A URL as it is compared and shown: scheme and host in lower case, no usual port, at least a `/`."""
    found = _ORIGIN.fullmatch(url)
    if found is None:
        return url
    scheme, host, rest = found[1].lower(), found[2].lower(), found[3]
    host = host.removesuffix(_USUAL_PORT[scheme])
    if not rest.startswith("/"):
        rest = f"/{rest}"
    return f"{scheme}://{host}{rest}"


def _matches(pattern: str, url: str) -> bool:
    """`pattern` is the beginning of `url`, or all of it where it has a `*`."""
    if "*" not in pattern:
        return url.startswith(_normal_start(pattern))
    return _glob(pattern).fullmatch(url) is not None


def _normal_start(pattern: str) -> str:
    """As `normal_url`, but a host without a path stays open: it may be the beginning of a longer one."""
    normal = normal_url(pattern)
    return normal if "/" in pattern.partition("://")[2] else normal.removesuffix("/")


@lru_cache(256)
def _glob(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, _normal_start(pattern).split("*"))), re.DOTALL)


def _check(stub: Stub, place: str) -> None:
    """Raise UserError for what no request or answer can have."""
    if not stub.url.startswith("*") and _ORIGIN.fullmatch(stub.url) is None:
        expected = "a URL that begins with http:// or https://, or a pattern that begins with *"
        raise UserError(f"{place}.url: '{stub.url}' matches no request; expected {expected}")
    if stub.method is not None and not _METHOD.fullmatch(stub.method):
        raise UserError(f"{place}.method: '{stub.method}' is not a method; expected one such as GET or POST")
    if not 200 <= stub.status <= 599:
        raise UserError(f"{place}.status: {stub.status} is not a final HTTP status; expected 200 to 599")
    if stub.error == "":
        raise UserError(f"{place}.error: it is empty; expected the message that the request fails with")
    for header, value in _header_lines(stub):
        if not _HEADER_NAME.fullmatch(header):
            raise UserError(f"{place}.headers: {header!r} is not the name of a header")
        if not value.isprintable() or not _fits_latin1(value):
            raise UserError(f"{place}.headers.{header}: the value must be one line of Latin-1 text")


def _header_lines(stub: Stub) -> list[list[str]]:
    """Name and value of each header line; a header with a list of values has as many."""
    return [
        [name, value]
        for name, values in stub.headers.items()
        for value in ([values] if isinstance(values, str) else values)
    ]


def _fits_latin1(value: str) -> bool:
    return all(ord(character) < 256 for character in value)


def answer_of(stub: Stub) -> dict[str, Any]:
    """What a host gives back for a request: `status`, `headers` (pairs) and `body` (bytes), or `error`, the
    `code` of the system error that its text names (`connect ECONNREFUSED`), its `kind`, and whether it
    `timed_out`.

    A body that is no text is sent as JSON and says so, unless the stub has a content type of its own. How
    the body travels is not the stub's to say: headers copied from a real answer speak of another journey.
    """
    if stub.error is not None:
        code = _system_error(stub.error)
        timed_out = code == "ETIMEDOUT" or (code is None and _TIMED_OUT.search(stub.error) is not None)
        return {
            "error": stub.error,
            "code": code,
            "kind": _kind(stub.error, code, timed_out=timed_out),
            "timed_out": timed_out,
        }
    headers = [line for line in _header_lines(stub) if line[0].lower() not in _OF_THE_JOURNEY]
    kind, body = "text/plain; charset=utf-8", b""
    if isinstance(stub.body, str):
        body = stub.body.encode()
    elif stub.body is not None:
        kind, body = "application/json; charset=utf-8", msgspec.json.encode(stub.body)
    if body and not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(["content-type", kind])
    if stub.status not in _WITHOUT_BODY:
        headers.append(["content-length", str(len(body))])
    return {"status": stub.status, "headers": headers, "body": body}


def _system_error(text: str) -> str | None:
    """The code of the system error that a text names."""
    if _HUNG_UP in text:
        return "ECONNRESET"
    return next((word for word in re.findall(r"\bE[A-Z_]+\b", text) if word in _SYSTEM_ERRORS), None)


def _kind(text: str, code: str | None, *, timed_out: bool) -> FailureKind:
    if code in _OF_LOOKUP or _WORD_OF_LOOKUP.search(text):
        return "lookup"
    if _WORD_OF_CONNECTING.search(text) or (code in _OF_CONNECTING and not _WORD_OF_TALKING.search(text)):
        return "connect"
    return "timeout" if timed_out else "broken"
