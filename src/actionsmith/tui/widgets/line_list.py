"""A list of lines with a left and a right part: the base of the workbench's lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from actionsmith.tui.widgets.line_drawing import LineDrawing


class Line(msgspec.Struct, frozen=True):
    """`key` names what the line stands for; a line without one is a heading and cannot be chosen.

    `same` tells the thing apart from others when its key may change. `left` is cut after `rows` rows.
    """

    key: str
    left: str
    right: str = ""
    mark: str = ""
    style: str = ""
    same: str = ""
    rows: int = 2

    @property
    def identity(self) -> str:
        return self.same or self.key


class LineList(OptionList, inherit_bindings=False):
    """Shows lines, or a hint when there are none. The chosen line survives a new set of lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", show=False),
        Binding("down,j", "cursor_down", "Down", show=False),
        Binding("home,g", "first", "First", show=False),
        Binding("end,G", "last", "Last", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("enter", "select", "Open", show=False),
    ]
    DEFAULT_CSS = """
    LineList {
        border: none;
        padding: 0 0 0 1;
        height: 1fr;
        background: transparent;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        &:focus { border: none; background-tint: transparent; }
        & > .option-list--option { padding: 0 1 0 0; }
        & > .option-list--option-disabled { color: $text-muted; }
        & > .option-list--option-highlighted {
            background: $primary 15%;
            color: $foreground;
            text-style: none;
        }
        &:focus > .option-list--option-highlighted {
            background: $primary 35%;
            color: $foreground;
            text-style: none;
        }
        &:ansi > .option-list--option-highlighted { background: transparent; text-style: underline; }
        &:ansi:focus > .option-list--option-highlighted {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """

    def __init__(self, hint: str, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id, markup=False)
        self.hint = hint
        self._shown: tuple[Line, ...] = ()

    def on_mount(self) -> None:
        self.show(())

    @property
    def chosen(self) -> str | None:
        """The key of the highlighted line."""
        if self.highlighted is None or not self._shown:
            return None
        return self._shown[self.highlighted].key or None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the lines, from the top."""
        return tuple(line.key for line in self._shown if line.key)

    def show(self, lines: Sequence[Line], *, choose: str | None = None) -> None:
        """Show these lines; highlight the line `choose`, else the one highlighted before, else the first."""
        if tuple(lines) == self._shown and lines and choose in (None, self.chosen):
            return
        marked = (
            self._shown[self.highlighted].identity if self.chosen and self.highlighted is not None else ""
        )
        before = self.highlighted or 0
        self._shown = tuple(lines)
        if not lines:
            self.set_options([Option(Text(self.hint, style="dim"), disabled=True)])
            return
        self.set_options([Option(_drawn(line), disabled=not line.key) for line in lines])
        places = [place for place, line in enumerate(lines) if line.key]
        named = [place for place in places if choose and lines[place].key == choose]
        named += [place for place in places if lines[place].identity == marked]
        self.highlighted = named[0] if named else min(places, key=lambda place: abs(place - before))

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        self.refresh_bindings()


def _drawn(line: Line) -> LineDrawing | Text:
    if not line.key:
        return Text(line.left, style=line.style or "bold")
    return LineDrawing(line.left, line.right, line.mark, line.style, line.rows)
