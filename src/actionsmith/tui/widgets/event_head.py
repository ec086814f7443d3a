"""The line above an event: its name, and which handler it is given to. A click asks for another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from actionsmith.tui.plain_text import one_line


class EventHead(Horizontal):
    """Posts `Clicked` with the part that was clicked: `event` or `handler`."""

    DEFAULT_CSS = """
    EventHead {
        height: 1;
        & > Static { padding: 0 1; color: $text-muted; }
        & > Static:hover { background: $boost; }
        & > #event-name { width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
        & > #event-handler { width: auto; }
    }
    """

    @dataclass
    class Clicked(Message):
        """Another one is wanted."""

        part: str

    def compose(self) -> ComposeResult:
        yield EventHeadPart("event", id="event-name")
        yield EventHeadPart("handler", id="event-handler")

    def show(self, event: str, changed: bool, handler: str) -> None:
        """Show the name of the event and of a handler; an empty one is not shown."""
        mark, word = ("● ", " changed") if changed else ("", "")  # the mark in front: a long name is cut off
        parts = ((mark, "$text-warning"), (one_line(event), "$foreground"), (" ▾", "$accent"))
        self.query_one("#event-name", Static).update(Content.assemble(*parts, (word, "$text-warning")))
        part = self.query_one("#event-handler", Static)
        part.display = bool(handler)
        part.update(Content.assemble(handler, (" ▾", "$accent")))


class EventHeadPart(Static):
    """One of the two names."""

    ALLOW_SELECT = False

    def __init__(self, part: str, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._part = part

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(EventHead.Clicked(self._part))


def short_handler(handler: str) -> str:
    """`onContinuePostLogin` -> `onContinue`: the trigger is known."""
    found = re.match(r"on[A-Z][a-z]+", handler)
    return found[0] if found else handler
