"""What the last run did, line by line: which lines ran, and what they said and asked for."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from actionsmith.tui.editor.painting.row_painter import Tail

RAN, MISSED = "▎", "╎"


class WhatRan:
    """True of one text only: every edit clears it."""

    def __init__(self) -> None:
        self._bars: dict[int, tuple[str, str]] = {}
        self._tails: dict[int, Tail] = {}

    @property
    def is_empty(self) -> bool:
        return not self._bars and not self._tails

    def show_coverage(self, ran: AbstractSet[int], missed: AbstractSet[int]) -> None:
        """Rows (from 0) that ran, and rows with code that did not."""
        self._bars = dict.fromkeys(missed, (MISSED, "missed")) | dict.fromkeys(ran, (RAN, "ran"))

    def show_notes(self, notes: Mapping[int, str], errors: Mapping[int, str]) -> None:
        """What is said at the end of rows (from 0); errors come first."""
        self._tails = {
            row: tuple(
                (said[row], style) for said, style in ((errors, "error"), (notes, "note")) if said.get(row)
            )
            for row in {*notes, *errors}
        }

    def clear(self) -> None:
        self._bars, self._tails = {}, {}

    def bar(self, row: int) -> tuple[str, str] | None:
        """What the gutter shows beside the number of a row: a sign and the name of its style."""
        return self._bars.get(row)

    def tail(self, row: int) -> Tail:
        return self._tails.get(row, ())
