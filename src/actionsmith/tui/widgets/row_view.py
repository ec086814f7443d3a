"""A scrolling view of many wrapped rows that draws only the lines in sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

NO_TEXT = Content("")


class Row(msgspec.Struct, frozen=True):
    """Text to show, with what stands in front of its first line.

    `line` is where a click leads, in the code of `action` where rows of several are shown.
    """

    text: Content
    margin: Content = NO_TEXT
    indent: int = 0
    line: int | None = None
    action: str = ""


class RowView(ScrollView, can_focus=True):
    """Rows wrap under their own text, not under their margin. Adding rows costs what they cost."""

    DEFAULT_CSS = """
    RowView {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        background: transparent;
    }
    """

    @dataclass
    class LineChosen(Message):
        """A row that belongs to a line of the code was clicked."""

        view: RowView
        line: int
        action: str = ""

        @property
        def control(self) -> RowView:
            return self.view

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._rows: list[Row] = []
        self._lines: list[tuple[Content, Row]] = []
        self._wrapped_for = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows)

    @property
    def plain(self) -> str:
        """What is shown, as text: one line per row."""
        return "\n".join(f"{row.margin.plain:<{row.indent}}{row.text.plain}" for row in self._rows)

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows from the top."""
        self._rows, self._lines = [], []
        self.add_rows(rows)
        self.scroll_home(animate=False, immediate=True)

    def add_rows(self, rows: Iterable[Row], *, follow: bool = False) -> None:
        """Show more rows below; `follow` keeps the end in sight when it is in sight."""
        at_end = self.is_vertical_scroll_end
        added = list(rows)
        self._rows.extend(added)
        for row in added:
            self._lines.extend(_wrap(row, self._wrapped_for))
        self._measure()
        if follow and at_end:
            self.scroll_end(animate=False, immediate=True)

    def on_resize(self, event: Resize) -> None:
        width = self.scrollable_content_region.width
        if width != self._wrapped_for:
            self._wrapped_for = width
            self._lines = [line for row in self._rows for line in _wrap(row, width)]
            self._measure()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        style = self.visual_style
        row = y + round(self.scroll_offset.y)
        if row >= len(self._lines):
            return Strip.blank(width, style.rich_style)
        content, _ = self._lines[row]
        return Strip(content.render_segments(style)).adjust_cell_length(width, style.rich_style)

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        row = -1 if offset is None else offset.y + round(self.scroll_offset.y)
        if not 0 <= row < len(self._lines):
            return
        clicked = self._lines[row][1]
        if clicked.line is not None:
            self.post_message(self.LineChosen(self, clicked.line, clicked.action))

    def _measure(self) -> None:
        self.virtual_size = Size(self._wrapped_for, len(self._lines))
        self.refresh()


def _wrap(row: Row, width: int) -> list[tuple[Content, Row]]:
    room = max(width - row.indent, 10)
    hanging = Content(" " * row.indent)
    first = row.margin.pad_right(max(row.indent - row.margin.cell_length, 0))
    return [
        ((hanging if number else first) + line, row)
        for number, line in enumerate(row.text.wrap(room) or [Content("")])
    ]
