"""Colours of a text that is being edited, kept right at the price of the changed lines."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from actionsmith.language.spans import START, Span, Stack
from actionsmith.language.text_change import RowChange, row_change

if TYPE_CHECKING:
    from actionsmith.language.line_lexers import LineLexer

EVERYTHING = 1 << 60
TEXT_TOKENS = ("Comment", "Literal.String")
OPEN_ENDED = ("/", '"')
"""What begins a pattern, or a string of JSON, that is an error as long as nothing ends it."""

LEXERS = "actionsmith.language.line_lexers"


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
        self._language = language
        self._lexer: LineLexer | None = None
        self._lines: list[str] = list(lines)
        self._lexed: list[_Lexed | None] = [None] * len(self._lines)
        self._settled = 0
        """Lines before this one are right."""
        self.version = 0
        """Another number after each change of the text or of what is known about it."""

    @property
    def lines(self) -> Sequence[str]:
        """The text as it was taken over last."""
        return self._lines

    @property
    def settled(self) -> int:
        """How many lines from the top are lexed and right."""
        return self._settled

    @property
    def ready(self) -> bool:
        """Whether `advance` can begin at once, see `LineLexer.ready`."""
        return LEXERS in sys.modules and self._load_lexer().ready

    def update(self, lines: Sequence[str]) -> RowChange:
        """Takes over the text after an edit, an undo, a paste or a load, and says what changed."""
        change = row_change(self._lines, lines)
        self.replace(change, lines)
        return change

    def replace(self, change: RowChange, lines: Sequence[str]) -> None:
        """Takes over the text when it is known what changed in it."""
        first, removed, inserted = change
        if removed or inserted:
            self._lines[first : first + removed] = lines[first : first + inserted]
            self._lexed[first : first + removed] = [None] * inserted
            self._settled = min(self._settled, first)
            self.version += 1

    def advance(self, count: int, *, at_most: int = EVERYTHING) -> bool:
        """Settles the first `count` lines, lexing until `at_most` characters are spent.

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
                if at_most <= 0:
                    break
                at_most -= len(self._lines[row]) + 1
                lexed[row] = _Lexed(before, *self._load_lexer().lex(self._lines[row], before))
            row += 1
        if row > self._settled:
            self._settled = row
            self.version += 1
        return row >= count

    def _load_lexer(self) -> LineLexer:
        """The lexer, and with the first one all of Pygments: a text is shown before it has colours."""
        if self._lexer is None:
            from actionsmith.language.line_lexers import LineLexer

            self._lexer = LineLexer(self._language)
        return self._lexer

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

    def token_at(self, row: int, column: int, *, at_most: int = EVERYTHING) -> str:
        """The token that covers `column`, or an empty string; `at_most` as for `advance`."""
        self.advance(row + 1, at_most=at_most)
        return next((name for start, end, name in self.known_spans(row) if start <= column < end), "")

    def text_at(
        self, row: int, column: int, *, at_most: int = EVERYTHING
    ) -> Literal["", "string", "comment"]:
        """What a letter put at a place would belong to, if that is not code; `at_most` as for `advance`."""
        self.advance(row, at_most=at_most)
        previous = self._lexed[row - 1] if row else None
        before = self._lines[row][:column]
        spans, _ = self._load_lexer().lex(f"{before}x", previous.after if previous else START)
        if not spans:
            return ""
        start, _, name = spans[-1]
        if name.startswith("Comment"):
            return "comment"
        is_open = name == "Error" and before[start : start + 1] in OPEN_ENDED
        return "string" if is_open or name.startswith("Literal.String") else ""
