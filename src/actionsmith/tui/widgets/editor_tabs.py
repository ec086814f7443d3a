"""The tabs of the open Actions, over the editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import msgspec
from rich.cells import cell_len, set_cell_size
from textual.app import RenderResult
from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from actionsmith.tui.plain_text import one_line

LONGEST = 24
"""Cells of a name; a longer one is cut."""

SEPARATOR = "  "


class EditorTab(msgspec.Struct, frozen=True):
    """One open Action. `dirty`: its text is not saved."""

    name: str
    dirty: bool = False

    @property
    def label(self) -> str:
        name = one_line(self.name)
        shown = name if cell_len(name) <= LONGEST else set_cell_size(name, LONGEST - 1) + "…"
        return f"● {shown}" if self.dirty else shown


def in_sight(widths: Sequence[int], active: int, room: int) -> range:
    """Which tabs fit into so many cells, the active one always among them, filled up on both sides."""
    first = last = active
    used = widths[active]
    while True:
        gap = len(SEPARATOR)
        if last + 1 < len(widths) and used + gap + widths[last + 1] <= room:
            last += 1
            used += gap + widths[last]
        elif first and used + gap + widths[first - 1] <= room:
            first -= 1
            used += gap + widths[first]
        else:
            return range(first, last + 1)


class EditorTabs(Widget):
    """One line of tabs, hidden while there are fewer than two. Keys belong to the screen.

    Where not all fit, those around the active one are shown behind its number: `2/5`.
    """

    DEFAULT_CSS = """
    EditorTabs {
        height: 1;
        padding: 0 1;
        display: none;
        text-wrap: nowrap;
        & > .editor-tabs--tab { color: $text-muted; }
        & > .editor-tabs--active { color: $primary; text-style: bold underline; }
        & > .editor-tabs--count { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "editor-tabs--tab",
        "editor-tabs--active",
        "editor-tabs--count",
    }
    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """The tab of this Action was clicked, or the wheel was turned to it."""

        name: str

    @dataclass
    class CloseWanted(Message):
        """The active tab's cross was clicked, or a tab with the middle button."""

        name: str

    tabs: reactive[tuple[EditorTab, ...]] = reactive(())
    active: reactive[int] = reactive(0)

    def show(self, names: Sequence[str], active: str | None, unsaved: frozenset[str]) -> None:
        """Show the open Actions."""
        self.tabs = tuple(EditorTab(name, name in unsaved) for name in names)
        self.active = names.index(active) if active in names else 0
        self.display = len(names) > 1

    def render(self) -> RenderResult:
        if not self.tabs:
            return ""
        room = self.content_size.width
        widths = [cell_len(tab.label) for tab in self.tabs]
        widths[self.active] += 2  # its cross
        seen = in_sight(widths, self.active, room)
        count = ""
        if len(seen) < len(self.tabs):
            count = f"{self.active + 1}/{len(self.tabs)}"
            seen = in_sight(widths, self.active, room - cell_len(count) - len(SEPARATOR))
        parts = [Content.styled(count, self.get_visual_style("editor-tabs--count"))] if count else []
        parts += [self._tab(number) for number in seen]
        return Content(SEPARATOR).join(parts)

    def _tab(self, number: int) -> Content:
        tab = self.tabs[number]
        plain = self.get_visual_style("editor-tabs--tab", partial=True)
        if number != self.active:
            return Content.styled(tab.label, plain).stylize(Style.from_meta({"tab": number}))
        style = self.get_visual_style("editor-tabs--active")
        label = Content.styled(tab.label, style).stylize(Style.from_meta({"tab": number}))
        return Content.assemble(
            label, " ", Content.styled("×", plain).stylize(Style.from_meta({"close": number}))
        )

    def on_click(self, event: Click) -> None:
        event.stop()
        meta = event.style.meta
        number = meta.get("tab", meta.get("close"))
        if number is None or number >= len(self.tabs):
            return
        name = self.tabs[number].name
        wants_close = "close" in meta or event.button == 2
        self.post_message(self.CloseWanted(name) if wants_close else self.Chosen(name))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self._turn(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self._turn(-1)

    def _turn(self, steps: int) -> None:
        if 0 <= (number := self.active + steps) < len(self.tabs):
            self.post_message(self.Chosen(self.tabs[number].name))
