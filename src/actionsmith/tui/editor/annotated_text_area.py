"""A text area on which others write: what is wrong, what ran, what was found."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack

from rich.cells import cell_len
from textual.document._document import Selection
from textual.message import Message
from textual.timer import Timer

from actionsmith.editing.words import word_around
from actionsmith.language.service import Diagnostic
from actionsmith.language.text_change import RowChange, TextChange
from actionsmith.tui.editor.coloured_text_area import ColouredTextArea, Sign
from actionsmith.tui.editor.editor_options import EditorOptions
from actionsmith.tui.editor.findings import Findings, Mark, MarkKind
from actionsmith.tui.editor.painting.found import HitLayer, LabelLayer, OccurrenceLayer
from actionsmith.tui.editor.painting.layer import Layer
from actionsmith.tui.editor.painting.row_painter import BETWEEN, GAP, Tail, cells_of
from actionsmith.tui.editor.what_ran import WhatRan

IDLE_SECONDS = 0.3
"""The other places of a word are shown once the caret rests on it for so long."""


class AnnotatedTextArea(ColouredTextArea):
    """Code with diagnostics, marks, coverage, notes and hits of a search. Rows and columns count from 0."""

    @dataclass
    class DiagnosticReached(Message):
        """The caret was put on a diagnostic, the `number`th (from 1) of `count`."""

        editor: AnnotatedTextArea
        diagnostic: Diagnostic
        number: int
        count: int

        @property
        def control(self) -> AnnotatedTextArea:
            return self.editor

    def __init__(
        self,
        text: str = "",
        language: str = "",
        **options: Unpack[EditorOptions],
    ) -> None:
        self._findings = Findings(self._lines)
        self._ran = WhatRan()
        self._hits = HitLayer()
        self._labels = LabelLayer(self._lines)
        self._occurrences = OccurrenceLayer(self._lines)
        self._moved_at = 0.0
        self._resting: Timer | None = None
        super().__init__(text, language, **options)

    # The picture

    def _further_layers(self) -> Sequence[Layer]:
        return (self._occurrences, self._findings)

    def _layers_on_selection(self) -> Sequence[Layer]:
        return (self._hits, self._labels)

    def _sign(self, row: int) -> Sign:
        return self._findings.sign(row)

    def _bar(self, row: int) -> Sign:
        return self._ran.bar(row)

    def _tail(self, row: int) -> Tail:
        return self._findings.tail(row) + self._ran.tail(row)

    def _text_changed(self, rows: RowChange, change: TextChange) -> None:
        super()._text_changed(rows, change)
        self._findings.follow(change)
        self._ran.clear()

    def _load_document(self, text: str, language: str) -> None:
        if language != self.syntax:
            self._ran.clear()
        self._findings.clear()
        self._hits.show({}, None)
        super()._load_document(text, language)

    # Diagnostics and marks

    @property
    def unseen_message(self) -> str:
        """What is wrong with the caret's line, if there is no room for all of it behind the line."""
        row = self.cursor_location[0]
        said = BETWEEN.join(" ".join(text.split()) for text, _ in self._findings.tail(row))
        line = sum(map(cell_len, cells_of(self.document.get_line(row), self.indent_width)))
        room = self.scrollable_content_region.width - self.gutter_width + self.scroll_offset.x
        return said if line + GAP + cell_len(said) > room else ""

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """All there are now, marks among them (source `mark`), from top to bottom, where they are now."""
        return self._findings.all

    def show_diagnostics(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Put these in the place of all others but the marks."""
        self._findings.show(diagnostics)
        self.refresh()

    def action_next_diagnostic(self, step: int = 1) -> None:
        """Put the caret on the next diagnostic (`step` 1) or the one before (-1), and tell what it is."""
        found = self._findings.next_to(self.selection.end, step)
        if found is None:
            return
        self.move_cursor((found.span.row, found.span.column), center=True)
        everything = self._findings.all
        number = next(i for i, one in enumerate(everything, 1) if one is found)
        self.post_message(self.DiagnosticReached(self, found, number, len(everything)))

    @property
    def marks(self) -> Sequence[Mark]:
        """The marks by line; of several on a line the most serious."""
        return self._findings.marks

    def mark(self, line: int, kind: MarkKind, message: str) -> None:
        """Mark a line (from 1)."""
        self._findings.mark(Mark(line, kind, message), self.document.line_count)
        self.refresh()

    def show_marks(self, marks: Iterable[Mark]) -> None:
        """Put these marks in the place of all other marks."""
        self._findings.clear_marks()
        for mark in marks:
            self._findings.mark(mark, self.document.line_count)
        self.refresh()

    def clear_marks(self) -> None:
        """Remove all marks."""
        self.show_marks(())

    # What ran

    def show_coverage(self, ran: frozenset[int], missed: frozenset[int]) -> None:
        """Rows that ran in the last run, and rows with code that did not. Any edit clears it."""
        self._ran.show_coverage(ran, missed)
        self.refresh()

    def show_notes(self, notes: Mapping[int, str], errors: Mapping[int, str] | None = None) -> None:
        """What is said at the end of rows: console output and calls, faint; errors in their colour.
        Any edit clears it."""
        self._ran.show_notes(notes, errors or {})
        self.refresh()

    def clear_what_ran(self) -> None:
        """Remove coverage and notes."""
        self._ran.clear()
        self.refresh()

    # What was found

    def show_hits(
        self, hits: Mapping[int, Sequence[tuple[int, int]]], current: tuple[int, int, int] | None = None
    ) -> None:
        """Hits of a search: by row the first column and the one behind; `current` (row, first, behind) is
        the one the search stands at. They stay until others are shown."""
        self._hits.show(hits, current)
        self.refresh()

    def show_labels(self, labels: Mapping[tuple[int, int], str] | None) -> None:
        """Letters to jump by, by row and column of the first, over text that is faint; None for neither."""
        self._labels.show(labels)
        self.refresh()

    def watch_selection(self, before: Selection, now: Selection) -> None:
        """The other places of the word under the caret show once it rests."""
        if self._occurrences.is_shown:
            self._occurrences.show("", whole_words=False)
        self._moved_at = time.monotonic()
        if self._resting is None and self.is_mounted:
            self._resting = self.set_timer(IDLE_SECONDS, self._rested)

    def _rested(self) -> None:
        left = IDLE_SECONDS - (time.monotonic() - self._moved_at)
        if left > 0.01:  # it moved in the meantime: a timer for each key would cost more than this one
            self._resting = self.set_timer(left, self._rested)
            return
        self._resting = None
        (row, start), (end_row, end) = sorted(self.selection)
        if row != end_row or not self.has_focus:
            return
        line = self.document.get_line(row)
        is_word = start == end
        if is_word:
            start, end = word_around(line, end)
        text = line[start:end]
        rows = self.visible_rows if text.strip() else ()
        in_view = sum(self.document.get_line(at).count(text) for at in rows)
        if in_view > 1 and not self.token_at(row, start).startswith("Keyword"):
            self._occurrences.show(text, whole_words=is_word)
            self.refresh()
