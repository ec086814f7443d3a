"""What is known of a line that was lexed."""

from __future__ import annotations

Stack = tuple[str, ...]
"""The state of a lexer between two lines."""

Span = tuple[int, int, str]
"""First column, column after the last, name of the Pygments token such as `Keyword.Constant`."""

START: Stack = ("root",)
