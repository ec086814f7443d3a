"""Themes as files: what is shipped loads, what is wrong is said and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from actionsmith import paths
from actionsmith.errors import UserError
from actionsmith.tui.themes import DEFAULT_THEME, Themes, load_themes, read_theme

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


def test_themes_are_read_when_they_are_asked_for() -> None:
    everything, _ = load_themes()
    themes = Themes()
    for name, theme in everything.items():
        assert themes.get(name) == theme
    assert themes.get("no such theme") is None
    assert themes.all() == everything


def test_a_users_theme_takes_the_place_of_a_shipped_one_whatever_its_file_is_called() -> None:
    user_theme(OWN.replace('name = "mine"', f'name = "{DEFAULT_THEME}"'))
    user_theme("name = ", "broken.toml")
    themes = Themes()
    found = themes.get(DEFAULT_THEME)
    assert found is not None
    assert found.title == "Mine"
    assert len(themes.faults) == 1
