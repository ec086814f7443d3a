"""Places that were looked for: hits of a search, places to jump to, those of the word at the caret."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from actionsmith.tui.editor.painting.layer import Spans

LONGEST = 5_000
"""Longer lines are not searched for the word at the caret."""


class HitLayer:
    """Hits of a search by row, and the one that the search stands at."""

    def __init__(self) -> None:
        self._by_row: dict[int, Spans] = {}

    def show(
        self, hits: Mapping[int, Sequence[tuple[int, int]]], current: tuple[int, int, int] | None
    ) -> None:
        """Hits by row as first column and column behind; `current` is row, first column and column behind."""
        self._by_row = {
            row: tuple(
                (start, end, "hit-current" if current == (row, start, end) else "hit") for start, end in spans
            )
            for row, spans in hits.items()
        }

    def spans(self, row: int) -> Spans:
        return self._by_row.get(row, ())


class LabelLayer:
    """Letters to jump by, put over the text, which is faint meanwhile."""

    def __init__(self, lines: Callable[[], Sequence[str]]) -> None:
        self._lines = lines
        self._by_row: dict[int, list[tuple[int, int, str, str]]] | None = None

    def show(self, labels: Mapping[tuple[int, int], str] | None) -> None:
        """Labels by row and column of their first letter; None for no labels, and the text as it is."""
        by_row: dict[int, list[tuple[int, int, str, str]]] = {}
        for (row, column), label in sorted((labels or {}).items()):
            letters = [(at, at + 1, "label", letter) for at, letter in enumerate(label, column)]
            by_row[row] = [*by_row.get(row, []), *letters]
        self._by_row = None if labels is None else by_row

    def spans(self, row: int) -> Spans:
        if self._by_row is None:
            return ()
        lines = self._lines()
        length = len(lines[row]) if row < len(lines) else 0
        return ((0, length, "faded"), *self._by_row.get(row, ()))


class OccurrenceLayer:
    """All places of one word, or of one selected text."""

    def __init__(self, lines: Callable[[], Sequence[str]]) -> None:
        self._lines = lines
        self._pattern: re.Pattern[str] | None = None
        self._known: dict[int, tuple[str, Spans]] = {}

    @property
    def is_shown(self) -> bool:
        return self._pattern is not None

    def show(self, text: str, *, whole_words: bool) -> None:
        """The text whose places are shown; an empty one for none."""
        pattern = re.escape(text)
        if whole_words:
            pattern = rf"(?<![\w$]){pattern}(?![\w$])"
        self._pattern = re.compile(pattern) if text else None
        self._known = {}

    def spans(self, row: int) -> Spans:
        if self._pattern is None:
            return ()
        lines = self._lines()
        line = lines[row] if row < len(lines) else ""
        known = self._known.get(row)
        if known is None or known[0] != line:
            found = self._pattern.finditer(line) if len(line) <= LONGEST else ()
            known = self._known[row] = line, tuple((*match.span(), "occurrence") for match in found)
        return known[1]
