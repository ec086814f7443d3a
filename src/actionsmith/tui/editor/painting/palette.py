"""The styles of everything the editor paints, by name."""

from __future__ import annotations

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from actionsmith.tui.editor.syntax_styles import SyntaxStyles, nearest_style

OWN_STYLES = {
    "error": "$text-error",
    "warning": "$text-warning",
    "info": "$text-secondary",
    "error-text": "underline $text-error",
    "warning-text": "underline $text-warning",
    "info-text": "underline $text-secondary",
    "unused": "dim",
    "note": "italic $text-muted",
    "ran": "$text-success",
    "missed": "$text-error",
    "guide": "$foreground 18%",
    "space": "$foreground 30%",
    "occurrence": "on $foreground 16%",
    "hit": "on $warning 35%",
    "hit-current": "$background on $warning",
    "bracket": "bold on $foreground 25%",
    "faded": "dim",
    "label": "bold not dim $background on $accent",
}
"""Styles of the editor's own, in the colours of the theme. They are no component classes, as CSS would have
it: each of those is matched with all rules again whenever an editor gets or loses the focus."""

ANSI_STYLES = OWN_STYLES | {
    "note": "dim italic ansi_default",
    "guide": "ansi_bright_black",
    "space": "ansi_bright_black",
    "occurrence": "bold underline",
    "hit": "ansi_black on ansi_yellow",
    "hit-current": "ansi_bright_white on ansi_magenta",
    "bracket": "bold underline ansi_magenta",
    "label": "bold not dim ansi_bright_white on ansi_magenta",
}
"""The same in the sixteen colours of the terminal, which cannot be mixed."""

DEFAULT_CSS = """
ColouredTextArea {
    & .text-area--cursor-line { background: $foreground 7%; }
    & .text-area--cursor-gutter { background: $foreground 7%; color: $foreground; }

    &:ansi {
        & .text-area--cursor-line { background: transparent; }
        & .text-area--cursor-gutter { background: transparent; color: $primary; }
        & .text-area--selection { background: $input-selection-background;
                                  color: $input-selection-foreground; text-style: none; }
    }
}
"""


class Palette:
    """Styles by name: lower-case names are the editor's own, the others Pygments tokens."""

    def __init__(self, widget: Widget, syntax: SyntaxStyles, given: dict[str, Style | None]) -> None:
        """`given` are further styles by name, such as that of the caret."""
        self._widget = widget
        self._syntax = syntax
        self._styles = dict(given)
        self._own = ANSI_STYLES if widget.app.native_ansi_color else OWN_STYLES
        self._behind: Color = widget.background_colors[1]

    def style_of(self, name: str) -> Style | None:
        """The style of a name, or None when it looks like the text around it."""
        if name not in self._styles:
            own = self._own.get(name)
            self._styles[name] = nearest_style(self._syntax, name) if own is None else self._own_style(own)
        return self._styles[name]

    def _own_style(self, text: str) -> Style:
        """What a style says, mixed with the background where it lets it through, and no more: a colour of
        the text keeps the background it is painted on, and the other way round."""
        style = self._widget.app.stylesheet.parse_style(text)
        behind = self._behind if style.background is None else self._behind + style.background
        return Style(
            color=None if style.foreground is None else (behind + style.foreground).rich_color,
            bgcolor=None if style.background is None else behind.rich_color,
            bold=style.bold,
            dim=style.dim,
            italic=style.italic,
            underline=style.underline,
            reverse=style.reverse,
        )
