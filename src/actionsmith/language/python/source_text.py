"""A text as Python's tools read it, and the places in it: rows and columns in characters, from 0."""

from __future__ import annotations

import ast
import re
from functools import cached_property

from actionsmith.language.service import Span

_ODD = re.compile("\r(?!\n)|\0|[\ud800-\udfff]")


class SourceText:
    """The text of an Action. Characters that break Python's tools are read as spaces: a NUL, half of a
    surrogate pair, and a carriage return that ends no line (`\\n` alone ends one in the editor)."""

    def __init__(self, text: str) -> None:
        self.text = _ODD.sub(" ", text)
        self.lines = [line.removesuffix("\r") for line in self.text.split("\n")]

    @cached_property
    def tree(self) -> ast.Module | None:
        """The syntax tree, None where the text is not Python (yet)."""
        try:
            return ast.parse(self.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    def clamp(self, row: int, column: int) -> tuple[int, int]:
        """The place in the text that is nearest."""
        row = min(max(row, 0), len(self.lines) - 1)
        return row, min(max(column, 0), len(self.lines[row]))

    def place(self, line: int, offset: int) -> tuple[int, int]:
        """Row and column of what `ast` calls a line (from 1) and an offset (in bytes of UTF-8)."""
        row = line - 1
        text = self.lines[row] if row < len(self.lines) else ""
        return row, offset if text.isascii() else len(text.encode()[:offset].decode(errors="ignore"))

    def span(self, node: ast.expr | ast.stmt | ast.alias) -> Span:
        """Where a node of the tree stands."""
        end = self.place(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
        return Span(*self.place(node.lineno, node.col_offset), *end)

    def name_at_end(self, node: ast.expr, name: str) -> Span:
        """Where the name stands that an expression ends with: `email` of `event.user.email`."""
        row, column = self.place(node.end_lineno or 1, node.end_col_offset or 0)
        return Span(row, max(column - len(name), 0), row, column)
