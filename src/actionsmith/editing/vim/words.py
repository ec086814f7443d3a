"""Words as vim sees them: runs of word characters or of other signs; a WORD ends at white space only."""

from __future__ import annotations

from actionsmith.editing.vim.text import Text

BLANK, SIGN, WORD = range(3)


def kind(character: str, big: bool = False) -> int:
    """Which kind of run a character belongs to; a line end is white space."""
    if character.isspace() or not character:
        return BLANK
    return WORD if big or character.isalnum() or character == "_" else SIGN


def run(text: str, at: int, step: int, big: bool) -> int:
    """The last offset of the run of one kind around `at`, forwards or backwards, over line ends too."""
    same = kind(text[at : at + 1], big)
    while 0 <= at + step < len(text) and kind(text[at + step], big) == same:
        at += step
    return at


def next_start(text: Text, at: int, big: bool, *, stay_in_line: bool = False) -> int:
    """The start of the next word, or an empty line; the end of the text when there is none.

    `stay_in_line`: not beyond the end of a line that is reached on the way.
    """
    flat, start = text.flat, at
    if at >= len(flat):
        return at
    if kind(flat[at], big):
        at = run(flat, at, 1, big) + 1
        if stay_in_line and flat[at : at + 1] in ("\n", ""):
            return at
    else:
        at += 1
        if stay_in_line and (flat[at : at + 1] in ("\n", "") or flat[at - 1] == "\n"):
            return at
    while at < len(flat) and not kind(flat[at], big) and not text.is_empty_at(at):
        at += 1
    line_end = flat.rfind("\n", start, at) if stay_in_line else -1
    return line_end if line_end >= 0 else at


def previous_start(text: Text, at: int, big: bool) -> int:
    """The start of the word before, or an empty line; 0 when there is none."""
    flat = text.flat
    at -= 1
    while at > 0 and not kind(flat[at : at + 1], big) and not text.is_empty_at(at):
        at -= 1
    if at <= 0:
        return 0
    return run(flat, at, -1, big) if kind(flat[at], big) else at


def next_end(text: Text, at: int, big: bool, *, may_stay: bool = False) -> int:
    """The last character of the next word; with `may_stay`, of this one when `at` is its last."""
    flat = text.flat
    if not may_stay or not kind(flat[at : at + 1], big):
        at += 1
    while at < len(flat) and not kind(flat[at], big):
        at += 1
    return run(flat, at, 1, big) if at < len(flat) else len(flat)


def previous_end(text: Text, at: int, big: bool) -> int:
    """The last character of the word before, or an empty line; -1 when there is none."""
    flat = text.flat
    if kind(flat[at : at + 1], big):
        at = run(flat, at, -1, big)
    at -= 1
    while at >= 0 and not kind(flat[at], big) and not text.is_empty_at(at):
        at -= 1
    return at
