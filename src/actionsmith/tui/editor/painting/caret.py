"""The selection, the caret and the brackets that belong together."""

from __future__ import annotations

from collections.abc import Callable

from actionsmith.language.highlighting import LineHighlighter
from actionsmith.language.text_change import Place
from actionsmith.tui.editor.painting.layer import Spans

BRACKET_REACH = 20_000
"""Characters that are searched for the partner of a bracket; a pair further apart is not in view."""

CLOSES = {"(": ")", "[": "]", "{": "}"}
OPENS = {close: open_ for open_, close in CLOSES.items()}

Carets = Callable[[], tuple[Place, Place]]
"""The anchor and the caret, as they are now."""


class SelectionLayer:
    """The selected text. A line break that is selected shows as one cell."""

    def __init__(self, selection: Carets, line_length: Callable[[int], int]) -> None:
        self._selection, self._line_length = selection, line_length

    def spans(self, row: int) -> Spans:
        anchor, caret = self._selection()
        if anchor == caret:
            return ()
        (first, left), (last, right) = sorted((anchor, caret))
        if not first <= row <= last:
            return ()
        return (
            (left if row == first else 0, right if row == last else self._line_length(row) + 1, "selection"),
        )


class CaretLayer:
    """The caret."""

    def __init__(self, selection: Carets, is_drawn: Callable[[], bool]) -> None:
        self._selection, self._is_drawn = selection, is_drawn

    def spans(self, row: int) -> Spans:
        caret_row, column = self._selection()[1]
        return ((column, column + 1, "caret"),) if row == caret_row and self._is_drawn() else ()


class BracketLayer:
    """The bracket at the caret, or just before it, and its partner; not those in strings and comments."""

    def __init__(
        self, selection: Carets, highlighter: Callable[[], LineHighlighter], is_shown: Callable[[], bool]
    ) -> None:
        self._selection, self._highlighter, self._is_shown = selection, highlighter, is_shown
        self._known: object = None
        self._pair: tuple[Place, Place] | None = None

    @property
    def pair(self) -> tuple[Place, Place] | None:
        """The bracket at the caret and its partner."""
        anchor, caret = self._selection()
        highlighter = self._highlighter()
        state = (anchor, caret, highlighter, highlighter.version)
        if state != self._known:
            self._known = state
            self._pair = _pair_at(highlighter, caret) if anchor == caret else None
        return self._pair

    def spans(self, row: int) -> Spans:
        pair = self.pair if self._is_shown() else None
        if pair is None:
            return ()
        return tuple((column, column + 1, "bracket") for at, column in sorted(pair) if at == row)


def _pair_at(highlighter: LineHighlighter, caret: Place) -> tuple[Place, Place] | None:
    row, column = caret
    line = highlighter.lines[row] if row < len(highlighter.lines) else ""
    for at in (column, column - 1):
        if 0 <= at < len(line) and (line[at] in CLOSES or line[at] in OPENS):
            if not _is_code(highlighter, row, at):
                continue
            partner = _partner(highlighter, row, at)
            if partner is not None:
                return (row, at), partner
    return None


def _is_code(highlighter: LineHighlighter, row: int, column: int) -> bool:
    token = next((name for start, end, name in highlighter.known_spans(row) if start <= column < end), "")
    return token == "Literal.String.Interpol" or not token.startswith(("Comment", "Literal.String"))


def _partner(highlighter: LineHighlighter, row: int, column: int) -> Place | None:
    lines = highlighter.lines
    step = 1 if lines[row][column] in CLOSES else -1
    awaited: list[str] = []
    partner_of = CLOSES if step > 0 else OPENS
    closing = frozenset(partner_of.values())
    left = BRACKET_REACH
    while 0 <= row < len(lines) and left > 0:
        line = lines[row]
        columns = range(column, len(line)) if step > 0 else range(min(column, len(line) - 1), -1, -1)
        for at in columns[:left]:
            character = line[at]
            if character in partner_of:
                if _is_code(highlighter, row, at):
                    awaited.append(partner_of[character])
            elif character in closing and _is_code(highlighter, row, at):
                if awaited.pop() != character:
                    return None  # the brackets between them do not fit together
                if not awaited:
                    return row, at
        left -= len(line) + 1
        row += step
        column = 0 if step > 0 else 1 << 60
    return None
