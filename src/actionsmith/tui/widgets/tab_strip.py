"""One line of tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

GAP = 2
"""Cells between the tabs and what is said beside them."""


class TabStrip(Widget):
    """Tabs side by side in one row; a click posts `Chosen`. Keys belong to the screen."""

    DEFAULT_CSS = """
    TabStrip {
        height: 1;
        background: transparent;
        & > .tab-strip--tab { color: $text-muted; }
        & > .tab-strip--active { color: $primary; text-style: bold underline; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab-strip--tab", "tab-strip--active"}
    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """The tab with this id was clicked."""

        strip: TabStrip
        tab: str

        @property
        def control(self) -> TabStrip:
            return self.strip

    active: reactive[str] = reactive("")
    labels: reactive[dict[str, str]] = reactive(dict)
    notes: reactive[tuple[Content, ...]] = reactive(())
    """What is said at the right end, the most important first; what does not fit is left out."""

    def __init__(self, labels: dict[str, str], *, active: str = "", widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self.set_reactive(TabStrip.labels, labels)
        self.set_reactive(TabStrip.active, active or next(iter(labels)))

    def render(self) -> RenderResult:
        plain = self.get_visual_style("tab-strip--tab", partial=True)
        current = self.get_visual_style("tab-strip--active")
        parts = [
            Content.styled(label, current if tab == self.active else plain).stylize(
                Style.from_meta({"tab": tab})
            )
            for tab, label in self.labels.items()
        ]
        tabs = Content("  ").join(parts)
        said = list(self.notes)
        while said and (gap := self.size.width - tabs.cell_length - _said(said).cell_length) < GAP:
            said.pop()
        return Content.assemble(tabs, " " * gap, _said(said)) if said else tabs

    def on_click(self, event: Click) -> None:
        event.stop()
        if tab := event.style.meta.get("tab"):
            self.post_message(self.Chosen(self, tab))


def _said(notes: Sequence[Content]) -> Content:
    return Content(" ").join(notes)
