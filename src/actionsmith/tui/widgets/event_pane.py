"""The event a draft is run with: which one, its text, its faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from actionsmith.tenant.model import SavedEvent
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.changes import ChangeRequested, DeleteEvent, SaveEvent
from actionsmith.tui.dialogs import Choice, Choose, Confirm, Prompt
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.widgets.code_editor import CodeEditor
from actionsmith.tui.widgets.event_editor import EventEditor

DEFAULT_NAME = "default event"


class EventName(Static):
    """The name of the event; a click asks for another."""

    ALLOW_SELECT = False

    @dataclass
    class Clicked(Message):
        """Another event is wanted."""

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Clicked())


class EventPane(Vertical):
    """Keeps an event per trigger: the name of a saved one (empty: the default) and its text."""

    CONTEXT: ClassVar[str] = "event"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("event")
    DEFAULT_CSS = """
    EventPane {
        & > EventName { height: 1; padding: 0 1; color: $text-muted; }
        & > EventName:hover { background: $boost; }
        & > EventEditor { height: 1fr; }
        & > #event-fault { height: auto; max-height: 6; padding: 0 1; color: $text-warning; display: none; }
        & > #event-fault.-shown { display: block; }
    }
    """

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self.trigger = ""
        self._names: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._saved: dict[str, str] = {}
        self._shown = ("", "", False)

    def compose(self) -> ComposeResult:
        yield EventName()
        yield EventEditor(id="event-editor")
        yield Static(id="event-fault")

    @property
    def editor(self) -> EventEditor:
        return self.query_one(EventEditor)

    @property
    def text(self) -> str:
        return self.editor.text

    @property
    def name_shown(self) -> str:
        """The name of the event, `default event` for the trigger's own."""
        return self._names.get(self.trigger) or DEFAULT_NAME

    @property
    def changed(self) -> bool:
        """Whether the text differs from the saved one."""
        return bool(self.trigger) and self.text != self._saved_text()

    def chosen_for(self, trigger: str) -> str:
        """The name of the saved event that is chosen for a trigger; empty for its default one."""
        return self._names.get(trigger, "")

    def show_events(self, trigger: str, events: Sequence[SavedEvent], default: str) -> None:
        """Show the event of a trigger; what was typed for it before is still there."""
        if self.trigger:
            self._texts[self.trigger] = self.text
        first_time = trigger not in self._names
        moved = trigger != self.trigger
        self.trigger = trigger
        self._saved = {"": default, **{event.name: event.text for event in events}}
        if first_time:
            self._names[trigger] = events[0].name if events else ""
        elif self._names[trigger] not in self._saved:
            self._names[trigger] = ""
        if first_time or moved:
            self.editor.load_event(trigger, self._texts.get(trigger, self._saved_text()))
        self._show_name()

    def choose(self, name: str) -> None:
        """Load a saved event; the empty name is the default."""
        self._names[self.trigger] = name
        self.editor.set_text(self._saved_text())
        self._show_name()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.trigger:
            return False
        if action == "delete":
            return bool(self._names.get(self.trigger))
        if action in ("reset", "save"):
            return self.changed
        return True

    @on(EventName.Clicked)
    def action_choose(self) -> None:
        choices = [
            Choice(str(number), one_line(name) or DEFAULT_NAME, "of the trigger" if not name else "")
            for number, name in enumerate(self._saved)
        ]
        names = list(self._saved)

        def chosen(number: str | None) -> None:
            if number is not None:
                self.choose(names[int(number)])

        current = str(names.index(self._names.get(self.trigger, "")))
        self.app.push_screen(Choose("Event", choices, current=current), chosen)

    def action_save(self) -> None:
        name = self._names.get(self.trigger, "")
        if name:
            self.post_message(ChangeRequested(SaveEvent(self.trigger, name, self.text)))
        else:
            self.action_save_as()

    def action_save_as(self) -> None:
        def save(answer: dict[str, str] | None) -> None:
            if answer is not None:
                name = answer["value"].strip()
                self._names[self.trigger] = name
                self._saved[name] = self.text
                self._show_name()
                self.post_message(ChangeRequested(SaveEvent(self.trigger, name, self.text)))

        self.app.push_screen(
            Prompt(
                "Save event",
                "Name",
                placeholder="name of the event",
                submit="Save",
                check=lambda text: None if text.strip() else "An event needs a name.",
            ),
            save,
        )

    def action_reset(self) -> None:
        self.editor.set_text(self._saved_text())

    def action_delete(self) -> None:
        name = self._names.get(self.trigger, "")
        if not name:
            return

        def delete(agreed: bool | None) -> None:
            if agreed:
                self.post_message(ChangeRequested(DeleteEvent(self.trigger, name)))

        text = f"“{one_line(name)}” is deleted."
        self.app.push_screen(Confirm("Delete event", text, yes="Delete", dangerous=True), delete)

    @on(CodeEditor.Edited)
    def edited(self, event: CodeEditor.Edited) -> None:
        event.stop()
        self._show_name()

    @on(EventEditor.FaultsFound)
    def show_faults(self, event: EventEditor.FaultsFound) -> None:
        line = self.query_one("#event-fault", Static)
        line.set_class(bool(event.faults), "-shown")
        if event.faults:
            first = event.faults[0]
            more = f"  (+{len(event.faults) - 1})" if len(event.faults) > 1 else ""
            where = f"Line {first.line}, column {first.column}"
            line.update(Content(f"{where}: {one_line(first.message)}{more}"))

    def _saved_text(self) -> str:
        return self._saved.get(self._names.get(self.trigger, ""), self._saved.get("", ""))

    def _show_name(self) -> None:
        if self._shown == (shown := (self.trigger, self.name_shown, self.changed)):
            return
        self._shown = shown
        mark = " ● changed" if self.changed else ""
        self.query_one(EventName).update(
            Content.assemble(
                (one_line(self.name_shown), "$foreground"), (" ▾", "$accent"), (mark, "$text-warning")
            )
        )
        self.refresh_bindings()
