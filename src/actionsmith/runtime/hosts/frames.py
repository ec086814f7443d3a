"""What a host may say, as typed frames. Whatever else it sends is refused, never trusted."""

from __future__ import annotations

import json
from typing import Any, Literal

import msgspec

from actionsmith.runtime.execution import ActionError, Level

MAX_FRAME_BYTES = 64 << 20


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
    line: int | None = None
    undefined: list[int] = []
    emptied: list[Literal["Map", "Set"]] = []
    wait: bool = False
    keywords: bool = False


class Said(msgspec.Struct, tag_field="t", tag="console"):
    """The Action wrote to its console."""

    level: Level
    text: str
    line: int | None
    at: float


class Written(msgspec.Struct, tag_field="t", tag="output"):
    """The Action wrote to its standard output or error itself; the host waits until that is read."""

    at: float


class Requested(msgspec.Struct, tag_field="t", tag="http"):
    """The Action makes an HTTP request: the host waits for the answer to give, or tells what goes out.

    `id` counts the requests of a host; `body` is base64 in JSON. With `kinds` the client asks ahead, before
    it connects: only a failure of one of these kinds is answered then.
    """

    id: int
    method: str
    url: str
    headers: list[tuple[str, str]] = []
    line: int | None = None
    body: bytes = b""
    wait: bool = False
    kinds: list[str] = []


class Answered(msgspec.Struct, tag_field="t", tag="answered"):
    """What became of a request that went out: the body it had, its status, or why there is none."""

    id: int
    status: int | None = None
    error: str | None = None
    body: bytes | None = None


class Done(msgspec.Struct, tag_field="t", tag="done"):
    """The handler has returned. Times in milliseconds, memory in bytes (peak)."""

    duration: float
    cpu: float
    memory: int
    dropped: int = 0


class Failed(msgspec.Struct, tag_field="t", tag="failed"):
    """The code could not be loaded, or the handler threw."""

    error: ActionError
    stage: Literal["load", "call"]
    duration: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    dropped: int = 0


class Exited(msgspec.Struct, tag_field="t", tag="exit"):
    """The Action is ending its own process."""

    code: int
    line: int | None = None


class RanLines(msgspec.Struct, tag_field="t", tag="lines"):
    """The lines of a Python Action that ran so far, and those that did not."""

    ran: list[int]
    missed: list[int]


class RanParts(msgspec.Struct, tag_field="t", tag="parts"):
    """How often parts of a JavaScript Action ran: start and end in UTF-16 units, and the times.

    A part within another one comes after it and counts for its own text.
    """

    parts: list[tuple[int, int, int]]


Frame = Loaded | Called | Said | Written | Requested | Answered | Done | Failed | Exited | RanLines | RanParts

_decoder: msgspec.json.Decoder[Frame] = msgspec.json.Decoder(Frame)


def decode_frame(line: bytes) -> Frame:
    """One line of the pipe as a frame. Raises BadFrame."""
    try:
        return _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _decode_leniently(line, error)


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
