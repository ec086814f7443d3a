"""Draws a flow as connected boxes: pure, data in, styled lines out.

Every line is a row of parts (text, style name); the pipeline widget turns names into colours. All
text is made printable and cut to the width, so names and arguments may hold anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from rich.cells import cell_len, set_cell_size

from actionsmith.tui.flow.pending_order import Mark
from actionsmith.tui.plain_text import one_line

Style = Literal[
    "line",
    "selected",
    "moved",
    "added",
    "removed",
    "struck",
    "title",
    "text",
    "muted",
    "completed",
    "suspended",
    "denied",
    "failed",
    "running",
    "drop",
]
State = Literal[
    "", "running", "completed", "suspended", "denied", "failed", "timed_out", "crashed", "skipped"
]
Part = tuple[str, Style]

START = "\0start"
END = "\0end"
"""Keys of the two ends; a NUL cannot be part of an Action's name."""

RAIL = 3
MAX_WIDTH = 84
MIN_WIDTH = 24

GLYPHS: dict[State, str] = {
    "": "",
    "running": "◌",
    "completed": "✓",
    "suspended": "‖",
    "denied": "✕",
    "failed": "!",
    "timed_out": "!",
    "crashed": "!",
    "skipped": "·",
}
STATE_STYLES: dict[State, Style] = {
    "": "muted",
    "running": "running",
    "completed": "completed",
    "suspended": "suspended",
    "denied": "denied",
    "failed": "failed",
    "timed_out": "failed",
    "crashed": "failed",
    "skipped": "muted",
}
MARK_STYLES: dict[Mark, Style] = {"kept": "line", "moved": "moved", "added": "added", "removed": "removed"}


class Box(msgspec.Struct, frozen=True):
    """One station of the flow. `number` is its position (None: an end, or removed from the flow).

    `aside` stands at the right of the title, `note` in the upper border, `summary` says what the run
    did, `lines` are the details below it. A compact drawing has room for the title's line only and
    shows `brief` there once there is a state.
    """

    key: str
    title: str
    number: int | None = None
    aside: str = ""
    note: str = ""
    mark: Mark = "kept"
    state: State = ""
    summary: str = ""
    brief: str = ""
    lines: tuple[str, ...] = ()

    @property
    def is_end(self) -> bool:
        return self.key in (START, END)


class Drawing(msgspec.Struct, frozen=True):
    """Lines, the first and last line of every box by key, and the line that marks each drop place.

    Drop place `i` is before the Action that has position `i` (from 0); the last is the end of the flow.
    """

    lines: list[tuple[Part, ...]] = msgspec.field(default_factory=list)
    spans: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)
    drops: list[int] = msgspec.field(default_factory=list)

    def key_at(self, line: int) -> str | None:
        """The box drawn on `line`, if there is one."""
        return next((key for key, (top, bottom) in self.spans.items() if top <= line <= bottom), None)

    def drop_at(self, line: int) -> int:
        """The drop place nearest to `line`."""
        return min(range(len(self.drops)), key=lambda place: abs(self.drops[place] - line))


class _Look(msgspec.Struct, frozen=True):
    """How one box is to be drawn: its width in cells and what is special about it."""

    wide: int
    selected: bool
    held: bool
    first: bool
    last: bool
    compact: bool


class _Borders(msgspec.Struct, frozen=True):
    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str
    across: str
    down: str
    tee: str


ROUND = _Borders("╭", "╮", "╰", "╯", "─", "│", "┬")
SQUARE = _Borders("┌", "┐", "└", "┘", "─", "│", "┬")
HEAVY = _Borders("┏", "┓", "┗", "┛", "━", "┃", "┯")
DASHED = _Borders("┌", "┐", "└", "┘", "╌", "╎", "┬")


def draw(
    boxes: Sequence[Box],
    width: int,
    *,
    selected: str | None = None,
    dragged: str | None = None,
    drop: int | None = None,
    compact: bool = False,
) -> Drawing:
    """The whole pipeline for a view `width` cells wide. `compact` spends three lines on an Action.

    `dragged` is the key of the box held by the mouse, `drop` the place it would fall to.
    """
    drawing = Drawing()
    wide = max(MIN_WIDTH, min(width - 2, MAX_WIDTH))
    margin: Part = (" " * max(0, (width - wide) // 2), "line")
    for index, box in enumerate(boxes):
        joined = compact and box.key != END
        if index and not joined:
            drawing.lines.append((margin, *_connector(box, boxes[index - 1])))
        if index and box.mark != "removed":
            drawing.drops.append(len(drawing.lines) - (0 if joined else 1))
        look = _Look(wide, box.key == selected, box.key == dragged, not index, box is boxes[-1], compact)
        top = len(drawing.lines)
        drawing.lines.extend((margin, *line) for line in _box_lines(box, look))
        drawing.spans[box.key] = (top, len(drawing.lines) - 1)
    if drop is not None:
        drawing.lines[drawing.drops[drop]] = (margin, *_drop_marker(wide))
    return drawing


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` cells: cut with an ellipsis, or filled up with blanks."""
    text = one_line(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, max(0, width - 1)).rstrip() + "…", width) if width > 0 else ""


def _connector(box: Box, before: Box) -> tuple[Part, ...]:
    unreached = "skipped" in (box.state, before.state if box.is_end else box.state)
    return ((" " * RAIL, "line"), ("┊" if unreached else "│", "muted" if unreached else "line"))


def _drop_marker(wide: int) -> tuple[Part, ...]:
    label = " drop here "
    return (("━" * RAIL + "┿━━" + label + "━" * (wide - RAIL - 3 - len(label)), "drop"),)


def _box_lines(box: Box, look: _Look) -> Iterator[tuple[Part, ...]]:
    if box.mark == "removed":
        yield _ghost(box, look)
    elif box.is_end and look.compact:
        yield _station(box, look)
    else:
        yield from _frame(box, look)


def _ghost(box: Box, look: _Look) -> tuple[Part, ...]:
    """A removed Action hangs beside the line, which passes it by."""
    room = look.wide - RAIL - 6
    name = fit(box.title, min(cell_len(one_line(box.title)), room))
    note = fit(f"  {box.note}", room - cell_len(name))
    style: Style = "selected" if look.selected else "removed"
    branch = "┝━━" if look.selected else "├╌╌"
    return ((" " * RAIL, "line"), (branch, style), (" − ", style), (name, "struck"), (note, "muted"))


def _station(box: Box, look: _Look) -> tuple[Part, ...]:
    """An end of the flow on a single line."""
    glyph = GLYPHS[box.state] or ("●" if box.key == START else "■")
    pointer = "▸" if look.selected else " "
    room = look.wide - RAIL - 3
    title = fit(box.title, min(cell_len(one_line(box.title)), room))
    detail = "  ".join(text for text in (box.summary, box.aside) if text)
    return (
        (" " * (RAIL - 1) + pointer, "selected"),
        (glyph, STATE_STYLES[box.state] if box.state else "line"),
        ("  " + title, "selected" if look.selected else "title"),
        (fit("  " + detail, room - cell_len(title)), STATE_STYLES[box.state]),
    )


def _frame(box: Box, look: _Look) -> Iterator[tuple[Part, ...]]:
    borders = DASHED if look.held else HEAVY if look.selected else ROUND if box.is_end else SQUARE
    edge: Style = MARK_STYLES[box.mark]
    if look.held:
        edge = "muted"
    elif look.selected and edge == "line":
        edge = "selected"
    note = f" {box.note} " if box.note else ""
    note = fit(note, min(cell_len(one_line(note)), look.wide - RAIL - 5))
    entry = borders.across if look.first else "▼"
    fill = borders.across * (look.wide - RAIL - 3 - cell_len(note))
    yield (
        (borders.top_left + borders.across * (RAIL - 1) + entry + fill, edge),
        (note, edge),
        (borders.across + borders.top_right, edge),
    )
    for content in _content(box, look):
        yield ((borders.down + " ", edge), *content, (" " + borders.down, edge))
    exit_ = borders.across if look.last else borders.tee
    yield (
        (
            borders.bottom_left
            + borders.across * (RAIL - 1)
            + exit_
            + borders.across * (look.wide - RAIL - 2)
            + borders.bottom_right,
            edge,
        ),
    )


def _content(box: Box, look: _Look) -> Iterator[tuple[Part, ...]]:
    """The lines inside a frame, without its sides."""
    inner = look.wide - 4
    faded = box.state == "skipped"
    title_style: Style = "selected" if look.selected else "muted" if faded else "title"
    if box.is_end:
        glyph = GLYPHS[box.state] or ("●" if box.key == START else "■")
        lead: Part = (f" {glyph}  ", STATE_STYLES[box.state] if box.state else "text")
    else:
        lead = (f"{box.number:>2}  ", "muted" if faded else "text")
    aside = box.aside
    aside_style: Style = "muted"
    if look.compact and box.state:
        aside, aside_style = f"{box.brief} {GLYPHS[box.state]}".lstrip(), STATE_STYLES[box.state]
    room = inner - cell_len(lead[0])
    aside_cells = min(cell_len(one_line(aside)), room // 2)
    gap = " " * 2 if aside_cells else ""
    yield (
        lead,
        (fit(box.title, room - aside_cells - len(gap)), title_style),
        (gap + fit(aside, aside_cells), aside_style),
    )
    if look.compact:
        return
    indent = " " * cell_len(lead[0])
    if box.summary:
        glyph = "" if box.is_end or not box.state else GLYPHS[box.state] + " "
        yield ((indent, "text"), (fit(glyph + box.summary, inner - len(indent)), STATE_STYLES[box.state]))
    for line in box.lines:
        yield ((indent, "text"), (fit(line, inner - len(indent)), "text"))
