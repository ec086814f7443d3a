"""Keys to commands: `["x] [count] [operator [count]] name [argument]`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from actionsmith.editing.vim.motions import MOTIONS
from actionsmith.editing.vim.objects import OBJECTS
from actionsmith.editing.vim.shapes import Command

MOST = 99_999
"""A count beyond it is taken as this one."""

OPERATORS = ("d", "c", "y", ">", "<", "=", "gu", "gU", "g~", "gc")
LINE_OF = {
    **{operator: (operator,) for operator in OPERATORS},
    **{f"g{sign}": (f"g{sign}", sign) for sign in "uU~"},
    "gc": ("gc", "c"),
}
"""What after an operator means whole lines: `dd`, `guu` or `gugu`, `gcc`."""

LINES = (":", "/", "?")
"""After these keys a line is typed, up to enter."""

MISSING = {
    **dict.fromkeys(("m", "'", "`"), "There are no marks here."),
    **dict.fromkeys(("q", "@"), "Keys cannot be recorded here."),
}
"""Commands that there are not, and what is said about it. They take their letter along: it would be a
command of its own, and some of those write."""

ARGUMENTS = ("f", "F", "t", "T", "r", *MISSING)
REGISTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0"_+*-'

SHORT = {
    "x": ("d", "l"),
    "X": ("d", "h"),
    "D": ("d", "$"),
    "C": ("c", "$"),
    "s": ("c", "l"),
    "S": ("c", "line"),
    "Y": ("y", "line"),
    "delete": ("d", "l"),
}
"""Commands that are an operator with its motion."""

NORMAL = {
    *("p", "P", "u", "ctrl+r", ".", "i", "a", "I", "A", "o", "O", "v", "V", "R", "~", "J", "gJ", "gv", "r"),
    *("zz", "zt", "zb", "ctrl+d", "ctrl+u", "ctrl+f", "ctrl+b", "pagedown", "pageup", ":"),
    *("ZZ", "ZQ", "insert"),
}
SELECTING = {
    *(*OPERATORS, "x", "X", "s", "S", "D", "C", "Y", "R", "u", "U", "~", "J", "gJ", "p", "P", "r", "o", "O"),
    *("v", "V", "gv", "zz", "zt", "zb", "ctrl+d", "ctrl+u", "ctrl+f", "ctrl+b", "pagedown", "pageup"),
    *(":", "delete"),
}


class Unfinished(Enum):
    """Why keys are no command: more of them are needed, or none of them could help."""

    INCOMPLETE = 0
    INVALID = 1


def parse(keys: Sequence[str], *, selecting: bool) -> Command | Unfinished:
    """The command that keys make."""
    register, at = "", 0
    count: int | None = None
    while at < len(keys) and (keys[at] == '"' or _is_digit(keys[at], count)):
        if keys[at] == '"':
            if at + 1 == len(keys):
                return Unfinished.INCOMPLETE
            if len(keys[at + 1]) != 1 or keys[at + 1] not in REGISTERS:
                return Unfinished.INVALID
            register = keys[at + 1]
            at += 2
        else:
            count, at = _count(keys, at, count)
    found = _name(keys[at:], objects=selecting)
    if isinstance(found, Unfinished):
        return found
    name, rest = found
    if not selecting and name in OPERATORS:
        return _operation(name, rest, count, register)
    known = SELECTING if selecting else NORMAL
    is_known = name in known or name in MOTIONS or name in MISSING
    if not is_known and not (selecting and name in OBJECTS):
        if selecting or name not in SHORT:
            return Unfinished.INVALID
        operator, motion = SHORT[name]
        return Command(motion, count, register, operator)
    return _with_argument(Command(name, count, register), rest)


def _operation(operator: str, keys: Sequence[str], count: int | None, register: str) -> Command | Unfinished:
    own, at = None, 0
    while at < len(keys) and _is_digit(keys[at], own):
        own, at = _count(keys, at, own)
    if own is not None:
        count = min((count or 1) * own, MOST)
    if at < len(keys) and keys[at] in LINE_OF[operator]:
        return Command("line", count, register, operator)
    found = _name(keys[at:], objects=True)
    if isinstance(found, Unfinished):
        return found
    name, rest = found
    if name in LINE_OF[operator]:
        return Command("line", count, register, operator)
    if name not in MOTIONS and name not in OBJECTS and name not in MISSING:
        return Unfinished.INVALID
    return _with_argument(Command(name, count, register, operator), rest)


def _name(keys: Sequence[str], *, objects: bool) -> tuple[str, Sequence[str]] | Unfinished:
    """The first name in the keys and what follows it; `objects`: `i` and `a` begin a text object."""
    if not keys:
        return Unfinished.INCOMPLETE
    if keys[0] in (("g", "z", "Z", "i", "a") if objects else ("g", "z", "Z")):
        return (keys[0] + keys[1], keys[2:]) if len(keys) > 1 else Unfinished.INCOMPLETE
    return keys[0], keys[1:]


def _with_argument(command: Command, rest: Sequence[str]) -> Command | Unfinished:
    if command.name in LINES:
        if not rest or rest[-1] != "enter":
            return Unfinished.INCOMPLETE
        return command._replace(argument="".join(rest[:-1]))
    if command.name in ARGUMENTS:
        if not rest:
            return Unfinished.INCOMPLETE
        letter = {"enter": "\n", "tab": "\t"}.get(rest[0], rest[0])
        return command._replace(argument=letter) if len(letter) == 1 else Unfinished.INVALID
    return command


def _is_digit(key: str, count: int | None) -> bool:
    return key in tuple("123456789") or (key == "0" and count is not None)


def _count(keys: Sequence[str], at: int, count: int | None) -> tuple[int, int]:
    return min((count or 0) * 10 + int(keys[at]), MOST), at + 1
