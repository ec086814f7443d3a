"""A TextArea that paints code: colours by line, marks in the gutter and behind the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.document._document import Location, Selection
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from textual.timer import Timer
from textual.widgets import TextArea

from actionsmith.editing.edit import indent_unit
from actionsmith.language.highlighting import LineHighlighter
from actionsmith.tui.editor.line_marks import LineMarks, Mark, MarkKind, with_message
from actionsmith.tui.editor.syntax_styles import SyntaxStyles, default_styles, nearest_style

LINES_PER_SLICE = 80
"""Lines lexed in one go on the screen's thread: a few milliseconds."""

BRACKET_REACH = 5_000
"""Characters that are searched for the partner of the bracket at the caret."""


class _Painted(msgspec.Struct):
    text: str
    spans: object
    mark: Mark | None
    frame: object
    strip: Strip


class ColouredTextArea(TextArea):
    """Code with colours. Long lines scroll; they are not wrapped.

    It leans on private seams of TextArea: `_build_highlight_map` is called at once after each edit,
    undo, redo and load; `_render_line` paints a line; `_refresh_size` measures the document;
    `_set_document` replaces it; `_yield_character_locations` feeds the search for brackets. A painted
    line is kept until its text, colours, mark or place change, which makes a key cost one line
    instead of a screenful.
    """

    DEFAULT_CSS = """
    ColouredTextArea {
        & .text-area--cursor-line { background: $foreground 7%; }
        & .text-area--cursor-gutter { background: $foreground 7%; color: $foreground; }
        &:ansi .text-area--cursor-line { background: transparent; }
        &:ansi .text-area--cursor-gutter { background: transparent; color: $primary; }
        & .mark--error { color: $text-error; }
        & .mark--warning { color: $text-warning; }
        & .mark--info { color: $text-secondary; }
    }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"mark--error", "mark--warning", "mark--info"}

    def __init__(
        self,
        text: str = "",
        language: str = "",
        *,
        read_only: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        self.syntax = language
        self._highlighter = LineHighlighter(language)
        self._widths: list[int] = []
        self._marks = LineMarks()
        self._painted: dict[int, _Painted] = {}
        self._frame: object = None
        self._styles_by_token: dict[str, Style | None] = {}
        self._syntax_styles: SyntaxStyles | None = None
        self._catching_up: Timer | None = None
        super().__init__(
            text,
            soft_wrap=False,
            show_line_numbers=True,
            tab_behavior="indent",
            read_only=read_only,
            id=id,
            classes=classes,
        )
        self.cursor_blink = False
        self.indent_width = len(indent_unit(language))

    # Colours

    @property
    def syntax_styles(self) -> SyntaxStyles:
        """Styles of the code; until some are handed in, made of the interface's colours."""
        return (
            default_styles(self.app.theme_variables) if self._syntax_styles is None else self._syntax_styles
        )

    @syntax_styles.setter
    def syntax_styles(self, styles: SyntaxStyles | None) -> None:
        self._syntax_styles = styles
        self._repaint()

    def _style_of(self, token: str) -> Style | None:
        if token not in self._styles_by_token:
            self._styles_by_token[token] = nearest_style(self.syntax_styles, token)
        return self._styles_by_token[token]

    def token_at(self, row: int, column: int) -> str:
        """The Pygments token that covers a column of a row (both from 0), or an empty string."""
        return self._highlighter.token_at(row, column)

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        for start, end, token in self._highlighter.known_spans(line_index):
            style = self._style_of(token)
            if style is not None:
                line.stylize(style, start, end)
        return line

    def _catch_up(self) -> None:
        """Go on lexing between two frames, for a place so far down that the way there is long."""
        if self._catching_up is None:
            self._catching_up = self.set_interval(1 / 60, self._lex_a_slice)

    def _lex_a_slice(self) -> None:
        _, bottom = self._visible_line_indices
        if self._highlighter.advance(bottom + 1, at_most=LINES_PER_SLICE) and self._catching_up:
            self._catching_up.stop()
            self._catching_up = None
            self.refresh()

    # The document changed

    def _build_highlight_map(self) -> None:
        lines = self.document.lines
        change = self._highlighter.update(lines)
        first, removed, inserted = change
        self._widths[first : first + removed] = [
            cell_len(line.expandtabs(self.indent_width)) for line in lines[first : first + inserted]
        ]
        self._marks.follow(change)
        if removed != inserted:
            self._painted = {row: it for row, it in self._painted.items() if row < first}
        if self.is_mounted:
            self._refresh_size()  # undo measures before the new widths are known

    def _set_document(self, text: str, language: str | None) -> None:
        self._marks.clear()
        self._painted = {}
        super()._set_document(text, language)

    def _load_document(self, text: str, language: str) -> None:
        """A new document, without history and without a message."""
        if language != self.syntax:
            self.syntax = language
            self._highlighter = LineHighlighter(language)
            self._widths = []
            self.indent_width = len(indent_unit(language))
        self.history.clear()
        self.selection = Selection()  # a shorter document is measured before TextArea moves the caret
        self._set_document(text, None)
        self.scroll_home(animate=False)

    def _refresh_size(self) -> None:
        if len(self._widths) != self.document.line_count:
            super()._refresh_size()
            return
        width = max(self._widths, default=0) + self.gutter_width + 1
        self.virtual_size = Size(width, self.document.line_count)
        self._refresh_scrollbars()

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Back at the start, too, once the caret's line fits: no line lacks its first letters for nothing."""
        offset = super().scroll_cursor_visible(center, animate)
        row, room = self.cursor_location[0], self.scrollable_content_region.width - self.gutter_width - 1
        if self.scroll_x and row < len(self._widths) and self._widths[row] <= room:
            self.scroll_to(x=0, animate=animate, force=True)
        return offset

    def _yield_character_locations(self, start: Location) -> Iterable[tuple[str, Location]]:
        return islice(super()._yield_character_locations(start), BRACKET_REACH)

    def _yield_character_locations_reverse(self, start: Location) -> Iterable[tuple[str, Location]]:
        return islice(super()._yield_character_locations_reverse(start), BRACKET_REACH)

    # Marks

    @property
    def marks(self) -> Sequence[Mark]:
        """The marks by line."""
        return self._marks.all()

    def mark(self, line: int, kind: MarkKind, message: str) -> None:
        """Mark a line (from 1); of several marks the most serious is shown."""
        self._marks.add(Mark(line, kind, message), self.document.line_count)
        self.refresh()

    def show_marks(self, marks: Iterable[Mark]) -> None:
        """Put these marks in the place of all others."""
        self._marks.clear()
        for mark in marks:
            self.mark(mark.line, mark.kind, mark.message)
        self.refresh()

    def clear_marks(self) -> None:
        """Remove all marks."""
        self.show_marks(())

    # Painting

    @property
    def gutter_width(self) -> int:
        """One column for marks, then the line number."""
        return super().gutter_width + 1

    def render_lines(self, crop: Region) -> list[Strip]:
        self._frame = None
        _, bottom = self._visible_line_indices
        at_most = LINES_PER_SLICE if self._highlighter.ready else 0  # text first, colours a frame later
        if not self._highlighter.advance(bottom + 1, at_most=at_most):
            self._catch_up()
        self._theme.apply_css(self)
        line_style = self._theme.cursor_line_style
        if line_style is not None:  # TextArea would paint its colour over that of the code
            self._theme.cursor_line_style = Style(bgcolor=line_style.bgcolor)
        return super(TextArea, self).render_lines(crop)

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        if row >= self.document.line_count:
            return self._render_line(y)
        if self._has_cursor_or_selection(row):
            self._painted.pop(row, None)
            return self._render_line(y)
        if self._frame is None:
            self._frame = (
                self.size,
                self.scroll_offset.x,
                self.gutter_width,
                self._theme.base_style,
                self._theme.gutter_style,
            )
        is_lexed = row < self._highlighter.settled
        spans = self._highlighter.known_spans(row)
        text, mark = self.document.get_line(row), self._marks.at(row)
        kept = self._painted.get(row)
        if (
            kept
            and is_lexed
            and kept.spans is spans
            and kept.mark is mark
            and kept.text == text
            and kept.frame == self._frame
        ):
            return kept.strip
        strip = self._render_line(y)
        if is_lexed:
            self._painted[row] = _Painted(text, spans, mark, self._frame, strip)
        return strip

    def _has_cursor_or_selection(self, row: int) -> bool:
        start, end = self.selection
        bracket = self._matching_bracket_location
        low, high = (start[0], end[0]) if start <= end else (end[0], start[0])
        return low <= row <= high or (bracket is not None and bracket[0] == row)

    def _render_line(self, y: int) -> Strip:
        strip = super()._render_line(y)
        row = y + self.scroll_offset.y
        if row >= self.document.line_count:
            return strip
        segments = list(strip)
        gutter, mark = segments[0], self._marks.at(row)
        number = gutter.text[1:]
        if mark is None:
            return Strip([Segment(f" {number}", gutter.style), *segments[1:]], strip.cell_length)
        style = self.get_component_rich_style(f"mark--{mark.kind}", partial=True)
        segments[0] = Segment(f"{mark.sign}{number}", (gutter.style or Style()) + style)
        used = self.gutter_width + max(self._widths[row] - self.scroll_offset.x, 0) + 2
        room = self.scrollable_content_region.width - used
        return with_message(Strip(segments, strip.cell_length), mark, style, used, room)

    def _repaint(self) -> None:
        self._painted = {}
        self._styles_by_token = {}
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._repaint()
