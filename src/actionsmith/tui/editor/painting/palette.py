"""The styles of everything the editor paints, by name."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget

from actionsmith.tui.editor.syntax_styles import SyntaxStyles, nearest_style

PREFIX = "code--"
OWN_STYLES = (
    "error",
    "warning",
    "info",
    "error-text",
    "warning-text",
    "info-text",
    "unused",
    "note",
    "ran",
    "missed",
    "guide",
    "space",
    "occurrence",
    "hit",
    "hit-current",
    "bracket",
    "faded",
    "label",
)
"""Styles of the editor's own; each is the component class of this name with the prefix."""

COMPONENT_CLASSES = frozenset(f"{PREFIX}{name}" for name in OWN_STYLES)

DEFAULT_CSS = """
ColouredTextArea {
    & .text-area--cursor-line { background: $foreground 7%; }
    & .text-area--cursor-gutter { background: $foreground 7%; color: $foreground; }
    & .code--error { color: $text-error; }
    & .code--warning { color: $text-warning; }
    & .code--info { color: $text-secondary; }
    & .code--error-text { color: $text-error; text-style: underline; }
    & .code--warning-text { color: $text-warning; text-style: underline; }
    & .code--info-text { color: $text-secondary; text-style: underline; }
    & .code--unused { text-style: dim; }
    & .code--note { color: $text-muted; text-style: italic; }
    & .code--ran { color: $text-success; }
    & .code--missed { color: $text-error; }
    & .code--guide { color: $foreground 18%; }
    & .code--space { color: $foreground 30%; }
    & .code--occurrence { background: $foreground 16%; }
    & .code--hit { background: $warning 35%; }
    & .code--hit-current { background: $warning; color: $background; }
    & .code--bracket { background: $foreground 25%; text-style: bold; }
    & .code--faded { text-style: dim; }
    & .code--label { background: $accent; color: $background; text-style: bold not dim; }

    &:ansi {
        & .text-area--cursor-line { background: transparent; }
        & .text-area--cursor-gutter { background: transparent; color: $primary; }
        & .text-area--selection { background: $input-selection-background;
                                  color: $input-selection-foreground; text-style: none; }
        & .code--note { color: ansi_default; text-style: dim italic; }
        & .code--guide { color: ansi_bright_black; }
        & .code--space { color: ansi_bright_black; }
        & .code--occurrence { background: transparent; text-style: bold underline; }
        & .code--hit { background: ansi_yellow; color: ansi_black; }
        & .code--hit-current { background: ansi_magenta; color: ansi_bright_white; }
        & .code--label { background: ansi_magenta; color: ansi_bright_white; text-style: bold not dim; }
        & .code--bracket { background: transparent; color: ansi_magenta; text-style: bold underline; }
    }
}
"""


class Palette:
    """Styles by name: lower-case names are the editor's own, the others Pygments tokens."""

    def __init__(self, widget: Widget, syntax: SyntaxStyles, given: dict[str, Style | None]) -> None:
        """`given` are further styles by name, such as that of the caret."""
        self._syntax = syntax
        self._styles = dict(given)
        self._styles |= {name: _own_style(widget, f"{PREFIX}{name}") for name in OWN_STYLES}

    def style_of(self, name: str) -> Style | None:
        """The style of a name, or None when it looks like the text around it."""
        if name not in self._styles:
            self._styles[name] = nearest_style(self._syntax, name)
        return self._styles[name]


def _own_style(widget: Widget, component: str) -> Style:
    """What the component's rules set, mixed with the background where they let it through, and no more:
    a colour of the text keeps the background it is painted on, and the other way round."""
    rules = widget.get_component_styles(component)
    full, partial = (widget.get_component_rich_style(component, partial=part) for part in (False, True))
    return Style(
        color=full.color if rules.has_rule("color") else None,
        bgcolor=full.bgcolor if rules.has_rule("background") and rules.background.a else None,
        bold=partial.bold,
        dim=partial.dim,
        italic=partial.italic,
        underline=partial.underline,
        reverse=partial.reverse,
    )
