"""Text from outside, made fit for a terminal."""

from __future__ import annotations

TAB_WIDTH = 4

# Control codes would reach the terminal and be obeyed: show them as their pictures instead.
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
_PICTURES |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
# Marks that turn the direction of writing would show text other than it is.
_PICTURES |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)


def visible(text: str) -> str:
    """`text` with control codes shown as symbols and tabs as spaces; line ends are kept."""
    return text.replace("\r\n", "\n").expandtabs(TAB_WIDTH).translate(_PICTURES)
