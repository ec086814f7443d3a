"""The questions an editor asks about code, and the shape of the answers.

One service answers for one language. Today the contract answers (`contract_completion`); services
that know the whole language plug into the same protocol.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

import msgspec

Kind = Literal[
    "property",
    "method",
    "namespace",
    "secret",
    "dependency",
    "module",
    "handler",
    "value",
    "function",
    "class",
    "variable",
    "keyword",
    "constant",
    "text",
]


class Completion(msgspec.Struct, frozen=True):
    """One proposal. `insert` takes the place of the word at the caret; `caret_back` characters of it
    stay behind the caret. `detail` is a type or a signature, `documentation` plain text."""

    label: str
    insert: str
    kind: Kind
    detail: str = ""
    documentation: str = ""
    caret_back: int = 0
    handle: int = -1
    """What its service knows it by when it is asked to describe it."""


class CompletionRequest(msgspec.Struct, frozen=True):
    """The code and the caret (`line` and `column` from 0), and what the Action owns."""

    text: str
    line: int
    column: int
    trigger: str
    language: str
    secrets: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()


class CompletionResult(msgspec.Struct, frozen=True):
    """All proposals for the place; the typed word, which `narrowed` compares, starts at `start_column`.

    A proposal takes the place of the word and of `replaces_after` characters behind the caret.
    """

    items: tuple[Completion, ...]
    start_column: int
    replaces_after: int = 0


NOTHING = CompletionResult((), 0)


class CompletionService(Protocol):
    """Answers about one place in the code. May be slow; is never called on the screen's thread."""

    def complete(self, request: CompletionRequest) -> CompletionResult: ...

    def hover(self, request: CompletionRequest) -> str | None: ...


def narrowed(items: Iterable[Completion], word: str) -> list[Completion]:
    """The proposals that fit the typed word, best first: same start, then same letters in order.

    Case counts only between equals; otherwise the order of the proposals is kept.
    """
    ranked = [(rank, item) for item in items if (rank := _rank(item.label, word)) is not None]
    return [item for _, item in sorted(ranked, key=lambda pair: pair[0])]


def _rank(label: str, word: str) -> int | None:
    if label.startswith(word):
        return 0
    low, wanted = label.lower(), word.lower()
    if low.startswith(wanted):
        return 1
    if wanted in low:
        return 2
    letters = iter(low)
    return 3 if low[:1] == wanted[:1] and all(letter in letters for letter in wanted) else None
