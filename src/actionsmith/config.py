"""What a person sets in `config.toml`; what the program remembers by itself is elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from actionsmith import paths
from actionsmith.errors import did_you_mean
from actionsmith.toml_file import Problem, read_toml


class EditorConfig(msgspec.Struct, frozen=True):
    """The table `[editor]`."""

    vim: bool = False
    run_on_save: bool = False
    indent_guides: bool = True


class Config(msgspec.Struct, frozen=True):
    """All settings, with their defaults."""

    editor: EditorConfig = EditorConfig()


ABOUT = {
    "editor.vim": 'write with the keys of vim; the palette\'s "Toggle vim keys" switches them, too',
    "editor.run_on_save": "run the draft whenever it is saved",
    "editor.indent_guides": "thin lines at the levels of indentation",
}
"""What each setting does, by its name."""

TYPES: dict[type, str] = {bool: "true or false"}


def config_file() -> Path:
    """Where the settings are."""
    return paths.config_dir() / "config.toml"


def load() -> tuple[Config, list[Problem]]:
    """The settings, and what is wrong with the file: a faulty setting keeps its default."""
    file = read_toml(config_file())
    problems = list(file.problems)
    good: dict[str, dict[str, Any]] = {}
    for entry in file.entries:
        table, _, name = entry.name.partition(".")
        kind = _kinds().get(entry.name)
        if kind is None:
            is_near = did_you_mean(name, (known.partition(".")[2] for known in _kinds()))
            hint = did_you_mean(entry.name, _kinds()) if is_near else f"; there are {', '.join(_kinds())}"
            problems.append(file.problem(entry, f"There is no setting '{entry.name}'{_ended(hint)}"))
        elif type(entry.value) is not kind:
            problems.append(file.problem(entry, f"'{entry.name}' must be {TYPES[kind]}."))
        else:
            good.setdefault(table, {})[name] = entry.value
    return msgspec.convert(good, Config), problems


def values(config: Config) -> dict[str, object]:
    """Every setting by its name."""
    return {name: getattr(getattr(config, name.partition(".")[0]), name.partition(".")[2]) for name in ABOUT}


def template() -> str:
    """A file with every setting as a comment: its default, and what it does."""
    lines = ["# Settings of Actionsmith. Take the # away from a line to change what it says."]
    table = ""
    for name, value in values(Config()).items():
        if name.partition(".")[0] != table:
            table = name.partition(".")[0]
            lines += ["", f"[{table}]"]
        lines.append(f"# {name.partition('.')[2]} = {str(value).lower()}  # {ABOUT[name]}")
    return "\n".join(lines) + "\n"


def _kinds() -> dict[str, type]:
    """The type of each setting."""
    return {
        f"{table}.{name}": kind
        for table, fields in get_type_hints(Config).items()
        for name, kind in get_type_hints(fields).items()
    }


def _ended(hint: str) -> str:
    return hint if hint.endswith("?") else f"{hint}."
