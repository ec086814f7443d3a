"""What a layer of the editor's picture is."""

from __future__ import annotations

from typing import Protocol

Spans = tuple[tuple[int, int, str], ...]
"""First column, column behind the last, and name of a style. Columns may lie behind the end of the text."""


class Layer(Protocol):
    """One kind of thing painted on rows: colours of code, the selection, hits of a search ...

    `spans` is asked for every visible row of every frame and its answer is compared with the one
    before, which decides whether the row is painted again: it has to be cheap, best the same tuple.
    A `glyph` takes the place of the white space in each of its columns.
    """

    glyph: str

    def spans(self, row: int) -> Spans: ...
