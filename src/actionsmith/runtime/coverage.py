"""Which lines of an Action ran, from what its host told. Lines count from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from actionsmith.runtime.execution import ActionError, Coverage, Source
from actionsmith.runtime.hosts.frames import RanLines, RanParts

_LINE = re.compile("([^\n\r\u2028\u2029]*)(?:\r\n|[\n\r\u2028\u2029]|$)")
_BEYOND_16_BITS = re.compile("[\U00010000-\U0010ffff]")
# What is no code by itself: signs that open, close and join, and the word between two blocks.
_NO_CODE = re.compile(r"=>|[\s(){}\[\],;]|\b(?:else|finally)\b(?=\s*(?:\{|$))")
_CODE = re.compile(r"\S+")
_MAKES_ERROR = re.compile(r"new\b|\w*Error\(")
_CLEANUP = re.compile(r"\b(?:catch|finally)\b")
_NO_LINE_END = re.compile("[^\n\r\u2028\u2029]")

_Part = tuple[int, int, int]
"""Start and end in the text, and how often it ran. One within another comes after it."""


def coverage_of(
    source: Source, told: RanLines | RanParts | None, error: ActionError | None
) -> Coverage | msgspec.UnsetType:
    """The lines that ran and those that did not; UNSET when nothing was told.

    `error` is what ended the run.
    """
    match told:
        case RanLines():
            return Coverage(ran=told.ran, missed=told.missed)
        case RanParts() if len(told.parts) <= len(source.code):  # or it was not V8 that told them
            return _covered_lines(source, told.parts, error)
        case _:
            return msgspec.UNSET


def _covered_lines(source: Source, told: list[_Part], error: ActionError | None) -> Coverage:
    """A line ran when any of its code did; one without code is left out."""
    text = _BEYOND_16_BITS.sub("??", source.code)  # as V8 counts
    lines = [line.span(1) for line in _LINE.finditer(text)]
    bare = _without_comments(text)
    parts = [(_within(start, text), _within(end, text), times) for start, end, times in told]
    for line, column in _places(error, source.filename):
        if 0 < line <= len(lines):
            _cut_short(parts, bare, lines[line - 1], column)
    ran_at = _painted(parts, len(text))
    coverage = Coverage(ran=[], missed=[])
    for number, (first, last) in enumerate(lines, 1):
        if spans := _code(bare[first:last]):
            has_run = any(any(ran_at[first + start : first + end]) for start, end in spans)
            (coverage.ran if has_run else coverage.missed).append(number)
    return coverage


def _within(at: int, text: str) -> int:
    return min(max(at, 0), len(text))


def _painted(parts: list[_Part], length: int) -> bytearray:
    """For each character whether it ran. What is not in any part ran, as no part of it was left out."""
    ran_at = bytearray(b"\1") * length
    for start, end, times in parts:
        if start < end:
            ran_at[start:end] = (b"\1" if times else b"\0") * (end - start)
    return ran_at


def _places(error: ActionError | None, filename: str) -> Iterator[tuple[int, int]]:
    """Where the calls stood that an error has ended, the innermost first: line and column."""
    if error is None:
        return
    found = re.findall(rf"{re.escape(filename)}:(\d{{1,9}}):(\d{{1,9}})", error.stack)
    if found:
        yield from ((int(line), int(column)) for line, column in found)
    elif error.name == "ProcessExit" and error.line is not None:  # other errors without a stack ended no call
        yield error.line, 1


def _cut_short(parts: list[_Part], bare: str, line: tuple[int, int], column: int) -> None:
    """Add the part behind a line that was left by an error: V8 counts as if every call came back.

    Only where nothing around it ran again, and up to what runs after an error. An error may be made long
    before it is thrown; and where one is thrown, V8 counts by itself.
    """
    first, last = line
    at = min(first + column - 1, last)
    if _MAKES_ERROR.match(bare, at):
        return
    around = [index for index, (start, end, _) in enumerate(parts) if start <= at < end]
    if not around or any(parts[index][2] != 1 for index in around):
        return
    _, end, _ = parts[around[-1]]
    if last < end:
        cleanup = _CLEANUP.search(bare, last, end)
        parts.insert(around[-1] + 1, (last, cleanup.start() if cleanup else end, 0))


def _code(line: str) -> list[tuple[int, int]]:
    """Where code stands on a line without comments: starts and ends."""
    bare = _NO_CODE.sub(lambda found: " " * len(found[0]), line)
    return [code.span() for code in _CODE.finditer(bare)]


def _without_comments(text: str) -> str:
    """JavaScript with its comments blanked out; everything else stays where it is."""
    if "//" not in text and "/*" not in text:
        return text
    from pygments.lexers.javascript import JavascriptLexer  # only for who wants to know what ran

    return "".join(
        _NO_LINE_END.sub(" ", part) if str(token).startswith("Token.Comment") else part
        for _, token, part in JavascriptLexer().get_tokens_unprocessed(text)
    )
