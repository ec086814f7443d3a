"""Paints one row: its text, and layer upon layer of styles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from actionsmith.tui.editor.painting.layer import Spans
from actionsmith.visible import visible

StyleOf = Callable[[str], Style | None]
Tail = tuple[tuple[str, str], ...]
"""What is said behind the end of a row: texts and the names of their styles."""

_Clipped = tuple[int, int, str, str]
"""Start, end, name of the style, glyph."""

ADVICE = "; did you mean "
"""What comes before the name that was meant: of a message without room for all of it the part that helps."""

LEAST_ROOM = 12
"""Cells; a message that does not fit and has less is left out."""
GAP = 2
"""Cells between the end of a line and its tail."""
BETWEEN = " · "


_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control codes, and marks that turn the direction of writing."""


class Window(NamedTuple):
    """The cells of a row that are on the screen: `width` of them from `left` on."""

    left: int
    width: int
    tab_width: int


def cells_of(text: str, tab_width: int) -> Iterator[str]:
    """What each character looks like; its width in cells is the width of this. Tabs become spaces,
    control characters nothing, so that no text can command the terminal."""
    at = 0
    for character in text:
        if character == "\t":
            look = " " * (tab_width - at % tab_width)
        elif "\ud800" <= character <= "\udfff":
            look = "\ufffd"
        else:
            look = "" if _COMMANDS.match(character) else character
        at += cell_len(look)
        yield look


def is_plain(text: str) -> bool:
    """Whether every character of it takes one cell."""
    return text.isascii() and text.isprintable()


class _Cut(NamedTuple):
    """The characters of a text that are in the window."""

    first: int
    """Column of the first; the window may begin behind the end of the text."""
    lead: int
    """Cells before it, where the window cuts through a wide character."""
    looks: Sequence[str]
    cells: int
    """Cells that all of it takes."""


def _cut(text: str, window: Window) -> _Cut:
    left, width, tab_width = window
    if is_plain(text):
        looks = text[left : left + width]
        return _Cut(left, 0, looks, len(looks))
    at, column, first, lead, used = 0, 0, -1, 0, 0
    found: list[str] = []
    for column, look in enumerate(cells_of(text, tab_width)):
        size = cell_len(look)
        if at + size > left + width:
            break
        if at >= left:
            if first < 0:
                first, lead = column, at - left
                used = lead
            found.append(look)
            used += size
        at += size
    if first < 0:
        first = len(text) + max(left - at, 0)
    return _Cut(first, lead, found, used)


def paint_row(
    text: str,
    layers: Sequence[Spans],
    tail: Tail,
    style_of: StyleOf,
    base: Style,
    window: Window,
) -> list[Segment]:
    """The segments of a row, `window.width` cells in all. `layers` are from the lowest up."""
    first, lead, looks, cells = _cut(text, window)
    columns = len(looks)
    if first + columns >= len(text):  # things are painted behind the end: the caret, guides on blank rows
        reach = max((span[1] for spans in layers for span in spans), default=0) - first
        behind = min(max(reach - columns, 0), window.width - cells)
        columns, cells = columns + behind, cells + behind
        looks = looks + " " * behind if isinstance(looks, str) else [*looks, *" " * behind]
    segments = [Segment(" " * lead, base)] if lead else []
    segments += _styled(_clipped(layers, first, columns), looks, style_of, base)
    segments += _tail_segments(tail, style_of, base, window.width - cells)
    empty = window.width - sum(segment.cell_length for segment in segments)
    if empty > 0:
        segments.append(Segment(" " * empty, base))
    return segments


def _clipped(layers: Sequence[Spans], first: int, columns: int) -> list[_Clipped]:
    """Every span as far as it is in the window, counted from the window's first column."""
    return [
        (
            max(span[0] - first, 0),
            min(span[1] - first, columns),
            span[2],
            span[3] if len(span) == 4 else "",
        )
        for spans in layers
        for span in spans
        if span[0] < first + columns and span[1] > first and span[0] < span[1]
    ]


def _styled(spans: list[_Clipped], looks: Sequence[str], style_of: StyleOf, base: Style) -> list[Segment]:
    """The text, cut wherever a style begins or ends."""
    edges = sorted({0, len(looks), *(span[0] for span in spans), *(span[1] for span in spans)})
    styles = [base] * (len(edges) - 1)
    for start, end, name, glyph in spans:
        if (style := style_of(name)) is not None:
            for piece in range(bisect_left(edges, start), bisect_left(edges, end)):
                styles[piece] = styles[piece] + style
        if glyph:
            looks = [*looks[:start], *(_marked(look, glyph) for look in looks[start:end]), *looks[end:]]
    return [
        Segment("".join(looks[edges[piece] : edges[piece + 1]]), style) for piece, style in enumerate(styles)
    ]


def _marked(look: str, glyph: str) -> str:
    size = cell_len(look)
    return glyph + " " * (size - 1) if size else look


def _tail_segments(tail: Tail, style_of: StyleOf, base: Style, room: int) -> list[Segment]:
    """What is said behind the line, in plain text on one line, as far as it fits."""
    room -= GAP
    segments = [Segment(" " * GAP, base)]
    for text, name in tail:
        between = BETWEEN if len(segments) > 1 else ""
        said = between + visible(" ".join(text.split()))
        if cell_len(said) > room and ADVICE in said:  # the line itself shows what is wrong
            said = f"{between}{ADVICE.lstrip('; ')}{said.partition(ADVICE)[2]}"
        if cell_len(said) > room:
            if room < LEAST_ROOM:
                break
            said = f"{set_cell_size(said, room - 1)}…"
        segments.append(Segment(said, base + (style_of(name) or Style())))
        room -= cell_len(said)
    return segments if len(segments) > 1 else []
