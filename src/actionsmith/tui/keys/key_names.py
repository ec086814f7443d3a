"""Keys as people write them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.keys import format_key

SAME_KEYS = {"ctrl+underscore": "ctrl+/", "ctrl+slash": "ctrl+/", "ctrl+@": "ctrl+space"}
"""What a terminal reports for a key that people know by another name."""

KEY_NAMES = {
    "escape": "esc",
    "delete": "del",
    "enter": "enter",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "pgup",
    "pagedown": "pgdn",
}


def key_name(key: str) -> str:
    """A key as people write it: `ctrl+s` -> `^s`, `f5` -> `F5`, `alt+up` -> `alt+↑`."""
    *modifiers, last = SAME_KEYS.get(key, key).split("+")
    sign = format_key(last)
    last = KEY_NAMES.get(last) or (sign if len(sign) == 1 and sign.isprintable() and sign.isascii() else last)
    if last.startswith("f") and last[1:].isdigit():
        last = last.upper()
    if modifiers == ["ctrl"] and len(last) == 1:
        return f"^{last}"
    return "+".join([*modifiers, last])


def key_names(keys: Iterable[str]) -> str:
    """All keys of a command: `alt+↑ or K`. Those with the same name are said once."""
    return " or ".join(dict.fromkeys(key_name(key) for key in keys))
