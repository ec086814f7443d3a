"""The event a draft is run with: which one, its text, its faults, and the handler it is given to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from actionsmith.triggers import loader
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.dialogs import Choice, Choose, Confirm, Prompt
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.event_editor import EventEditor
from actionsmith.tui.editor.shelved import Shelf
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.tenant.changes import ChangeRequested, DeleteEvent, SaveEvent
from actionsmith.tui.texts.drafts import Drafts
from actionsmith.tui.texts.pane_texts import PaneTexts
from actionsmith.tui.texts.text_key import Key
from actionsmith.tui.widgets.event_head import EventHead, short_handler
from actionsmith.tui.widgets.moved_bar import MovedBar

DEFAULT_NAME = "default event"


AUTOMATIC = ""
"""Stands for the handler that fits the event and the code."""

Slot = tuple[str, str]
"""A trigger and a handler: each has a choice of its own."""


class EventPane(Vertical):
    """Remembers per trigger and handler which event is chosen, by its name (empty: the default).

    What was typed is in the drafts. The documents of the events that are not shown wait on a shelf.
    """

    CONTEXT: ClassVar[str] = "event"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("event")
    DEFAULT_CSS = """
    EventPane {
        & > EventEditor { height: 1fr; }
        & > #event-fault { height: auto; max-height: 6; padding: 0 1; color: $text-warning; display: none; }
        & > #event-fault.-shown { display: block; }
    }
    """

    def __init__(self, drafts: Drafts, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self.trigger = ""
        self.texts = PaneTexts(drafts, self)
        self._drafts = drafts
        self._events: tuple[str, ...] = ("",)
        self._handlers: dict[str, str] = {}
        self._names: dict[Slot, str] = {}
        self._shelf: Shelf[Key] = Shelf()
        self._shown = ("", "", False, "")

    def compose(self) -> ComposeResult:
        yield EventHead()
        yield EventEditor(id="event-editor")
        yield MovedBar("Saved elsewhere.")
        yield Static(id="event-fault")

    @property
    def editor(self) -> EventEditor:
        return self.query_one(EventEditor)

    @property
    def text(self) -> str:
        return self.editor.text

    @property
    def key(self) -> Key | None:
        """The trigger and the name of the event in the editor."""
        return self._shelf.shown

    def untold_edit(self) -> str | None:
        """The text, if it was changed since it was last asked for or shown."""
        return self._shelf.untold_edit(self.editor)

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
        """Whether the text differs from the saved one that it started from."""
        return self.key is not None and self.text != self._drafts.base(self.key)

    def chosen_for(self, trigger: str) -> str:
        """The name of the saved event that is chosen for a trigger; empty for its default one."""
        return self._names.get(self._slot_of(trigger), "")

    def show_events(self, trigger: str, names: Sequence[str]) -> None:
        """Show the event of a trigger that was chosen last, else its first saved one; `names` has those."""
        self.trigger = trigger
        self._events = ("", *names)
        first = names[0] if names else ""
        self._names.setdefault(self._slot, first)
        self._show()
        self._shelf.keep(lambda key: key[0] != trigger or key[1] in self._events)

    def choose(self, name: str) -> None:
        """Show an event as it was left; the empty name is the default one."""
        self._names[self._slot] = name
        self._show()

    def show_restored(self, key: Key) -> None:
        """Show an event whose unsaved text was put back, at once or with its trigger."""
        trigger, name = key
        self._names[self._slot_of(trigger)] = name
        if trigger == self.trigger:
            self._show()
            self.texts.put(key, self._drafts.text(key) or "")

    def follow(self, change: SaveEvent) -> None:
        """Follow a text that was saved under another name."""
        if change.source != change.name:
            trigger, slot = change.trigger, self._slot_of(change.trigger)
            self._shelf.rename((trigger, change.source), (trigger, change.name))
            if trigger == self.trigger:
                self._events += (change.name,)
            if self._names.get(slot) == change.source:
                self._names[slot] = change.name
            self._show()

    def choose_handler(self, handler: str) -> None:
        """Run with this handler of the trigger (empty: the one that fits) and the event it had before."""
        if handler == self._handlers.get(self.trigger, AUTOMATIC):
            return
        name = self._chosen
        self._handlers[self.trigger] = handler
        self._names.setdefault(self._slot, name)
        self._show()

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
        names, unsaved = self._events, self._drafts.unsaved_of(self.trigger)
        choices = [
            Choice(
                str(number),
                ("● " if name in unsaved else "") + (one_line(name) or DEFAULT_NAME),
                "changed" if name in unsaved else "" if name else "of the trigger",
            )
            for number, name in enumerate(names)
        ]

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
        if self._chosen:
            self._save(self._chosen)
        else:
            self.action_save_as()

    def action_save_as(self) -> None:
        def fault(text: str) -> str | None:
            name = text.strip()
            if not name:
                return "An event needs a name."
            taken = name in self._events and name != self._chosen
            return f"There is an event “{one_line(name)}” already; choose another name." if taken else None

        def save(answer: dict[str, str] | None) -> None:
            if answer is not None:
                self._save(answer["value"].strip())

        self.app.push_screen(
            Prompt(
                "Save event",
                "Name",
                placeholder="name of the event",
                submit="Save",
                check=fault,
            ),
            save,
        )

    def _save(self, name: str) -> None:
        base = partial(self._drafts.base, (self.trigger, name))
        save = SaveEvent(self.trigger, name, self.text, base, source=self._chosen)
        self.post_message(ChangeRequested(save))

    def action_reset(self) -> None:
        """Go back to the text the event was saved with."""
        self.editor.set_text(self._drafts.newest((self.trigger, self._chosen)))

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
        self.texts.take_edit()
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

    def _slot_of(self, trigger: str) -> Slot:
        return trigger, self._handlers.get(trigger, AUTOMATIC)

    def _show(self) -> None:
        """Show the event that is chosen, with what was typed of it."""
        self.texts.take_edit()
        if self._chosen not in self._events:
            self._names[self._slot] = ""
        key = self.trigger, self._chosen
        self.editor.trigger = self.trigger
        self._shelf.show(self.editor, key, self._drafts.base(key), self._drafts.text(key), "json")
        self._show_name()

    def _show_name(self) -> None:
        is_moved = self.key is not None and self._drafts.moved(self.key) is not None
        self.query_one(MovedBar).tell(self.key if is_moved else None)
        handler = ""
        if self.trigger and len(loader.trigger(self.trigger).handlers) > 1:
            handler = short_handler(self.handler) if self.handler else "handler"
        if self._shown == (shown := (self.trigger, self.name_shown, self.changed, handler)):
            return
        self._shown = shown
        self.query_one(EventHead).show(self.name_shown, self.changed, handler)
        self.refresh_bindings()
