"""The event a draft is run with: which one, its text, its faults, and the handler it is given to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from actionsmith.tenant.model import SavedEvent
from actionsmith.triggers import loader
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.dialogs import Choice, Choose, Confirm, Prompt
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.event_editor import EventEditor
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.tenant.changes import ChangeRequested, DeleteEvent, SaveEvent
from actionsmith.tui.widgets.event_head import EventHead, short_handler

DEFAULT_NAME = "default event"


AUTOMATIC = ""
"""Stands for the handler that fits the event and the code."""

Slot = tuple[str, str]
"""A trigger and a handler: each has an event of its own."""


class EventPane(Vertical):
    """Keeps an event per trigger and handler: the name of a saved one (empty: the default) and its text."""

    CONTEXT: ClassVar[str] = "event"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("event")
    DEFAULT_CSS = """
    EventPane {
        & > EventEditor { height: 1fr; }
        & > #event-fault { height: auto; max-height: 6; padding: 0 1; color: $text-warning; display: none; }
        & > #event-fault.-shown { display: block; }
    }
    """

    @dataclass
    class TextChanged(Message):
        """What a slot holds: the event of this name (empty: the default), its text, what is saved of it."""

        slot: Slot
        name: str
        text: str
        saved: str

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self.trigger = ""
        self._handlers: dict[str, str] = {}
        self._names: dict[Slot, str] = {}
        self._texts: dict[Slot, str] = {}
        self._saved: dict[str, str] = {}
        self._shown = ("", "", False, "")

    def compose(self) -> ComposeResult:
        yield EventHead()
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
        return self._chosen or DEFAULT_NAME

    @property
    def handler(self) -> str | None:
        """The handler (JavaScript name) that was chosen; None for the one that fits event and code."""
        return self._handlers.get(self.trigger) or None

    @property
    def _slot(self) -> Slot:
        return self._slot_of(self.trigger)

    @property
    def _chosen(self) -> str:
        """The name of the saved event; empty for the default one."""
        return self._names.get(self._slot, "")

    @property
    def changed(self) -> bool:
        """Whether the text differs from the saved one."""
        return bool(self.trigger) and self.text != self._saved_text()

    def chosen_for(self, trigger: str) -> str:
        """The name of the saved event that is chosen for a trigger; empty for its default one."""
        return self._names.get(self._slot_of(trigger), "")

    def show_events(self, trigger: str, events: Sequence[SavedEvent], default: str) -> None:
        """Show the event of a trigger; what was typed for it before is still there."""
        if self.trigger:
            self._texts[self._slot] = self.text
        moved = trigger != self.trigger
        self.trigger = trigger
        first_time = self._slot not in self._names
        self._saved = {"": default, **{event.name: event.text for event in events}}
        if first_time:
            self._names[self._slot] = events[0].name if events else ""
        elif self._chosen not in self._saved:
            self._names[self._slot] = ""
        if first_time or moved:
            self.editor.load_event(trigger, self._texts.get(self._slot, self._saved_text()))
        self._show_name()

    def choose(self, name: str) -> None:
        """Load a saved event; the empty name is the default."""
        self._names[self._slot] = name
        self.editor.set_text(self._saved_text())
        self._show_name()

    def restore(self, trigger: str, name: str, text: str) -> Slot:
        """Put a text back that was not saved; gives its place. It is shown at once, or with its trigger."""
        slot = self._slot_of(trigger)
        self._names[slot] = name
        self._texts[slot] = text
        if trigger == self.trigger:
            self.editor.set_text(text)
            self._show_name()
        return slot

    def choose_handler(self, handler: str) -> None:
        """Run with this handler of the trigger (empty: the one that fits) and the event it had before."""
        if handler == self._handlers.get(self.trigger, AUTOMATIC):
            return
        name, text = self._chosen, self.text
        self._texts[self._slot] = text
        self._handlers[self.trigger] = handler
        self._names.setdefault(self._slot, name)
        self.editor.set_text(self._texts.setdefault(self._slot, text))
        self._show_name()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.trigger:
            return False
        if action == "delete":
            return bool(self._chosen)
        if action == "choose_handler":
            return len(loader.trigger(self.trigger).handlers) > 1
        if action in ("reset", "save"):
            return self.changed
        return True

    @on(EventHead.Clicked)
    def choose_clicked(self, event: EventHead.Clicked) -> None:
        (self.action_choose if event.part == "event" else self.action_choose_handler)()

    def action_choose(self) -> None:
        choices = [
            Choice(str(number), one_line(name) or DEFAULT_NAME, "of the trigger" if not name else "")
            for number, name in enumerate(self._saved)
        ]
        names = list(self._saved)

        def chosen(number: str | None) -> None:
            if number is not None:
                self.choose(names[int(number)])

        self.app.push_screen(Choose("Event", choices, current=str(names.index(self._chosen))), chosen)

    def action_choose_handler(self) -> None:
        handlers = loader.trigger(self.trigger).handlers
        choices = [
            Choice(AUTOMATIC, "Automatic", f"fits the event, else {short_handler(handlers[0])}"),
            *(Choice(handler, handler) for handler in handlers),
        ]

        def chosen(handler: str | None) -> None:
            if handler is not None:
                self.choose_handler(handler)

        self.app.push_screen(Choose("Handler", choices, current=self.handler or AUTOMATIC), chosen)

    def action_save(self) -> None:
        name = self._chosen
        if name:
            self.post_message(ChangeRequested(SaveEvent(self.trigger, name, self.text)))
        else:
            self.action_save_as()

    def action_save_as(self) -> None:
        def save(answer: dict[str, str] | None) -> None:
            if answer is not None:
                name = answer["value"].strip()
                self._names[self._slot] = name
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
        name = self._chosen
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

    @on(EventEditor.Diagnosed)
    def show_faults(self, event: EventEditor.Diagnosed) -> None:
        event.stop()
        line = self.query_one("#event-fault", Static)
        line.set_class(bool(event.found), "-shown")
        if event.found:
            first = event.found[0]
            more = f"  (+{len(event.found) - 1})" if len(event.found) > 1 else ""
            where = f"Line {first.span.row + 1}, column {first.span.column + 1}"
            line.update(Content(f"{where}: {one_line(first.message)}{more}"))

    def _saved_text(self) -> str:
        return self._saved.get(self._chosen, self._saved.get("", ""))

    def _slot_of(self, trigger: str) -> Slot:
        return trigger, self._handlers.get(trigger, AUTOMATIC)

    def _show_name(self) -> None:
        if self.trigger:
            self.post_message(self.TextChanged(self._slot, self._chosen, self.text, self._saved_text()))
        handler = ""
        if self.trigger and len(loader.trigger(self.trigger).handlers) > 1:
            handler = short_handler(self.handler) if self.handler else "handler"
        if self._shown == (shown := (self.trigger, self.name_shown, self.changed, handler)):
            return
        self._shown = shown
        self.query_one(EventHead).show(self.name_shown, self.changed, handler)
        self.refresh_bindings()
