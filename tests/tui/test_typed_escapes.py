"""Keys that a terminal sends as an escape and more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual import _parser, events
from textual._xterm_parser import XTermParser

from actionsmith.tui.keys import typed_escapes


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The time in seconds, as the parser sees it."""
    now = [1000.0]
    monkeypatch.setattr(XTermParser, "feed", XTermParser.feed)
    monkeypatch.setattr(XTermParser, "_sequence_to_key_events", XTermParser._sequence_to_key_events)
    for module in (_parser, typed_escapes):
        monkeypatch.setattr(module, "get_time", lambda: now[0])
    typed_escapes.tell_apart()
    yield now


def keys(clock: list[float], *pieces: str, seconds: float) -> list[str]:
    """The keys read from pieces that arrive so far apart, and from a while without any."""
    parser = XTermParser()
    found = []
    for piece in pieces:
        found += list(parser.feed(piece))
        clock[0] += seconds
    clock[0] += 1
    found += list(parser.tick())
    return [it.key for it in found if isinstance(it, events.Key)]


def test_alt_and_a_letter_are_a_key_at_once(clock: list[float]) -> None:
    parser = XTermParser()
    assert [it.key for it in parser.feed("\x1bz") if isinstance(it, events.Key)] == ["alt+z"]
    assert keys(clock, "\x1bz\x1bz", "\x1bd", "\x1bDx", seconds=0.01) == [
        "alt+z",
        "alt+z",
        "alt+d",
        "alt+shift+d",
        "x",
    ]


def test_a_letter_soon_after_escape_is_that_letter(clock: list[float]) -> None:
    assert keys(clock, "\x1b", "j", seconds=0.05) == ["escape", "j"]
    assert keys(clock, "\x1b", "\x1b", "j", seconds=0.05) == ["escape", "escape", "j"]
    assert keys(clock, "\x1b", "[A", seconds=0.001) == ["up"], "a sequence that was read in two pieces"


def test_signs_and_control_keys_behind_an_escape_do_not_swallow_what_follows(clock: list[float]) -> None:
    assert keys(clock, "\x1b\r", "hi", "\x1bo", seconds=0.03) == ["escape", "enter", "h", "i", "alt+o"]
    assert keys(clock, "\x1b.x", "\x1b x", seconds=0.03) == ["alt+full_stop", "x", "alt+space", "x"]


def test_other_sequences_are_read_as_before(clock: list[float]) -> None:
    assert keys(clock, "\x1b[A\x1bOP\x1bf\x1b[1;3B", seconds=0.0) == ["up", "f1", "ctrl+right", "alt+down"]
    assert keys(clock, "\x1b", seconds=0.0) == ["escape"]
