"""A TextArea that paints code, row by row, from layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Unpack

from rich.segment import Segment
from rich.style import Style
from textual.document._document import Location, Selection
from textual.geometry import Region
from textual.strip import Strip
from textual.timer import Timer
from textual.widgets import TextArea

from actionsmith.editing.edit import indent_unit
from actionsmith.editing.folding import CLOSING
from actionsmith.language.highlighting import LineHighlighter
from actionsmith.language.text_change import RowChange, TextChange
from actionsmith.tui.editor.editor_options import EditorOptions
from actionsmith.tui.editor.painting import palette
from actionsmith.tui.editor.painting.caret import BracketLayer, CaretLayer, SelectionLayer
from actionsmith.tui.editor.painting.layer import Layer, Spans
from actionsmith.tui.editor.painting.palette import Palette
from actionsmith.tui.editor.painting.row_cache import RowCache
from actionsmith.tui.editor.painting.row_painter import Tail, Window, paint_row
from actionsmith.tui.editor.painting.white_space import GuideLayer, TrailingSpaceLayer
from actionsmith.tui.editor.syntax_styles import SyntaxStyles, default_styles
from actionsmith.tui.editor.unwrapped_text_area import UnwrappedTextArea

PER_SLICE = 4_000
"""Characters lexed in one go on the screen's thread: some milliseconds."""
PER_SLICE_AHEAD = 1_000
SCREENS_AHEAD = 2
"""Screenfuls behind the visible one that are lexed while there is time, for whoever scrolls there."""

FOLDED = "▸", "note"
"""Shown in the gutter of a block that is hidden behind its first row."""

Sign = tuple[str, str] | None
"""One character in the gutter and the name of its style."""


class SyntaxLayer:
    """Colours of code, as far as they are known."""

    def __init__(self, area: ColouredTextArea) -> None:
        self._area = area

    def spans(self, row: int) -> Spans:
        return self._area.highlighter.known_spans(row)


class ColouredTextArea(UnwrappedTextArea):
    """Code with colours. Long lines scroll; they are not wrapped.

    A row is made of its text, the layers from `_layers`, and what `_sign`, `_bar` and `_tail` say
    about it; its picture is kept until one of them says something else, so that a key press costs
    one line and not a screenful.
    """

    DEFAULT_CSS = palette.DEFAULT_CSS

    def __init__(
        self,
        text: str = "",
        language: str = "",
        **options: Unpack[EditorOptions],
    ) -> None:
        self.syntax = language
        self.highlighter = LineHighlighter(language)
        self._syntax_styles: SyntaxStyles | None = None
        self._catching_up: Timer | None = None
        self._brackets = BracketLayer(
            self._anchor_and_caret, lambda: self.highlighter, lambda: self.has_focus
        )
        self._guides = GuideLayer(self._lines, lambda: self.indent_width, lambda: self.syntax == "python")
        self._trailing_space = TrailingSpaceLayer(self._lines, lambda: self.selection.end[0])
        self._painted = RowCache()
        self._palette: Palette | None = None
        self._styles: object = None
        self._layers = self._make_layers()
        tab_width = len(indent_unit(language))
        super().__init__(text, tab_width=tab_width, **options)

    def _make_layers(self) -> Sequence[Layer]:
        """The layers of the picture, the lowest first."""
        return (
            SyntaxLayer(self),
            *self._further_layers(),
            self._brackets,
            SelectionLayer(self._anchor_and_caret, lambda row: len(self.document.get_line(row))),
            self._guides,
            self._trailing_space,
            *self._layers_on_selection(),
            CaretLayer(self._drawn_caret, lambda: self._draw_cursor),
        )

    # What a subclass adds to the picture

    def _further_layers(self) -> Sequence[Layer]:
        return ()

    def _layers_on_selection(self) -> Sequence[Layer]:
        return ()

    def _sign(self, row: int) -> Sign:
        """What stands before the number of a row."""
        return None

    def _bar(self, row: int) -> Sign:
        """What stands behind the number of a row."""
        return None

    def _tail(self, row: int) -> Tail:
        """What is said at the end of a row."""
        return ()

    # What the layers ask

    def _anchor_and_caret(self) -> Selection:
        return self.selection

    def _drawn_caret(self) -> Selection:
        """The selection whose end is where the caret is drawn."""
        return self.selection

    def _lines(self) -> Sequence[str]:
        return self.document.lines

    def token_at(self, row: int, column: int) -> str:
        """The Pygments token that covers a column of a row (both from 0), or an empty string."""
        return self.highlighter.token_at(row, column, at_most=PER_SLICE_AHEAD)  # no more: somebody types

    def text_at(self, row: int, column: int) -> Literal["", "string", "comment"]:
        """What a letter put at a place would belong to, if that is not code."""
        return self.highlighter.text_at(row, column, at_most=PER_SLICE_AHEAD)

    @property
    def bracket_pair(self) -> tuple[Location, Location] | None:
        """The bracket at the caret, or just before it, and its partner, unless that is far away."""
        return self._brackets.pair

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """None: TextArea asks at each move and before it knows the new text, see `bracket_pair`."""
        return None

    def show_white_space(self, *, guides: bool, at_line_ends: bool) -> None:
        """Whether there are lines at the levels of indentation, and dots at the end of lines."""
        self._guides.is_on, self._trailing_space.is_on = guides, at_line_ends
        self.refresh()

    # Lexing

    @property
    def _rows_to_lex(self) -> int:
        """How many rows from the top there are to the end of the screen."""
        _, bottom = self._visible_line_indices
        return self.folds.row_of(bottom) + 1

    @property
    def _rows_ahead(self) -> int:
        """How many rows from the top there are to the end of what may be on the screen next."""
        return self._rows_to_lex + SCREENS_AHEAD * self.scrollable_content_region.height

    def _catch_up(self) -> None:
        """Go on lexing between two frames, for a place so far down that the way there is long."""
        if self._catching_up is None:
            self._catching_up = self.set_interval(1 / 60, self._lex_a_slice)

    def _lex_a_slice(self) -> None:
        highlighter, rows = self.highlighter, self._rows_to_lex
        if not highlighter.advance(rows, at_most=0):
            if highlighter.advance(rows, at_most=PER_SLICE):
                self.refresh()
        elif highlighter.advance(self._rows_ahead, at_most=PER_SLICE_AHEAD) and self._catching_up:
            self._catching_up.stop()
            self._catching_up = None

    # The document

    def _text_changed(self, rows: RowChange, change: TextChange) -> None:
        self.highlighter.replace(rows, self.document.lines)

    def _load_document(self, text: str, language: str) -> None:
        """A new document, without history and without a message."""
        if language != self.syntax:
            self.syntax = language
            self.highlighter = LineHighlighter(language, self.highlighter.lines)
        self._open_document(text, len(indent_unit(language)))

    # Painting

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

    @property
    def gutter_width(self) -> int:
        """One column for a sign, then the line number, a column for a bar, and a space."""
        return super().gutter_width + 1

    def render_lines(self, crop: Region) -> list[Strip]:
        at_most = PER_SLICE if self.highlighter.ready else 0  # text first, colours a frame later
        is_coloured = self.highlighter.advance(self._rows_to_lex, at_most=at_most)
        if not (is_coloured and self.highlighter.advance(self._rows_ahead, at_most=0)):
            self._catch_up()
        self._theme.apply_css(self)
        look = self._theme
        styles = (look.base_style, look.cursor_style, look.selection_style)
        if self._palette is None or styles != self._styles:
            self._styles = styles
            self._palette = Palette(
                self, self.syntax_styles, {"caret": look.cursor_style, "selection": look.selection_style}
            )
        return super(TextArea, self).render_lines(crop)

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        base = self._theme.base_style or Style()
        if line >= self.wrapped_document.height or self._palette is None:
            return Strip.blank(self.size.width, base)
        row = self.folds.row_of(line)
        number = self._theme.gutter_style
        if self.highlight_cursor_line and self._has_cursor and row == self.selection.end[0]:
            number = self._theme.cursor_line_gutter_style
            line_style = self._theme.cursor_line_style
            base += Style(bgcolor=line_style.bgcolor if line_style else None)
        window = Window(
            self.scroll_offset.x,
            max(self.scrollable_content_region.width - self.gutter_width, 0),
            self.indent_width,
        )
        text = self.document.get_line(row)
        layers = [layer.spans(row) for layer in self._layers]
        sign, bar, tail = self._sign(row), self._bar(row), self._tail(row)
        last = self.folds.last_row(row)
        if last is not None:
            closing = self.document.get_line(last).strip()
            bar, tail = FOLDED, ((f"… {closing}" if closing.startswith(CLOSING) else "…", "note"), *tail)
        made_of = (window, self._palette, base, number, text, layers, sign, bar, tail)
        return self._painted.strip(row, made_of, lambda: self._paint(row, *made_of))

    def _paint(
        self,
        row: int,
        window: Window,
        styles: Palette,
        base: Style,
        number: Style | None,
        text: str,
        spans: Sequence[Spans],
        sign: Sign,
        bar: Sign,
        tail: Tail,
    ) -> Strip:
        gutter = base + (number or Style())
        segments = [
            _cell(sign, gutter, styles),
            Segment(f"{row + self.line_number_start:>{self.gutter_width - 3}}", gutter),
            _cell(bar, gutter, styles),
            Segment(" ", gutter),
        ]
        segments += paint_row(text, spans, tail, styles.style_of, base, window)
        strip = Strip(segments).simplify()  # signs that were counted apart may be one now, and narrower
        return strip.adjust_cell_length(self.gutter_width + window.width, base)

    def _repaint(self) -> None:
        self._palette = None
        self._painted.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._repaint()


def _cell(sign: Sign, style: Style, styles: Palette) -> Segment:
    if sign is None:
        return Segment(" ", style)
    return Segment(sign[0], style + (styles.style_of(sign[1]) or Style()))
