"""The questions an editor asks about code, and the shape of the answers.

One service answers for one language: the contract's own (at once, without a process), jedi in a child process
(`python`), TypeScript's server (`javascript`). Rows and columns count from 0, columns in characters of `str`.
"""

from __future__ import annotations

from typing import Literal, Protocol

import msgspec

from actionsmith.language.completion import NOTHING, Completion, CompletionResult

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the most serious to the least."""


class Code(msgspec.Struct, frozen=True):
    """A text and what belongs to it. `name` tells documents apart; `packages` are the folders where its
    dependencies are installed (one that holds `node_modules`, or some for sys.path)."""

    text: str
    trigger: str
    language: str
    name: str = ""
    secrets: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


class Span(msgspec.Struct, frozen=True, order=True):
    """A part of a text: from row and column to row and column, the last one behind it."""

    row: int
    column: int
    end_row: int
    end_column: int


class TextEdit(msgspec.Struct, frozen=True):
    """Put `text` in the place of a span. Edits that come together do not overlap."""

    span: Span
    text: str


class Fix(msgspec.Struct, frozen=True):
    """A way to mend a fault: edits of the text, or `define_secret`, a secret to be added to the draft, or
    `add_dependency`, a package to be."""

    title: str
    edits: tuple[TextEdit, ...] = ()
    define_secret: str = ""
    add_dependency: str = ""


class Diagnostic(msgspec.Struct, frozen=True):
    """Something that is wrong or doubtful. `source` is who says so (`contract`, `python`, `typescript`)."""

    span: Span
    severity: Severity
    message: str
    source: str
    code: str = ""
    fixes: tuple[Fix, ...] = ()
    is_unused: bool = False


class Hover(msgspec.Struct, frozen=True):
    """What there is to say about a name: its signature or type in code, then plain text."""

    signature: str
    documentation: str = ""


class Parameter(msgspec.Struct, frozen=True):
    """One parameter, as written in its signature."""

    label: str
    documentation: str = ""


class Signature(msgspec.Struct, frozen=True):
    """The call the caret is in. `active` is the parameter being written; -1 when there is none for it."""

    label: str
    parameters: tuple[Parameter, ...] = ()
    active: int = 0
    documentation: str = ""


class Target(msgspec.Struct, frozen=True):
    """Where something is defined: `path` is None for the text itself, else a file to look at."""

    span: Span
    path: str | None = None
    text: str | None = None
    """The text of a file that is not on disk (a declaration of the contract)."""


State = Literal["starting", "ready", "missing", "failed"]


class Status(msgspec.Struct, frozen=True):
    """How a service is. `note` is a sentence for the person: what is missing, and how to get it; `brief` says
    the same in two or three words."""

    state: State
    note: str = ""
    brief: str = ""


class LanguageService(Protocol):
    """Answers about one text at a time. Every answer may be empty; none raises for odd code.

    Methods are coroutines and never block the loop they are awaited on. A service that is not there answers
    empty at once, so that the caller can fall back. Answers to questions about an older text than the newest
    one may be empty as well. A service that derives from this class answers empty what it does not define.
    """

    @property
    def status(self) -> Status:
        return Status("ready")

    def start(self) -> None:
        """Warm up ahead of the first question. Needs a running event loop; returns at once."""
        return

    async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
        return NOTHING

    async def describe(self, code: Code, row: int, column: int, item: Completion) -> Completion:
        """The same proposal with its detail and documentation, which long lists come without."""
        return item

    async def hover(self, code: Code, row: int, column: int) -> Hover | None:
        return None

    async def signature(self, code: Code, row: int, column: int) -> Signature | None:
        return None

    async def definition(self, code: Code, row: int, column: int) -> tuple[Target, ...]:
        return ()

    async def references(self, code: Code, row: int, column: int) -> tuple[Span, ...]:
        return ()

    async def rename(self, code: Code, row: int, column: int, new_name: str) -> tuple[TextEdit, ...]:
        return ()

    async def diagnose(self, code: Code) -> tuple[Diagnostic, ...]:
        return ()

    async def format(self, code: Code) -> tuple[TextEdit, ...]:
        return ()

    async def close(self) -> None:
        """End its process. Nothing is asked afterwards."""
        return
