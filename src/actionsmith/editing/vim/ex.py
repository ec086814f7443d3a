"""The commands of the line after a colon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from actionsmith.editing.edit import Place
from actionsmith.editing.vim.searching import MOST_SECONDS, compiled, given_up
from actionsmith.editing.vim.shapes import Request
from actionsmith.editing.vim.text import Text
from actionsmith.errors import UserError, did_you_mean

if TYPE_CHECKING:
    from regex import Match

HOST: dict[str, tuple[Request, ...]] = {
    **dict.fromkeys(("w", "write", "w!", "up", "update"), (Request("save"),)),
    **dict.fromkeys(("q", "quit", "q!", "qa", "qa!", "quit!"), (Request("quit"),)),
    **dict.fromkeys(("wq", "x", "xit", "wq!", "x!", "wqa", "xa"), (Request("save"), Request("quit"))),
    **dict.fromkeys(("e!", "edit!"), (Request("reload"),)),
    **dict.fromkeys(("noh", "nohl", "nohlsearch"), (Request("light"),)),
    **dict.fromkeys(("u", "undo"), (Request("undo"),)),
    **dict.fromkeys(("red", "redo"), (Request("redo"),)),
}

ROW = r"(?:\d+|\.|\$|'<|'>|)(?:[+-]\d*)*"
RANGE = re.compile(rf"\s*(?:(%)|({ROW})(?:\s*(,)\s*({ROW}))?)\s*")
SUBSTITUTE = re.compile(r"s(?:ubstitute)?(?=[^\w\s\"|])")


class Outcome(NamedTuple):
    """What a line asks for: requests, a row to go to, or new text for all rows with the caret in it."""

    requests: tuple[Request, ...] = ()
    row: int | None = None
    lines: list[str] | None = None
    caret: Place = (0, 0)
    pattern: str = ""


def run(line: str, text: Text, row: int, selection: tuple[int, int] | None, last_pattern: str) -> Outcome:
    """Carry out a line; rows count from 0. Raises UserError with a sentence when it cannot be."""
    line = line.strip().lstrip(":")
    match = RANGE.match(line)
    assert match is not None, "every part of the range may be missing"
    command = line[match.end() :].strip()
    first, last = _rows(match, text, row, selection)
    if not command:
        return Outcome(row=last) if match.group().strip() else Outcome()
    if found := SUBSTITUTE.match(command):
        return _substitute(command[found.end() :], text, first, last, last_pattern)
    if command in HOST:
        return Outcome(HOST[command])
    known = sorted({name for name in HOST if len(name) > 2} | {"substitute"})
    raise UserError(f"There is no command ':{command}'{did_you_mean(command, known)}.".replace("?.", "?"))


def _rows(match: re.Match[str], text: Text, row: int, selection: tuple[int, int] | None) -> tuple[int, int]:
    everything, one, comma, other = match.groups()
    if everything:
        return 0, text.last_row
    first = _row(one, text, row, selection)
    last = _row(other, text, row, selection) if comma else first
    return min(first, last), max(first, last)


def _row(written: str | None, text: Text, row: int, selection: tuple[int, int] | None) -> int:
    base, *offsets = re.split(r"(?=[+-])", written or "")
    if base in ("'<", "'>"):
        if selection is None:
            raise UserError("Nothing was selected yet.")
        there = selection[base == "'>"]
    elif base == "$":
        there = text.last_row
    else:
        there = int(base[:9]) - 1 if base.isdigit() else row
    for offset in offsets:
        there += int((offset if len(offset) > 1 else f"{offset}1")[:9])
    return min(max(there, 0), text.last_row)


def _substitute(rest: str, text: Text, first: int, last: int, last_pattern: str) -> Outcome:
    sign = rest[0]
    written, replacement, flags = (*_parted(rest[1:], sign), "", "")[:3]
    pattern = written or last_pattern
    if not pattern:
        raise UserError("There is no last search to replace.")
    if set(flags) - set("giI&"):
        raise UserError(f"':s' knows the flags g and i, not '{flags}'.")
    expression = compiled(f"(?i:{pattern})" if "i" in flags else pattern)
    rows, caret, count = list(text.lines[first : last + 1]), first, 0
    new: list[str] = []
    for row in rows:
        with given_up():
            turned, hits = expression.subn(
                lambda match: _expanded(replacement, match),
                row,
                count=0 if "g" in flags else 1,
                timeout=MOST_SECONDS,
            )
        if hits:
            caret, count = first + len(new) + turned.count("\n"), count + hits
        new += turned.split("\n")
    if not count:
        raise UserError(f"Not found: {pattern}")
    lines = [*text.lines[:first], *new, *text.lines[last + 1 :]]
    said = (Request("say", f"{count} replaced."),) if count > 1 else ()
    return Outcome(said, lines=lines, caret=(caret, 0), pattern=pattern)


def _parted(rest: str, sign: str) -> list[str]:
    """The parts between the signs; a sign behind a backslash belongs to its part."""
    parts: list[str] = []
    part, escaped = "", False
    for letter in rest:
        if escaped:
            part += letter if letter == sign else f"\\{letter}"
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == sign and len(parts) < 2:
            parts.append(part)
            part = ""
        else:
            part += letter
    return [*parts, part + "\\" * escaped]


def _expanded(replacement: str, match: Match[str]) -> str:
    """A replacement: `&` and `\\0` are what was found, `\\1` a group of it."""

    def expand(found: re.Match[str]) -> str:
        sign = found.group()
        if sign == "&":
            return match.group()
        letter = sign[1:]
        if letter.isdigit():
            number = int(letter)
            if number > len(match.groups()):
                raise UserError(f"The pattern has no group {number}.")
            return match.group(number) or ""
        return {"n": "\n", "r": "\n", "t": "\t"}.get(letter, letter)

    return re.sub(r"\\.|&", expand, replacement)
