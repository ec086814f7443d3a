"""The `limits` texts of the contract's parameters that can be read as they stand, checked.

What they say about trimming, bytes, nesting or what happens beyond the limit is up to the method.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

_LENGTH = re.compile(r"(?:(\d+) to|at most) (\d+) characters")
_ENTRIES = re.compile(r"(?:(\d+) to|at most) (\d+) (entries|members)")
_ENTRY_LENGTH = re.compile(r"entries of (\d+) characters")


class _Limits(msgspec.Struct, frozen=True):
    length: tuple[int, int] | None
    entries: tuple[int, int] | None
    entry_length: int | None
    noun: str
    positive_integer: bool
    most: int | None


def broken_limit(value: Any, text: str) -> str | None:
    """What is wrong with `value` by a `limits` text, as the end of a sentence (`must not be empty`)."""
    if not text:
        return None
    limits = _read(text)
    if isinstance(value, str) and limits.length is not None:
        return _length_problem(value, limits.length)
    if isinstance(value, list | dict) and limits.entries is not None:
        return _entries_problem(value, limits)
    if isinstance(value, list) and not value and "not empty" in text:
        return "must not be empty"
    if limits.positive_integer and isinstance(value, int | float):
        if value < 1 or value != int(value):
            return "must be a positive integer"
        if limits.most is not None and value > limits.most:
            return f"must be at most {limits.most}"
    return None


def _length_problem(value: str, bounds: tuple[int, int]) -> str | None:
    least, most = bounds
    if len(value) < least:
        return "must not be empty" if least == 1 else f"must have at least {least:,} characters"
    if len(value) > most:
        return f"may have at most {most:,} characters; it has {len(value):,}"
    return None


def _entries_problem(value: list[Any] | dict[str, Any], limits: _Limits) -> str | None:
    least, most = limits.entries or (0, 0)
    if len(value) < least:
        return "must not be empty"
    if len(value) > most:
        return f"may have at most {most:,} {limits.noun}; it has {len(value):,}"
    if limits.entry_length is not None and any(len(str(item)) > limits.entry_length for item in value):
        return f"may have {limits.noun} of at most {limits.entry_length:,} characters each"
    return None


@cache
def _read(text: str) -> _Limits:
    length, entries, entry_length = _LENGTH.search(text), _ENTRIES.search(text), _ENTRY_LENGTH.search(text)
    most = re.search(r"positive integer, at most (\d+)", text)
    return _Limits(
        length=_bounds(length) if "after trimming" not in text else None,
        entries=_bounds(entries),
        entry_length=int(entry_length[1]) if entry_length else None,
        noun=entries[3] if entries else "",
        positive_integer="positive integer" in text,
        most=int(most[1]) if most else None,
    )


def _bounds(match: re.Match[str] | None) -> tuple[int, int] | None:
    return (int(match[1] or 0), int(match[2])) if match else None
