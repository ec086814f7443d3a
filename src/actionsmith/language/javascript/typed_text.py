"""The text as the server sees it, and how places in it and in the person's text belong together.

The server gets a few comments more than the person wrote, which give the handlers their types. They stand
within lines, so that rows stay the same. Columns here count characters, those of the server UTF-16 units.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from actionsmith.language.javascript.wire import Edit, Position, Range
from actionsmith.language.service import Span, TextEdit

_BREAK = re.compile(r"\r\n|\n|\r")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class TypedText:
    """A text with comments put in: `insertions` are (offset in `text`, comment), in the order of the text."""

    def __init__(self, text: str, insertions: Sequence[tuple[int, str]] = ()) -> None:
        self._ends_with_cr = "\r" in text
        self._rows = _BREAK.split(text) if self._ends_with_cr else text.split("\n")
        self._inserted: dict[int, list[tuple[int, int]]] = {}
        parts, done = [], 0
        for offset, comment in insertions:
            parts += [text[done:offset], comment]
            done = offset
            row, column = _place(text, offset)
            self._inserted.setdefault(row, []).append((column, len(comment)))
        parts.append(text[done:])
        self.sent = without_surrogates("".join(parts))
        """The text for the server."""

        self._sent_rows: list[str] | None = None

    @property
    def last_row(self) -> int:
        return len(self._rows) - 1

    def row(self, row: int) -> str:
        """The person's text of a row, without its end; empty outside of the text."""
        return self._rows[row] if 0 <= row < len(self._rows) else ""

    def cut(self, span: Span) -> str:
        """The person's text of a span within one row; of longer ones what is in the first."""
        end = span.end_column if span.end_row == span.row else None
        return self.row(span.row)[span.column : end]

    def has_insertion(self, row: int) -> bool:
        """Whether a handler is defined in this row, or got its type there."""
        return row in self._inserted

    def position(self, row: int, column: int) -> Position:
        """Where a place of the person's text is for the server; places outside are moved to the nearest."""
        row = min(max(row, 0), self.last_row)
        column = min(max(column, 0), len(self._rows[row]))
        shift = sum(length for at, length in self._inserted.get(row, ()) if at <= column)
        return Position(row, _utf16_length(self._sent_row(row)[: column + shift]))

    def span(self, sent: Range) -> Span:
        """The part of the person's text that the server means."""
        return Span(*self._place(sent.start), *self._place(sent.end))

    def edits(self, edits: Sequence[Edit]) -> tuple[TextEdit, ...]:
        """Edits of the server for the person's text, without those of a comment that was put in."""
        mapped = [
            TextEdit(self.span(edit.range), edit.newText)
            for edit in edits
            if not self.is_inserted(edit.range)
        ]
        return tuple(sorted(mapped, key=lambda edit: edit.span))

    def is_inserted(self, sent: Range) -> bool:
        """Whether the server means nothing but (a part of) a comment that was put in."""
        span = self.span(sent)
        is_empty = (span.row, span.column) == (span.end_row, span.end_column)
        return is_empty and (sent.start != sent.end or self._is_inside(sent.start))

    def _is_inside(self, position: Position) -> bool:
        column, shift = _characters(self._sent_row(position.line), position.character), 0
        for at, length in self._inserted.get(position.line, ()):
            if at + shift < column < at + shift + length:
                return True
            shift += length
        return False

    def _place(self, position: Position) -> tuple[int, int]:
        if position.line > self.last_row:
            return self.last_row, len(self._rows[-1])
        column = _characters(self._sent_row(position.line), position.character)
        shift = 0
        for at, length in self._inserted.get(position.line, ()):
            if column <= at + shift:
                break
            shift += min(length, column - at - shift)
        return position.line, min(column - shift, len(self._rows[position.line]))

    def _sent_row(self, row: int) -> str:
        if not self._inserted:
            return self._rows[row]
        if self._sent_rows is None:
            self._sent_rows = _BREAK.split(self.sent) if self._ends_with_cr else self.sent.split("\n")
        return self._sent_rows[row]


def change(old: str, new: str) -> tuple[Range, str] | None:
    """The one replacement that makes `new` of `old`, both as sent to the server; None for equal texts."""
    if old == new:
        return None
    shorter = min(len(old), len(new))
    start = _equal(shorter, lambda size: old[:size] == new[:size])
    end = _equal(shorter - start, lambda size: not size or old[-size:] == new[-size:])
    while start and old[start - 1] == "\r":  # the two halves of a line end stay together
        start -= 1
    while end and old[-end] == "\n" and "\r" in (old[-end - 1 : -end], new[-end - 1 : -end]):
        end -= 1
    first, last = _wire(old, start), _wire(old, len(old) - end)
    return Range(first, last), new[start : len(new) - end]


def without_surrogates(text: str) -> str:
    """The text as it can be written in UTF-8: half characters become the sign for such, one for one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\ufffd", text)
    return text


def columns(line: str, start: Position, end: Position) -> tuple[int, int]:
    """Two columns of the server in a line of its own, in characters."""
    return _characters(line, start.character), _characters(line, end.character)


def _equal(most: int, is_equal: Callable[[int], bool]) -> int:
    """The largest size up to `most` for which texts are equal; they are for every smaller one, too."""
    return bisect_right(range(1, most + 1), False, key=lambda size: not is_equal(size))


def _wire(text: str, offset: int) -> Position:
    row, column = _place(text, offset)
    return Position(row, _utf16_length(text[offset - column : offset]))


def _place(text: str, offset: int) -> tuple[int, int]:
    """Row and column of an offset, in characters."""
    if text.find("\r", 0, offset) < 0:
        return text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset) - 1
    ends = [found.end() for found in _BREAK.finditer(text, 0, offset)]
    return len(ends), offset - (ends[-1] if ends else 0)


def _utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(letter > "\uffff" for letter in text)


def _characters(line: str, units: int) -> int:
    """How many characters of a line take up this many UTF-16 units; all of them for too many."""
    if line.isascii():
        return min(units, len(line))
    for index, letter in enumerate(line):
        if units <= 0:
            return index
        units -= 2 if letter > "\uffff" else 1
    return len(line)
