"""Reading what a person writes as TOML: values with their lines, and faults as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from actionsmith.visible import visible


class Problem(NamedTuple):
    """Something wrong in a file of the person; `line` counts from 1, 0 means the file as a whole."""

    path: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else str(self.path)
        return visible(f"{place}: {self.sentence}")


class Entry(NamedTuple):
    """One value, by its dotted name, such as `editor.vim`."""

    name: str
    value: object
    line: int


class TomlFile(NamedTuple):
    """The values of a file, and why there are none if it cannot be read."""

    path: Path
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()

    def problem(self, entry: Entry, sentence: str) -> Problem:
        """A fault of one value."""
        return Problem(self.path, entry.line, sentence)


def read_toml(path: Path) -> TomlFile:
    """Read a file. One that does not exist has no values, and that is no fault."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return TomlFile(path)
    except OSError as error:
        return TomlFile(path, problems=(Problem(path, 0, f"It cannot be read: {error.strerror}."),))
    except UnicodeDecodeError:
        return TomlFile(path, problems=(Problem(path, 0, "It is not UTF-8 text."),))
    import tomllib  # most people have no such file

    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return TomlFile(path, problems=(_broken(path, text, str(error)),))
    lines = dict(_lines(text))
    entries = tuple(Entry(name, value, _line(name, lines)) for name, value in _values(values, ""))
    return TomlFile(path, entries)


def _broken(path: Path, text: str, fault: str) -> Problem:
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", fault)
    line = int(found[1]) if found and found[1] else len(text.splitlines())
    return Problem(path, line, f"It is not TOML: {fault[: found.start()] if found else fault}.")


def _values(table: Mapping[str, Any], before: str) -> Iterator[tuple[str, object]]:
    """The values of a table and of those in it."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _values(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


NAME = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
NAMES = rf"{NAME}(?:\s*\.\s*{NAME})*"
HEADER = rf"\s*\[\[?\s*({NAMES})\s*\]"
VALUE = rf"\s*({NAMES})\s*="


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """The names that lines begin with, tables included; good enough for files that people write."""
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(HEADER, line):
            table = f"{_plain(header[1])}."
            yield table[:-1], number
        elif value := re.match(VALUE, line):
            yield table + _plain(value[1]), number


def _plain(names: str) -> str:
    return ".".join(part.strip("\"'") for part in re.findall(NAME, names))


def _line(name: str, lines: Mapping[str, int]) -> int:
    """The line of a name, or that of the table it stands in, for one written within braces."""
    while name:
        if name in lines:
            return lines[name]
        name = name.rpartition(".")[0]
    return 0
