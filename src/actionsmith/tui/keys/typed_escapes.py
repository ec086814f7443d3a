"""What follows an escape from a terminal is told apart by itself, not by what is typed next.

A terminal sends alt and a letter as an escape and the letter, in one piece. Textual waits a tenth of a
second whether more follows; another such key meanwhile (a held key repeats within that time) makes it write
`^` and the letter into the text. And a letter typed that soon after the escape key is taken for alt and that
letter, which whoever leaves the insert mode of vim and goes on does all the time.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._parser import ParseTimeout
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.message import Message

ESCAPE = "\x1b"
PIECE_SECONDS = 0.03
"""What is sent in one piece is read well within this time."""

LEADS_ON = {it[1] for it in ANSI_SEQUENCES_KEYS if len(it) > 2 and it[0] == ESCAPE} | set("PX")
"""What begins a longer sequence behind an escape: keys, and strings that a terminal answers with."""

_key_events = XTermParser._sequence_to_key_events
_feed = XTermParser.feed


def tell_apart() -> None:
    """Let every driver of this process read the keys of its terminal so."""
    XTermParser._sequence_to_key_events = _sequence_to_key_events  # type: ignore[method-assign, assignment]
    XTermParser.feed = _feed_pieces  # type: ignore[method-assign, assignment]


def _sequence_to_key_events(parser: XTermParser, sequence: str, alt: bool = False) -> Iterable[events.Key]:
    known = list(_key_events(parser, sequence, alt))
    if known or len(sequence) != 2 or sequence[0] != ESCAPE or sequence[1] in LEADS_ON:
        return known
    letter = sequence[1]
    if letter.isalnum():
        return _key_events(parser, letter, alt=True)
    keys = list(_key_events(parser, letter))
    if letter.isprintable():
        return [events.Key(f"alt+{key.key}", letter) for key in keys]
    return [*_key_events(parser, ESCAPE), *keys]  # nobody's key, such as alt+enter: two that came together


def _feed_pieces(parser: XTermParser, data: str) -> Iterable[Message]:
    read_at, ended = getattr(parser, "_last_piece", (0.0, ""))
    parser._last_piece = (get_time(), data[-1:])  # type: ignore[attr-defined]
    if data and ended == ESCAPE and parser._timeout_time and get_time() - read_at >= PIECE_SECONDS:
        parser._timeout_time = None
        parser._awaiting = parser._gen.throw(ParseTimeout())
    yield from _feed(parser, data)
