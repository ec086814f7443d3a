"""Proposals at a place in a text, and which of them fit what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

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


class CompletionResult(msgspec.Struct, frozen=True):
    """All proposals for the place; the typed word, which `narrowed` compares, starts at `start_column`.

    A proposal takes the place of the word and of `replaces_after` characters behind the caret. `is_part`:
    there are more than these, which come when the word has grown.
    """

    items: tuple[Completion, ...]
    start_column: int
    replaces_after: int = 0
    is_part: bool = False


NOTHING = CompletionResult((), 0)


def narrowed(items: Iterable[Completion], word: str) -> list[Completion]:
    """The proposals that fit the typed word, best first: same start, then same letters in order.

    Case counts only between equals; otherwise the order of the proposals is kept.
    """
    ranked = [(rank, item) for item in items if (rank := _rank(item.label, word)) is not None]
    return [item for _, item in sorted(ranked, key=lambda pair: pair[0])]


def matched(label: str, word: str) -> tuple[int, ...]:
    """The places in a label of the letters that the typed word names; none when it does not fit."""
    if not word:
        return ()
    low, wanted = label.lower(), word.lower()
    start = low.find(wanted)
    if start >= 0:
        return tuple(range(start, start + len(wanted)))
    places: list[int] = []
    for letter in wanted:
        place = low.find(letter, places[-1] + 1 if places else 0)
        if place < 0:
            return ()
        places.append(place)
    return tuple(places)


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
