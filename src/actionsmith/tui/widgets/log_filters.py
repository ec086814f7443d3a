"""What the log is narrowed down to: a text to search for, and a trigger, an Action, a status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Input, Static

from actionsmith.tui.actions import bindings_for
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.widgets.text_field import TextField

ANY = "all"
LABELS = {"trigger": "trigger", "action": "Action", "status": "status"}


class FilterButton(Static):
    """`trigger: post-login ▾`; a click asks for another."""

    ALLOW_SELECT = False

    @dataclass
    class Clicked(Message):
        """Another value of this filter is wanted."""

        filter: str

    def __init__(self, name: str) -> None:
        super().__init__(classes="log-filter")
        self.filter = name

    def show(self, value: str | None) -> None:
        """Show what it is set to; None: it lets everything through."""
        self.set_class(value is not None, "-set")
        label = Content.styled(f"{LABELS[self.filter]}: ", "$text-muted")
        self.update(Content.assemble(label, one_line(value or ANY), (" ▾", "$accent")))

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Clicked(self.filter))


class SearchField(TextField):
    """Done with it, the list gets the focus back; what is written goes on being searched for."""

    CONTEXT: ClassVar[str] = "log_search"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("log_search")

    @dataclass
    class Left(Message):
        """The person has done with searching."""

    def __init__(self) -> None:
        super().__init__(entered=lambda _: self.action_done(), placeholder="/ to search", id="log-search")

    def action_done(self) -> None:
        self.post_message(self.Left())

    def action_drop(self) -> None:
        self.value = ""
        self.action_done()


class LogFilters(Horizontal):
    """One line: the search and the filters. It says what is wanted and keeps nothing itself."""

    DEFAULT_CSS = """
    LogFilters {
        height: 1;
        padding: 0 1;
        & > #log-search { width: 1fr; min-width: 12; max-width: 40; margin-right: 1; }
        & > .log-filter {
            width: auto;
            max-width: 40;
            height: 1;
            padding: 0 1;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        & > .log-filter:hover { background: $boost; }
        & > .log-filter.-set { text-style: bold; color: $accent; }
    }
    """

    @dataclass
    class Searched(Message):
        """Another text is searched for; empty: none."""

        text: str

    def compose(self) -> ComposeResult:
        yield SearchField()
        for name in LABELS:
            yield FilterButton(name)

    @property
    def search(self) -> SearchField:
        return self.query_one(SearchField)

    def show(self, values: Mapping[str, str | None]) -> None:
        """Show what each filter is set to."""
        for button in self.query(FilterButton):
            button.show(values.get(button.filter))

    @on(Input.Changed)
    def text_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Searched(event.value))
