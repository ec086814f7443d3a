"""What a layer of the editor's picture is."""

from __future__ import annotations

from typing import Protocol

Spans = tuple[tuple[int, int, str] | tuple[int, int, str, str], ...]
"""First column, column behind the last, and name of a style; then a glyph if one takes the place of the
character in each of these columns. Columns may lie behind the end of the text."""


class Layer(Protocol):
    """One kind of thing painted on rows: colours of code, the selection, hits of a search ...

    `spans` is asked for every visible row of every frame and its answer is compared with the one
    before, which decides whether the row is painted again: it has to be cheap, best the same tuple.
    """

    def spans(self, row: int) -> Spans: ...
