"""Registers: what was deleted and yanked, by their letters."""

from __future__ import annotations

from typing import NamedTuple


class Register(NamedTuple):
    """A text; of whole lines when `linewise`, then without the last line end."""

    text: str
    linewise: bool = False


SYSTEM = ("+", "*")
NOWHERE = "_"


class Registers:
    """`"` is the last one written, `0` the last yank, `-` the last deletion within a line.

    `A` appends to `a`, `_` swallows. The clipboard, `+` and `*`, is the host's: see `read`.
    """

    def __init__(self) -> None:
        self._kept: dict[str, Register] = {}

    def write(self, name: str, register: Register, *, yanked: bool) -> bool:
        """Keep what an operator took. Returns whether the clipboard is to have it."""
        if name == NOWHERE:
            return False
        if name.isupper():
            name = name.lower()
            register = _joined(self._kept.get(name), register)
        if name in ("", '"'):
            small = not register.linewise and "\n" not in register.text
            if yanked:
                self._kept["0"] = register
            elif small:
                self._kept["-"] = register
        elif name not in SYSTEM:
            self._kept[name] = register
        self._kept['"'] = register
        return name in SYSTEM

    def read(self, name: str, clipboard: str) -> Register | None:
        """What a register holds; None: nothing."""
        if name in SYSTEM:
            linewise = clipboard.endswith("\n")
            text = clipboard.removesuffix("\n").replace("\r\n", "\n")
            return Register(text, linewise) if clipboard else None
        return self._kept.get(name.lower() or '"')


def _joined(before: Register | None, more: Register) -> Register:
    if before is None:
        return more
    if before.linewise or more.linewise:
        return Register(f"{before.text}\n{more.text}", True)
    return Register(before.text + more.text)
