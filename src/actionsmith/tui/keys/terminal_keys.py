"""Which keys there are, and which of them a terminal hands on."""

from __future__ import annotations

import string

from textual.keys import Keys, _character_to_key

from actionsmith.errors import did_you_mean

MODIFIERS = ("ctrl", "alt", "shift", "super", "meta", "hyper")

NAMES = frozenset(
    {key.value.rpartition("+")[2] for key in Keys if key.value.rpartition("+")[2].isidentifier()}
    | {_character_to_key(character) for character in string.printable if character.isprintable()}
)

TWINS = {
    "ctrl+slash": "ctrl+underscore",
    "ctrl+underscore": "ctrl+slash",
    "ctrl+space": "ctrl+@",
}
"""A terminal sends the one or the other for the same key."""

SENT_AS = {
    "ctrl+h": "backspace",
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "escape",
}
"""Keys for which terminals send another one."""

EATEN = {"shift+f3": "terminals send the place of the cursor for it"}

PLAIN = {"escape", "enter", "tab", "backspace", "delete", "space", "insert"}
ARROWS = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown"}


def spelled(key: str) -> str:
    """A key as Textual names it, for one as people write it: `ctrl+/`, `Shift+k`, `?`."""
    *modifiers, last = [*key[:-1].split("+")[:-1], "+"] if key.endswith("+") else key.split("+")
    modifiers = sorted({it.strip().lower() for it in modifiers}, key=_rank)
    last = last.strip() if last.strip() else last
    if len(last) == 1 and not (modifiers and last == "@"):
        if modifiers == ["shift"] and last.isalpha():
            return last.upper()
        if modifiers == ["alt"] and last.isupper():
            modifiers.append("shift")
        last = _character_to_key(last.lower() if modifiers else last)
    else:
        last = {"esc": "escape", "del": "delete", "return": "enter", "ins": "insert"}.get(
            last.lower(), last.lower()
        )
    return "+".join([*modifiers, last])


def _rank(modifier: str) -> int:
    return ("alt", "ctrl", "hyper", "meta", "shift", "super").index(modifier) if modifier in MODIFIERS else 9


def key_fault(key: str) -> str:
    """What is wrong with a key as `spelled`, as a sentence; empty when nothing is."""
    *modifiers, last = key.split("+")
    for modifier in modifiers:
        if modifier not in MODIFIERS:
            return f"There is no key '{key}': '{modifier}' is none of {', '.join(MODIFIERS)}."
    if last not in NAMES and not (len(last) == 1 and last.isprintable()) and last != "@":
        return f"There is no key '{key}'{did_you_mean(last, NAMES) or '.'}"
    if key in SENT_AS:
        return f"Terminals send {SENT_AS[key]} for {key}."
    if key in EATEN:
        return f"{key} does not arrive: {EATEN[key]}."
    return ""


def writes(key: str) -> bool:
    """Whether the key is a character, which is written where there is text."""
    return len(key) == 1 or key == "space" or ("+" not in key and key in NAMES - {it.value for it in Keys})


def survives(key: str) -> bool:
    """Whether xterm, tmux, VS Code's terminal and Windows Terminal all hand a key on as what it is.

    They speak the old way: there is no ctrl with enter or with shift and a letter, no super.
    """
    if key in SENT_AS or key in EATEN:
        return False
    *modifiers, last = key.split("+")
    if last in ARROWS:
        return set(modifiers) <= {"ctrl", "alt", "shift"}
    if len(last) > 1 and last[0] == "f" and last[1:].isdigit():
        return not modifiers and int(last[1:]) <= 12
    if not modifiers:
        return last in PLAIN or writes(key)
    if modifiers == ["ctrl"]:
        return (len(last) == 1 and last in string.ascii_lowercase) or last in (
            "@",
            "underscore",
            "right_square_bracket",
        )
    if modifiers == ["alt"]:
        return (len(last) == 1 and last.isalnum()) or last in ("backspace", "delete")
    if sorted(modifiers) == ["alt", "shift"]:
        return len(last) == 1 and last in string.ascii_lowercase
    if last == "delete":
        return set(modifiers) <= {"ctrl", "alt", "shift"}
    return key == "shift+tab"
