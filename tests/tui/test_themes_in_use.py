"""Themes as files: what is shipped loads, what is wrong is said and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from actionsmith import paths
from actionsmith.errors import UserError
from actionsmith.tui.themes import DEFAULT_THEME, load_themes, read_theme

OWN = """
name = "mine"
title = "Mine"
[interface]
primary = "#336699"
[syntax]
Keyword = "bold #ff8800"
"""


def user_theme(text: str, name: str = "mine.toml") -> Path:
    path = paths.config_dir() / "themes" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_the_shipped_themes_load_and_one_follows_the_terminal() -> None:
    themes, faults = load_themes()
    assert not faults
    assert len(themes) >= 4
    assert DEFAULT_THEME in themes
    assert any(theme.interface.ansi for theme in themes.values())
    assert {theme.interface.dark for theme in themes.values()} == {True, False}


def test_a_users_theme_is_added() -> None:
    user_theme(OWN)
    themes, faults = load_themes()
    assert not faults
    assert themes["mine"].title == "Mine"
    assert themes["mine"].syntax["Keyword"].bold


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        OWN.replace("primary", "primry"),
        OWN.replace("bold #ff8800", "bold nocolour"),
        OWN.replace('title = "Mine"', ""),
    ],
)
def test_a_theme_that_cannot_be_used_is_named_and_left_out(text: str) -> None:
    path = user_theme(text)
    with pytest.raises(UserError, match=r"mine\.toml"):
        read_theme(path)
    themes, faults = load_themes()
    assert len(faults) == 1
    assert "mine" not in themes
