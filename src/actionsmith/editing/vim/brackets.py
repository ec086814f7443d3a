"""Pairs of brackets in a text."""

from __future__ import annotations

OPENING, CLOSING = "([{<", ")]}>"


def matching(text: str, at: int) -> int | None:
    """The partner of the first bracket at or behind an offset, in its line; None: there is none."""
    end = text.find("\n", at)
    for here in range(at, len(text) if end < 0 else end):
        if text[here] in "([{":
            return closing(text, here + 1, text[here])
        if text[here] in ")]}":
            return opening(text, here, OPENING[CLOSING.index(text[here])])
    return None


def opening(text: str, at: int, bracket: str) -> int | None:
    """The bracket that is open at an offset: the nearest before it that is not closed before it."""
    closer, depth = CLOSING[OPENING.index(bracket)], 0
    for here in range(at - 1, -1, -1):
        if text[here] == closer:
            depth += 1
        elif text[here] == bracket:
            if not depth:
                return here
            depth -= 1
    return None


def closing(text: str, at: int, bracket: str) -> int | None:
    """The bracket that closes one which is open at an offset."""
    closer, depth = CLOSING[OPENING.index(bracket)], 0
    for here in range(at, len(text)):
        if text[here] == bracket:
            depth += 1
        elif text[here] == closer:
            if not depth:
                return here
            depth -= 1
    return None
