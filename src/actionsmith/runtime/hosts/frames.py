"""What a host may say, as typed frames. Whatever else it sends is refused, never trusted: an Action shares
the process of its host, and one in Python can find the pipe and the key of its frames there.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import msgspec

from actionsmith.runtime.execution import ActionError, Level

MOST_BYTES = 8 << 20
"""Of one frame, unless it tells a request: data takes a multiple of that once it is decoded."""
MOST_BYTES_OF_REQUEST = 32 << 20
"""Its body is in there, in base64."""
MOST_BYTES_OF_CALLS = 32 << 20
"""Of all calls of api in one run: their number and their values are bounded, and what is around each."""

DEEPEST = 100
"""Levels in a value given to api: no real claim has them, and Python cannot recurse for ever."""
CALL_LIMITS = {"depth": DEEPEST, "call": 1 << 20, "calls": 8 << 20}
"""What hosts keep to: levels, and how many characters of JSON may be given to one call of api, and to all
calls of one run together. No limit of the contract comes near it."""

_REQUEST = b'{"t":"http",'  # how hosts begin it; what comes first decides
_LAST_LINE = 2**31 - 1
_Line = Annotated[int, msgspec.Meta(ge=1, le=_LAST_LINE)]
_Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
_Milliseconds = Annotated[float, msgspec.Meta(ge=0, le=1e9)]  # and neither NaN nor infinite
_Status = Annotated[int, msgspec.Meta(ge=0, le=999)]
_ExitCode = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]


class BadFrame(Exception):
    """The host sent something that is not a frame."""


class Loaded(msgspec.Struct, tag_field="t", tag="loaded"):
    """The code ran to its end; `exports` maps what it exports to `async`, `function` or `other`."""

    exports: dict[str, Literal["async", "function", "other"]]


class Called(msgspec.Struct, tag_field="t", tag="call"):
    """The Action called an api method; `undefined` lists the positions of undefined arguments.

    In `args` numbers may be NaN or infinite. `emptied` are the kinds of objects in them that JSON knows
    nothing of and makes `{}` of.
    `keywords` tells that members of the last one were given as keywords, as only Python can.
    """

    path: str
    args: list[Any]
    line: _Line | None = None
    undefined: list[int] = []
    emptied: Annotated[list[Literal["Map", "Set"]], msgspec.Meta(max_length=2)] = []
    wait: bool = False
    keywords: bool = False


class Said(msgspec.Struct, tag_field="t", tag="console"):
    """The Action wrote to its console."""

    level: Level
    text: str
    line: _Line | None
    at: _Milliseconds


class Written(msgspec.Struct, tag_field="t", tag="output"):
    """The Action wrote to its standard output or error itself; the host waits until that is read."""

    at: _Milliseconds


class Requested(msgspec.Struct, tag_field="t", tag="http"):
    """The Action makes an HTTP request: the host waits for the answer to give, or tells what goes out.

    `id` counts the requests of a host; `body` is base64 in JSON. With `kinds` the client asks ahead, before
    it connects: only a failure of one of these kinds is answered then.
    """

    id: int
    method: str
    url: str
    headers: list[tuple[str, str]] = []
    line: _Line | None = None
    body: bytes = b""
    wait: bool = False
    kinds: list[str] = []


class Answered(msgspec.Struct, tag_field="t", tag="answered"):
    """What became of a request that went out: the body it had, its status, or why there is none."""

    id: int
    status: _Status | None = None
    error: str | None = None
    body: bytes | None = None


class Done(msgspec.Struct, tag_field="t", tag="done"):
    """The handler has returned. Times in milliseconds, memory in bytes (peak)."""

    duration: _Milliseconds
    cpu: _Milliseconds
    memory: _Number
    dropped: _Number = 0


class Failed(msgspec.Struct, tag_field="t", tag="failed"):
    """The code could not be loaded, or the handler threw."""

    error: ActionError
    stage: Literal["load", "call"]
    duration: _Milliseconds = 0.0
    cpu: _Milliseconds = 0.0
    memory: _Number = 0
    dropped: _Number = 0

    def __post_init__(self) -> None:
        if not all(at is None or 1 <= at <= _LAST_LINE for at in (self.error.line, self.error.column)):
            raise ValueError("no place in a file")


class Exited(msgspec.Struct, tag_field="t", tag="exit"):
    """The Action is ending its own process."""

    code: _ExitCode
    line: _Line | None = None


class RanLines(msgspec.Struct, tag_field="t", tag="lines"):
    """The lines of a Python Action that ran so far, and those that did not."""

    ran: list[_Line]
    missed: list[_Line]


class RanParts(msgspec.Struct, tag_field="t", tag="parts"):
    """How often parts of a JavaScript Action ran: start and end in UTF-16 units, and the times.

    A part within another one comes after it and counts for its own text.
    """

    parts: list[tuple[int, int, int]]


Frame = Loaded | Called | Said | Written | Requested | Answered | Done | Failed | Exited | RanLines | RanParts

_decoder: msgspec.json.Decoder[Frame] = msgspec.json.Decoder(Frame)


def decode_frame(line: bytes) -> Frame:
    """One line of the pipe as a frame. Raises BadFrame."""
    if len(line) > MOST_BYTES:
        check_length(line, len(line))
    try:
        frame = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        frame = _decode_leniently(line, error)
    if len(line) > 2 * DEEPEST and isinstance(frame, Called) and _is_deep(line, frame.args):
        raise BadFrame(f"a value given to api has more than {DEEPEST} levels")
    return frame


def check_length(begin: bytes | bytearray, length: int) -> None:
    """Raise BadFrame where a frame that begins like this is too long."""
    most = MOST_BYTES_OF_REQUEST if begin.startswith(_REQUEST) else MOST_BYTES
    if length > most:
        raise BadFrame(f"it said more than {most >> 20} MB at once")


def _decode_leniently(line: bytes, reason: Exception) -> Frame:
    """Frames may hold what JSON proper does not: NaN and the infinities, and half of a surrogate pair, which
    JSON can spell and UTF-8 cannot."""
    try:
        frame: Frame = msgspec.convert(_mend(json.loads(line)), Frame)
        return frame
    except (ValueError, RecursionError):
        raise BadFrame(f"the host sent something that is not a frame: {reason}") from reason


def _mend(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mend(item) for item in value]
    if isinstance(value, dict):
        return {_mend(key): _mend(item) for key, item in value.items()}
    return value


def _is_deep(line: bytes, args: list[Any]) -> bool:
    """Whether there are more than DEEPEST levels in one of the values that a line tells."""
    if line.count(b"[") + line.count(b"{") <= DEEPEST:
        return False
    level: list[Any] = args
    for _ in range(DEEPEST):
        level = [
            inner
            for value in level
            if isinstance(value, list | dict)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return any(isinstance(value, list | dict) for value in level)
