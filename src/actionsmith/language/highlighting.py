"""Colours of a text that is being edited, kept right at the price of the changed lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from actionsmith.language.line_lexers import START, LineLexer, Span, Stack

EVERYTHING = 1 << 60


class Change(NamedTuple):
    """Lines `[first, first + removed)` became `inserted` lines."""

    first: int
    removed: int
    inserted: int


class _Lexed(NamedTuple):
    before: Stack
    spans: tuple[Span, ...]
    after: Stack


class LineHighlighter:
    """The spans of every line of a text, lexed no further than somebody asked for.

    Each line remembers the lexer's state before and after it. A line is lexed again only when its
    text changed or the state before it did, so an edit costs the changed lines and the lines until
    the states meet again; the result is the same as lexing everything from the top.
    """

    def __init__(self, language: str, lines: Sequence[str] = ()) -> None:
        self._lexer = LineLexer(language)
        self._lines: list[str] = list(lines)
        self._lexed: list[_Lexed | None] = [None] * len(self._lines)
        self._settled = 0
        """Lines before this one are right."""

    @property
    def settled(self) -> int:
        """How many lines from the top are lexed and right."""
        return self._settled

    @property
    def ready(self) -> bool:
        """Whether `advance` can begin at once, see `LineLexer.ready`."""
        return self._lexer.ready

    def update(self, lines: Sequence[str]) -> Change:
        """Takes over the text after an edit, an undo, a paste or a load, and says what changed."""
        change = _difference(self._lines, lines)
        first, removed, inserted = change
        if removed or inserted:
            self._lines[first : first + removed] = lines[first : first + inserted]
            self._lexed[first : first + removed] = [None] * inserted
            self._settled = min(self._settled, first)
        return change

    def advance(self, count: int, *, at_most: int = EVERYTHING) -> bool:
        """Settles the first `count` lines, lexing no more than `at_most` of them.

        Returns whether they are settled; call again to go on.
        """
        count = min(count, len(self._lines))
        lexed = self._lexed
        row = self._settled
        while row < count:
            known = lexed[row]
            previous = lexed[row - 1] if row else None
            before = previous.after if previous else START
            if known is None or known.before != before:
                if not at_most:
                    break
                at_most -= 1
                lexed[row] = _Lexed(before, *self._lexer.lex(self._lines[row], before))
            row += 1
        self._settled = max(self._settled, row)
        return row >= count

    def spans(self, row: int) -> tuple[Span, ...]:
        """The spans of one line, settling the lines before it. Beyond the text there are none."""
        if row >= len(self._lines):
            return ()
        self.advance(row + 1)
        return self.known_spans(row)

    def known_spans(self, row: int) -> tuple[Span, ...]:
        """The spans of one line as far as they are known; they may be old while `settled <= row`."""
        lexed = self._lexed[row] if row < len(self._lexed) else None
        return lexed.spans if lexed else ()

    def token_at(self, row: int, column: int) -> str:
        """The token that covers `column`, or an empty string."""
        return next((name for start, end, name in self.spans(row) if start <= column < end), "")


def _difference(old: Sequence[str], new: Sequence[str]) -> Change:
    shortest = min(len(old), len(new))
    first = _common(old, new, shortest, from_end=False)
    last = _common(old, new, shortest - first, from_end=True)
    return Change(first, len(old) - first - last, len(new) - first - last)


def _common(old: Sequence[str], new: Sequence[str], limit: int, *, from_end: bool) -> int:
    """How many lines at one end are the same. Halves the question, so that slices are compared at
    the speed of the interpreter and not line by line."""

    def same(low: int, high: int) -> bool:
        if from_end:
            return old[len(old) - high : len(old) - low] == new[len(new) - high : len(new) - low]
        return old[low:high] == new[low:high]

    known, bound = 0, limit
    while known < bound:
        middle = (known + bound + 1) // 2
        if same(known, middle):
            known = middle
        else:
            bound = middle - 1
    return known
