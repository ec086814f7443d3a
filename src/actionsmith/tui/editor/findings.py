"""What is wrong or doubtful in a text: kept with its places while the text is edited, and painted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from actionsmith.language.service import SEVERITIES, Diagnostic, Fix, Severity, Span, TextEdit
from actionsmith.language.text_change import Place, TextChange, followed
from actionsmith.tui.editor.painting.layer import Spans
from actionsmith.tui.editor.painting.row_painter import Tail

MarkKind = Severity
SIGNS: dict[Severity, str] = {"error": "●", "warning": "▲", "info": "◆"}


class Mark(msgspec.Struct, frozen=True):
    """Something to say about a whole line (`line` counts from 1)."""

    line: int
    kind: MarkKind
    message: str


MARK = "mark"
"""The source of a diagnostic that was made of a mark."""


class Findings:
    """The diagnostics of a text, those of marks on whole lines among them. A layer of the picture: their
    places are underlined, unused parts faint."""

    def __init__(self, lines: Callable[[], Sequence[str]]) -> None:
        self._lines = lines
        self._all: list[Diagnostic] = []
        self._by_row: dict[int, list[Diagnostic]] = {}
        self._spans: dict[int, Spans] = {}

    @property
    def all(self) -> tuple[Diagnostic, ...]:
        """From top to bottom; at the same place the more serious first."""
        return tuple(self._all)

    @property
    def marks(self) -> list[Mark]:
        """The marks from top to bottom, of each line the most serious, each with the line it is on now."""
        marks = ([one for one in there if one.source == MARK] for _, there in sorted(self._by_row.items()))
        return [Mark(one[0].span.row + 1, one[0].severity, one[0].message) for one in marks if one]

    def show(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Put these in the place of all that are not marks."""
        self._set([*(one for one in self._all if one.source == MARK), *diagnostics])

    def mark(self, mark: Mark, line_count: int) -> None:
        """Mark a line; one beyond the text marks the nearest."""
        row = min(max(mark.line, 1), line_count) - 1
        self._set([*self._all, Diagnostic(Span(row, 0, row, 0), mark.kind, mark.message, MARK)])

    def clear_marks(self) -> None:
        self._set([one for one in self._all if one.source != MARK])

    def clear(self) -> None:
        self._set([])

    def follow(self, change: TextChange) -> None:
        """Move along with a change of the text; what lay within the changed part is dropped."""
        if not self._all:
            return
        moved = [one for old in self._all if (one := _carried_along(old, change)) is not None]
        if len(moved) < len(self._all) or any(
            new is not old for new, old in zip(moved, self._all, strict=True)
        ):
            self._set(moved)

    def next_to(self, place: Place, step: int) -> Diagnostic | None:
        """The next one behind a place, or the one before it (`step` -1); from the last on to the first."""
        if not self._all:
            return None
        places = [(one.span.row, one.span.column) for one in self._all]
        if step > 0:
            return self._all[bisect_right(places, place) % len(places)]
        return self._all[bisect_left(places, place) - 1]

    # Painting

    def spans(self, row: int) -> Spans:
        return self._spans.get(row, ())

    def sign(self, row: int) -> tuple[str, str] | None:
        """What the gutter shows for a row: a sign and the name of its style."""
        there = self._by_row.get(row)
        return (SIGNS[there[0].severity], there[0].severity) if there else None

    def tail(self, row: int) -> Tail:
        """The messages of a row, the most serious first."""
        return tuple((one.message, one.severity) for one in self._by_row.get(row, ()))

    def _set(self, diagnostics: Sequence[Diagnostic]) -> None:
        self._all = sorted(diagnostics, key=lambda one: (one.span.row, one.span.column, _rank(one)))
        by_row: defaultdict[int, list[Diagnostic]] = defaultdict(list)
        spans: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for one in self._all:
            by_row[one.span.row].append(one)
        for row in by_row.values():
            row.sort(key=_rank)
        for one in sorted(self._all, key=_rank, reverse=True):  # the more serious above the others
            if one.source != MARK:
                style = "unused" if one.is_unused else f"{one.severity}-text"
                for row_, start, end in self._columns(one.span):
                    spans[row_].append((start, end, style))
        self._by_row = dict(by_row)
        self._spans = {row: tuple(found) for row, found in spans.items()}

    def _columns(self, span: Span) -> Iterator[tuple[int, int, int]]:
        """Row, first column and column behind of each row of a span. An empty span shows as one cell."""
        lines = self._lines()
        for row in range(span.row, min(span.end_row + 1, len(lines))):
            start = span.column if row == span.row else 0
            end = span.end_column if row == span.end_row else len(lines[row])
            if start < end:
                yield row, start, end
            elif span.row == span.end_row:
                yield row, start, start + 1


def _carried_along(one: Diagnostic, change: TextChange) -> Diagnostic | None:
    """The diagnostic with its fixes where they are now; without those whose places are gone."""
    span = followed(one.span, change)
    if span is None:
        return None
    fixes = tuple(fix for old in one.fixes if (fix := _fix_carried_along(old, change)) is not None)
    is_same = span is one.span and all(new is old for new, old in zip(fixes, one.fixes, strict=False))
    return (
        one
        if is_same and len(fixes) == len(one.fixes)
        else msgspec.structs.replace(one, span=span, fixes=fixes)
    )


def _fix_carried_along(fix: Fix, change: TextChange) -> Fix | None:
    spans = [followed(edit.span, change) for edit in fix.edits]
    if all(span is edit.span for span, edit in zip(spans, fix.edits, strict=True)):
        return fix
    edits = [TextEdit(span, edit.text) for span, edit in zip(spans, fix.edits, strict=True) if span]
    return msgspec.structs.replace(fix, edits=tuple(edits)) if len(edits) == len(spans) else None


def covers(span: Span, place: Place) -> bool:
    """Whether a place is in a span, or directly behind it."""
    return (span.row, span.column) <= place <= (span.end_row, span.end_column)


def _rank(diagnostic: Diagnostic) -> int:
    return SEVERITIES.index(diagnostic.severity)
