"""What client and server say to each other: frames of MessagePack, each behind its length in four bytes."""

from __future__ import annotations

import struct
from typing import Any, Literal

import msgspec

from actionsmith.language.completion import Completion, CompletionResult
from actionsmith.language.service import Code, Diagnostic, Hover, Signature, Span, Target, TextEdit

Topic = Literal[
    "complete",
    "describe",
    "hover",
    "signature",
    "definition",
    "references",
    "rename",
    "diagnose",
    "format",
]


class Opened(msgspec.Struct, frozen=True, tag="opened"):
    """The text that the questions which follow are about."""

    code: Code


class Question(msgspec.Struct, frozen=True, tag="question"):
    """One question. Each gets one answer with its number; a newer one about the same makes it void."""

    number: int
    topic: Topic
    row: int = 0
    column: int = 0
    new_name: str = ""
    item: Completion | None = None


class Answer(msgspec.Struct, frozen=True):
    """The value for a question, nil when there is none; `fault` says what went wrong inside."""

    number: int
    value: msgspec.Raw = msgspec.Raw(b"\xc0")
    fault: str = ""


READY = 0
"""The number of the answer that comes unasked, once the server is warm."""

ANSWERS: dict[Topic, Any] = {
    "complete": CompletionResult,
    "describe": Completion,
    "hover": Hover | None,
    "signature": Signature | None,
    "definition": tuple[Target, ...],
    "references": tuple[Span, ...],
    "rename": tuple[TextEdit, ...],
    "diagnose": tuple[Diagnostic, ...],
    "format": tuple[TextEdit, ...],
}

LENGTH = struct.Struct("<I")
encode = msgspec.msgpack.Encoder().encode
decode_request = msgspec.msgpack.Decoder(Opened | Question).decode
decode_answer = msgspec.msgpack.Decoder(Answer).decode


def frame(message: Opened | Question | Answer) -> bytes:
    """The bytes of a message on the pipe."""
    body = encode(message)
    return LENGTH.pack(len(body)) + body
