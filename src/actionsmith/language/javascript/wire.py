"""The shapes of the Language Server Protocol that are read from TypeScript's server.

Only what is used is declared, so that the rest of an answer costs next to nothing to read. Names are those of
the protocol.
"""

# ruff: noqa: N815 - its names are in camelCase

from __future__ import annotations

from typing import Any

import msgspec


class Position(msgspec.Struct, frozen=True):
    """A place in a text: a line and a column in UTF-16 units, both from 0."""

    line: int
    character: int


class Range(msgspec.Struct, frozen=True):
    """From a place to the place behind the last character."""

    start: Position
    end: Position


class Edit(msgspec.Struct, frozen=True):
    """A replacement of a range."""

    range: Range
    newText: str


class Markup(msgspec.Struct, frozen=True):
    """A text, as Markdown or plain as was agreed on."""

    value: str
    kind: str = "plaintext"


Prose = Markup | str | None


class CompletionItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One proposal; `data` goes back to the server as it came when the proposal is to be described."""

    label: str
    kind: int = 0
    detail: str = ""
    documentation: Prose = None
    sortText: str = ""
    filterText: str = ""
    insertText: str = ""
    textEdit: Edit | None = None
    data: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class CompletionList(msgspec.Struct, frozen=True):
    """The proposals for one place."""

    items: list[CompletionItem] = []


class HoverAnswer(msgspec.Struct, frozen=True):
    """What is said about a name."""

    contents: Markup


class ParameterInformation(msgspec.Struct, frozen=True):
    """A parameter: its words in the signature."""

    label: str
    documentation: Prose = None


class SignatureInformation(msgspec.Struct, frozen=True):
    """One way to call a function."""

    label: str
    documentation: Prose = None
    parameters: list[ParameterInformation] = []
    activeParameter: int | None = None


class SignatureHelp(msgspec.Struct, frozen=True):
    """All ways to call the function the caret is in, and the one that fits best."""

    signatures: list[SignatureInformation] = []
    activeSignature: int | None = None
    activeParameter: int | None = None


class Location(msgspec.Struct, frozen=True):
    """A part of some file."""

    uri: str
    range: Range


class WorkspaceEdit(msgspec.Struct, frozen=True):
    """Edits by the file they belong to."""

    changes: dict[str, list[Edit]] = {}


class Related(msgspec.Struct, frozen=True):
    """Another place that has to do with a fault."""

    location: Location
    message: str


class Fault(msgspec.Struct, frozen=True):
    """A diagnostic of the server. Severity 1 is an error, 4 a hint; tag 1 is unused, 2 deprecated."""

    range: Range
    message: str
    severity: int = 1
    code: int | str = 0
    tags: list[int] = []
    relatedInformation: list[Related] = []


class FaultReport(msgspec.Struct, frozen=True):
    """The diagnostics of one text."""

    items: list[Fault] = []


class Failure(msgspec.Struct, frozen=True):
    """Why a request was not answered."""

    code: int
    message: str = ""


class Message(msgspec.Struct, frozen=True):
    """Any message of the server: an answer (`id`), a request (`id` and `method`) or a notice (`method`)."""

    id: int | str | None = None
    method: str | None = None
    params: msgspec.Raw = msgspec.Raw(b"null")
    result: msgspec.Raw = msgspec.Raw(b"null")
    error: Failure | None = None


class ConfigurationRequest(msgspec.Struct, frozen=True):
    """The sections of settings that the server asks for."""

    items: list[Any] = []
