"""Themes: one TOML file each, colours of the interface and of the code together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from rich.style import Style
from textual.theme import Theme

from actionsmith import paths
from actionsmith.errors import UserError

Syntax = Mapping[str, Style]
"""Colours of code, by the name of the Pygments token."""

DEFAULT_THEME = "forge"


class _Interface(msgspec.Struct, forbid_unknown_fields=True):
    primary: str
    secondary: str | None = None
    accent: str | None = None
    foreground: str | None = None
    background: str | None = None
    surface: str | None = None
    panel: str | None = None
    success: str | None = None
    warning: str | None = None
    error: str | None = None
    boost: str | None = None
    variables: dict[str, str] = {}


class _ThemeFile(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    title: str
    interface: _Interface
    dark: bool = True
    ansi: bool = False
    syntax: dict[str, str] = {}


class WorkbenchTheme(msgspec.Struct, frozen=True):
    """A theme ready for use: Textual's part and the code's, by Pygments token name."""

    title: str
    interface: Theme
    syntax: dict[str, Style]


class Themes:
    """The themes by name. They are read when they are asked for: a start needs one of them.

    A theme of the person's own may have any name, so that all have to be read as soon as there is one.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []
        """A sentence per file that cannot be used."""
        self._found: dict[str, WorkbenchTheme] = {}
        self._has_all = False
        if any(_own_files()):
            self.all()

    def get(self, name: str) -> WorkbenchTheme | None:
        """The theme of this name."""
        if name not in self._found and not self._has_all:
            self._found |= dict(read_theme(path) for path in _shipped_files() if path.stem == name)
        return self._found.get(name)

    def all(self) -> Mapping[str, WorkbenchTheme]:
        """All of them, the shipped ones first."""
        if not self._has_all:
            self._found, self.faults = load_themes()
            self._has_all = True
        return self._found


def load_themes() -> tuple[dict[str, WorkbenchTheme], list[str]]:
    """All themes by name, the shipped ones first, then the user's; and a sentence per file left out.

    A user's theme may take the place of a shipped one of the same name.
    """
    themes: dict[str, WorkbenchTheme] = {}
    faults: list[str] = []
    for path in (*_shipped_files(), *_own_files()):
        try:
            name, theme = read_theme(path)
        except UserError as error:
            faults.append(str(error))
        else:
            themes[name] = theme
    return themes, faults


def read_theme(path: Path) -> tuple[str, WorkbenchTheme]:
    """Name and theme of one file. Raises UserError that names the file and what is wrong in it."""
    try:
        file = msgspec.toml.decode(path.read_bytes(), type=_ThemeFile)
        syntax = {token: Style.parse(style) for token, style in file.syntax.items()}
    except Exception as error:  # TOML, its schema, a style: each library raises its own kind
        raise UserError(f"the theme {path} cannot be used: {error}") from error
    colours = {
        field: value
        for field in _Interface.__struct_fields__
        if field != "variables" and (value := getattr(file.interface, field)) is not None
    }
    interface = Theme(
        name=file.name,
        dark=file.dark,
        ansi=file.ansi,
        variables=dict(file.interface.variables),
        **colours,
    )
    return file.name, WorkbenchTheme(file.title, interface, syntax)


def _shipped_files() -> Iterable[Path]:
    """Each is called like its theme."""
    return sorted(paths.shipped("themes").glob("*.toml"))


def _own_files() -> Iterable[Path]:
    return sorted((paths.config_dir() / "themes").glob("*.toml"))
