"""The ways in which one value may stand in a text: raw, escaped, percent-encoded, in hex, base64, base32."""

from __future__ import annotations

import re
from base64 import b32encode
from binascii import b2a_base64
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

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
_ENTITIES = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}
_NARROWEST = 60
"""Characters of base64 and escapes before a line end that does not belong to it: mail has 76, keys 64."""
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]*")


class Escaped:
    """One text to look for: letters and digits as they are, every other character in any of its escapes.

    So it is found raw, percent-encoded (whatever the encoder left alone), in JSON, in JSON within JSON, in
    HTML, and in what `console.log` and `repr` make of a string. `sure` stands in every spelling.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        runs = re.findall(r"[A-Za-z0-9]+", text)
        self.sure = max(runs, key=len, default="")
        self._pattern: re.Pattern[str] | None = None

    def spans(self, text: str) -> Iterable[tuple[int, int]]:
        if self._pattern is None:
            pieces = re.findall(r"\\+|.", self._text, re.DOTALL)
            self._pattern = re.compile("".join(map(_in_any_spelling, pieces)))
        return (match.span() for match in self._pattern.finditer(text))


class Exact:
    """One text to look for as it is."""

    def __init__(self, text: str) -> None:
        self.sure = text

    def spans(self, text: str) -> Iterable[tuple[int, int]]:
        at = text.find(self.sure)
        while at >= 0:
            yield at, at + len(self.sure)
            at = text.find(self.sure, at + 1)


Form = Escaped | Exact


def found_in(text: str, wanted: Iterable[tuple[str, Form]]) -> Iterator[tuple[int, int, str]]:
    """Where any of the wanted forms stands: start, end, and the name that came with the form."""
    for name, form in wanted:
        if form.sure in text:
            for start, end in form.spans(text):
                yield start, end, name
    if joined := _joined(text):
        whole, place = joined
        for name, form in wanted:
            if isinstance(form, Exact) and form.sure in whole:
                for start, end in form.spans(whole):
                    yield place(start), place(end - 1) + 1, name


def _joined(text: str) -> tuple[str, Callable[[int], int]] | None:
    """A text in which lines of base64 are made one, and a function from places in it to those in `text`.

    None where there are no such lines, as mostly.
    """
    line_ends = sorted((*_line_ends(text, "\n"), *_line_ends(text, "\\n")))
    if not line_ends:
        return None
    pieces, starts, cut, at = list[str](), [0], [0], 0
    for start, end in line_ends:
        pieces.append(text[at:start])
        starts.append(start - cut[-1])
        cut.append(cut[-1] + end - start)
        at = end
    pieces.append(text[at:])
    return "".join(pieces), lambda place: place + cut[bisect_right(starts, place) - 1]


def _line_ends(text: str, sign: str) -> Iterator[tuple[int, int]]:
    """Line ends behind lines of base64, which end in `sign`: where they start and end."""
    at = text.find(sign, _NARROWEST)
    while at >= 0:
        before = text[at - _NARROWEST : at]
        if " " not in before:  # most lines have one
            line = before.removesuffix("\r") if sign == "\n" else _without_escapes(before)
            if len(line) >= _NARROWEST - 2 * _BACKSLASHES and _BASE64.fullmatch(line):
                yield at - len(before) + len(line), at + len(sign)
        at = text.find(sign, at + 1)


def _without_escapes(line: str) -> str:
    """A line without the escapes of its end but the last one."""
    bare = line.rstrip("\\")
    return bare[:-1].rstrip("\\") if bare.endswith("\\r") else bare


def can_mask(value: str) -> bool:
    """Whether a value is long enough to be looked for."""
    return len(value) >= SHORTEST


def forms_of(value: str) -> list[Form]:
    """Everything a value is looked for as."""
    lines = [line.strip() for line in value.splitlines()]
    parts = [line for line in lines if len(line) >= SHORTEST_LINE and not line.startswith("-----")]
    texts = dict.fromkeys([value, value.strip(), *(parts if len(lines) > 1 else [])])
    return [
        *(Escaped(text) for text in texts if can_mask(text)),
        *(Exact(text) for text in _base64_forms(value) | _base32_forms(value) | _hex_forms(value)),
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
    forms = _forms_by_bits(data, 6, _base64)
    return forms | {form.replace("+", "-").replace("/", "_") for form in forms}


def _base64(data: bytes) -> str:
    return b2a_base64(data, newline=False).decode()


def _base32_forms(value: str) -> set[str]:
    return _forms_by_bits(
        value.encode("utf-8", "surrogatepass"), 5, lambda data: b32encode(data).decode("ascii")
    )


def _forms_by_bits(data: bytes, bits: int, encode: Callable[[bytes], str]) -> set[str]:
    """An encoding of so many bits a character: of the data by itself, and of what it is as a part of more."""
    padded = encode(data)
    forms = {padded, padded.rstrip("=")}
    for before in range(bits if bits % 2 else bits // 2):
        # the characters that hold bits of the value and of nothing else
        sure = encode(bytes(before) + data)[-(-8 * before // bits) : 8 * (before + len(data)) // bits]
        if len(sure) >= SHORTEST_BASE64:
            forms.add(sure)
    return forms


def _in_any_spelling(piece: str) -> str:
    """A pattern for one character of a value, or a run of backslashes, raw or escaped.

    The number of backslashes before a character is bounded, so that no text takes long to search.
    """
    if piece[0] == "\\":
        spelled = r"%5[cC]|&(?:#0{0,6}92|#[xX]0{0,6}5[cC]);"
        return rf"(?:\\{{{len(piece)},{len(piece) * (_BACKSLASHES + 1)}}}|(?:{spelled}){{{len(piece)}}})"
    if piece.isascii() and piece.isalnum():
        return piece
    code = ord(piece)
    escape = rf"\\{{1,{_BACKSLASHES}}}"
    units = piece.encode("utf-16-be", "surrogatepass").hex()
    octets = piece.encode("utf-8", "surrogatepass")
    entity = f"{_ENTITIES[piece]}|" if piece in _ENTITIES else ""
    spellings = [
        rf"&(?:{entity}#0{{0,6}}{code}|#[xX]0{{0,6}}(?i:{code:x}));",
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
