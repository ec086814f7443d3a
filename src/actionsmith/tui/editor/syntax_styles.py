"""Which style a token of code is painted with."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style

SyntaxStyles = Mapping[str, Style]
"""Styles by Pygments token: `Keyword`, `Name.Function`, `Literal.String` or `String` ..."""

DEFAULT_COLOURS = {
    "Comment": "text-muted",
    "Keyword": "text-primary",
    "Literal.String": "text-success",
    "Literal.Number": "text-warning",
    "Keyword.Constant": "text-warning",
    "Name.Function": "text-accent",
    "Name.Builtin": "text-secondary",
    "Name.Tag": "text-primary",
    "Error": "text-error",
}
"""The colour of the interface that stands in while no theme of the code was handed in."""


def default_styles(variables: Mapping[str, str]) -> dict[str, Style]:
    """Styles made of the interface's own colours (`App.theme_variables`)."""
    named = {token: variables.get(name, "") for token, name in DEFAULT_COLOURS.items()}
    return {token: Style(color=colour) for token, colour in named.items() if colour.startswith("#")}


def nearest_style(styles: SyntaxStyles, token: str) -> Style | None:
    """The style of a token, else that of the nearest token above it: `Keyword` for `Keyword.Constant`."""
    while token:
        style = styles.get(token) or styles.get(token.removeprefix("Literal."))
        if style is not None:
            return style
        token = token.rpartition(".")[0]
    return None
