"""The shipped themes are readable: contrast as WCAG 2 counts it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pygments.token import STANDARD_TYPES
from rich.style import Style
from textual.app import App
from textual.color import ANSI_COLORS, Color
from textual.theme import Theme
from textual.widgets import Button, TextArea, Tree

from actionsmith import paths
from actionsmith.tui.themes import read_theme

FILES = sorted(paths.shipped("themes").glob("*.toml"))
GROUNDS = ("background", "surface", "panel")
TEXTS = ("foreground", "primary", "secondary", "accent", "success", "warning", "error")
LEAST = {"beacon": 7.0}
TOKENS = {str(token).removeprefix("Token.") for token in STANDARD_TYPES}


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def themes(*, ansi: bool) -> list[Any]:
    return [
        pytest.param(theme, id=theme["name"])
        for theme in map(read, FILES)
        if theme.get("ansi", False) is ansi
    ]


def contrast(text: str, ground: str) -> float:
    def luminance(colour: str) -> float:
        parts = [value / 255 for value in Color.parse(colour).rgb]
        red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(text), luminance(ground)))
    return (high + 0.05) / (low + 0.05)


def code_colours(theme: dict[str, Any]) -> dict[str, str]:
    return {
        token: found[0] for token, style in theme["syntax"].items() if (found := re.findall(r"#\w+", style))
    }


def test_there_is_a_choice() -> None:
    loaded = [read(path) for path in FILES]
    assert [theme["name"] for theme in loaded] == [path.stem for path in FILES]
    assert sum(theme["dark"] and not theme.get("ansi") for theme in loaded) >= 2
    assert any(not theme["dark"] for theme in loaded)
    assert any(theme.get("ansi") for theme in loaded)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_name_and_style_is_known(path: Path) -> None:
    theme = read(path)
    interface = dict(theme["interface"])
    variables = interface.pop("variables")
    known = Theme("any", primary="#000000").to_color_system().generate()
    Theme(theme["name"], dark=theme["dark"], ansi=theme.get("ansi", False), variables=variables, **interface)
    assert set(variables) <= set(known)
    assert set(theme["syntax"]) <= TOKENS
    for style in theme["syntax"].values():
        Style.parse(style)


@pytest.mark.parametrize("theme", themes(ansi=False))
def test_text_can_be_read_on_every_ground(theme: dict[str, Any]) -> None:
    interface, variables = theme["interface"], theme["interface"]["variables"]
    texts = {name: interface[name] for name in TEXTS} | {"text-muted": variables["text-muted"]}
    texts |= {f"syntax {token}": colour for token, colour in code_colours(theme).items()}
    faint = {
        (name, ground): round(ratio, 2)
        for name, colour in texts.items()
        for ground in GROUNDS
        if (ratio := contrast(colour, interface[ground])) < LEAST.get(theme["name"], 4.5)
    }
    assert not faint


@pytest.mark.parametrize("theme", themes(ansi=False))
def test_what_is_chosen_or_selected_can_be_read(theme: dict[str, Any]) -> None:
    v = theme["interface"]["variables"]
    assert contrast(v["block-cursor-foreground"], v["block-cursor-background"]) >= 4.5
    assert contrast(v["block-cursor-blurred-foreground"], v["block-cursor-blurred-background"]) >= 4.5
    assert contrast(v["border"], theme["interface"]["surface"]) >= 3
    selected = v["input-selection-background"]
    assert contrast(theme["interface"]["foreground"], selected) >= 4.5
    faint = {token for token, colour in code_colours(theme).items() if contrast(colour, selected) < 3}
    assert not faint
    for level in ("primary", "success", "warning", "error"):
        assert contrast(v["button-color-foreground"], theme["interface"][level]) >= 4.5


@pytest.mark.parametrize("theme", themes(ansi=True))
def test_a_theme_of_the_terminal_names_only_the_terminals_colours(theme: dict[str, Any]) -> None:
    interface = dict(theme["interface"])
    variables = interface.pop("variables")
    colours = [value for name, value in {**interface, **variables}.items() if not name.endswith("style")]
    names = {f"ansi_{name.removeprefix('ansi_')}" for name in ANSI_COLORS} | {"ansi_default"}
    assert set(colours) <= names
    assert not code_colours(theme)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_the_workbench_can_wear_it(path: Path) -> None:
    _, theme = read_theme(path)
    app: App[None] = App()
    async with app.run_test(size=(60, 20)) as pilot:
        app.register_theme(theme.interface)
        app.theme = theme.interface.name
        await app.screen.mount(TextArea("text"), Tree("tree"), Button("button", variant="error"))
        await pilot.pause()
        assert app.current_theme.name == path.stem
