"""Every way in which one value may stand in a text: raw, escaped, percent-encoded, in base64."""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Iterable

SHORTEST = 4
"""Values with fewer characters are not looked for: they stand by chance in too many texts."""
SHORTEST_LINE = 8
"""Lines of a value with several lines are masked by themselves from this length on."""
SHORTEST_BASE64 = 8
"""Characters of base64 in the middle of other base64 (`user:password`) that count as the value."""
_BACKSLASHES = 7
"""Backslashes before a character that is escaped three times over: JSON in JSON in JSON."""
_BUFFER_SHOWN = 50
"""Bytes of a Buffer that `console.log` shows."""
_SHORT_ESCAPES = {"\b": "b", "\t": "t", "\n": "n", "\f": "f", "\r": "r"}


class Escaped:
    """One text to look for: letters and digits as they are, every other character in any of its escapes.

    So it is found raw, percent-encoded (whatever the encoder left alone), in JSON, in JSON within JSON, and
    in what `console.log` and `repr` make of a string.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        runs = re.findall(r"[A-Za-z0-9]+", text)
        self._sure = max(runs, key=len, default="")
        self._pattern: re.Pattern[str] | None = None

    def spans(self, text: str) -> Iterable[tuple[int, int]]:
        if self._sure not in text:
            return ()
        if self._pattern is None:
            pieces = re.findall(r"\\+|.", self._text, re.DOTALL)
            self._pattern = re.compile("".join(map(_in_any_spelling, pieces)))
        return (match.span() for match in self._pattern.finditer(text))


class Exact:
    """One text to look for as it is."""

    def __init__(self, text: str) -> None:
        self._text = text

    def spans(self, text: str) -> Iterable[tuple[int, int]]:
        at = text.find(self._text)
        while at >= 0:
            yield at, at + len(self._text)
            at = text.find(self._text, at + 1)


def can_mask(value: str) -> bool:
    """Whether a value is long enough to be looked for."""
    return len(value) >= SHORTEST


def forms_of(value: str) -> list[Escaped | Exact]:
    """Everything a value is looked for as."""
    lines = [line.strip() for line in value.splitlines()]
    parts = [line for line in lines if len(line) >= SHORTEST_LINE and not line.startswith("-----")]
    texts = dict.fromkeys([value, value.strip(), *(parts if len(lines) > 1 else [])])
    return [
        *(Escaped(text) for text in texts if can_mask(text)),
        *(Exact(text) for text in _base64_forms(value) | _hex_forms(value)),
    ]


def _hex_forms(value: str) -> set[str]:
    """The bytes of the value as `hex()` and as `console.log(Buffer.from(value))` show them."""
    data = value.encode("utf-8", "surrogatepass")
    return {data.hex(), data.hex().upper(), data.hex(" "), data[:_BUFFER_SHOWN].hex(" ")}


def _base64_forms(value: str) -> set[str]:
    """The value in base64, as UTF-8 and as `btoa` takes it, which knows Latin-1 only."""
    forms = _base64_of_bytes(value.encode("utf-8", "surrogatepass"))
    if not value.isascii() and all(ord(character) < 256 for character in value):
        forms |= _base64_of_bytes(value.encode("latin-1"))
    return forms


def _base64_of_bytes(data: bytes) -> set[str]:
    """By itself, and as a part of more (`Basic` credentials), in both alphabets."""
    padded = _base64(data)
    forms = {padded, padded.rstrip("=")}
    for before in range(3):
        encoded = _base64(bytes(before) + data)
        # the characters that hold bits of the value and of nothing else
        sure = encoded[-(-8 * before // 6) : 8 * (before + len(data)) // 6]
        if len(sure) >= SHORTEST_BASE64:
            forms.add(sure)
    return forms | {form.replace("+", "-").replace("/", "_") for form in forms}


def _base64(data: bytes) -> str:
    return b2a_base64(data, newline=False).decode()


def _in_any_spelling(piece: str) -> str:
    """A pattern for one character of a value, or a run of backslashes, raw or escaped.

    The number of backslashes before a character is bounded, so that no text takes long to search.
    """
    if piece[0] == "\\":
        return rf"(?:\\{{{len(piece)},{len(piece) * (_BACKSLASHES + 1)}}}|(?:%5[cC]){{{len(piece)}}})"
    if piece.isascii() and piece.isalnum():
        return piece
    code = ord(piece)
    escape = rf"\\{{1,{_BACKSLASHES}}}"
    units = piece.encode("utf-16-be", "surrogatepass").hex()
    octets = piece.encode("utf-8", "surrogatepass")
    spellings = [
        rf"\\{{0,{_BACKSLASHES}}}{re.escape(piece)}",
        "".join(f"{escape}u(?i:{units[at : at + 4]})" for at in range(0, len(units), 4)),
        "".join(f"%(?i:{octet:02x})" for octet in octets),
        "".join(f"{escape}x(?i:{octet:02x})" for octet in octets),
    ]
    if code < 256:
        spellings.append(f"(?:{escape}x|%)(?i:{code:02x})")
    if not piece.isascii():
        spellings.append(rf"{escape}(?:U|u\{{)0*(?i:{code:x})\}}?")
    if piece in _SHORT_ESCAPES:
        spellings.append(f"{escape}{_SHORT_ESCAPES[piece]}")
    if piece == " ":
        spellings.append(r"\+")
    return f"(?:{'|'.join(spellings)})"
