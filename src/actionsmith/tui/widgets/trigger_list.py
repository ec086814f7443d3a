"""All triggers, with the number of Actions bound to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from actionsmith.tui.flow.facts import TriggerCount


class TriggerList(OptionList):
    """Posts `Chosen` when a trigger is picked with enter or the mouse."""

    DEFAULT_CSS = """
    TriggerList {
        height: 1fr;
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
    }
    """

    @dataclass
    class Chosen(Message):
        """The flow of this trigger is wanted."""

        trigger: str

    def show(self, counts: Sequence[TriggerCount], current: str) -> None:
        """List the triggers and highlight the current one."""
        if not counts:
            return
        longest = max(len(count.id) for count in counts)
        self.set_options(Option(_line(count, longest, current), id=count.id) for count in counts)
        self.highlighted = [count.id for count in counts].index(current)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(str(event.option_id)))


def _line(count: TriggerCount, width: int, current: str) -> Content:
    number = str(count.bound) if count.bound else "·" if count.deployed else ""
    style = "bold" if count.id == current else "" if count.deployed else "$text-muted"
    return Content.assemble((count.id.ljust(width), style), (number.rjust(3), "$text-muted"))
