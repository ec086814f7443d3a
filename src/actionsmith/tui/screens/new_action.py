"""Asks for everything a new Action needs, and makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Label, OptionList, RadioSet, Select, Static
from textual.widgets.option_list import Option

from actionsmith.errors import UserError
from actionsmith.runtime.host_kind import Language
from actionsmith.tenant.tenant import Tenant
from actionsmith.triggers import loader
from actionsmith.triggers.starter import body_line
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.faults import describe
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.tenant.snapshot import LANGUAGE_NAMES
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.radio import Radio, RadioChoice
from actionsmith.tui.widgets.text_field import TextField
from actionsmith.tui.workbench.action_place import ActionPlace
from actionsmith.tui.workbench.starting_points import (
    BLANK,
    StartingPoint,
    about,
    code_of,
    name_fault,
    starting_points,
    suggested_name,
)
from actionsmith.workshop.samples import samples

LANGUAGES: tuple[Language, ...] = ("javascript", "python")
DEFAULT_TRIGGER = "post-login"


class _Wish(msgspec.Struct, frozen=True):
    """The Action as asked for."""

    name: str
    trigger: str
    language: Language
    start: StartingPoint


class _Made(msgspec.Struct, frozen=True):
    """The Action that was made, with the line to begin at; `problem` says what of the sample is missing, if
    anything."""

    name: str
    problem: str = ""
    line: int | None = None


class Field(Horizontal):
    """A label with the control that belongs to it."""

    def __init__(self, label: str, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(Label(label), id=id, classes="new-action-field")


class NewActionDialog(Dialog[ActionPlace | None]):
    """Gives the name of the Action it made, or None. A sample brings its events, secrets and packages."""

    CONTEXT: ClassVar[str] = "new_action"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("new_action")
    AUTO_FOCUS = "#new-action-name"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (140, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (26, "-tall")]  # noqa: RUF012 - as Textual declares it
    CSS_PATH = "new_action.tcss"

    def __init__(
        self,
        tenant: Tenant,
        trigger: str = DEFAULT_TRIGGER,
        *,
        syntax: Callable[[], Syntax] | None = None,
    ) -> None:
        super().__init__("New Action")
        self.tenant, self.trigger = tenant, trigger
        self.start = BLANK
        self.points = starting_points(samples(), trigger)
        self.taken: frozenset[str] = frozenset()
        self.busy = False
        self._suggested = suggested_name(self.start, trigger, ())
        self._syntax = syntax
        self._jobs = Jobs(self)

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="new-action-body"):
            with Vertical(id="new-action-form"):
                yield from self._compose_form()
            yield CodeEditor("", LANGUAGES[0], read_only=True, id="new-action-preview")

    def _compose_form(self) -> ComposeResult:
        with Field("Name"):
            yield TextField(self._suggested, entered=lambda _: self.action_create(), id="new-action-name")
        yield Static(id="new-action-fault", classes="new-action-note")
        with Field("Trigger"):
            yield Select[str](
                [(Content(trigger_id), trigger_id) for trigger_id in loader.trigger_ids()],
                value=self.trigger,
                allow_blank=False,
                compact=True,
                id="new-action-trigger",
            )
        yield Static(id="new-action-when", classes="new-action-note")
        with Field("Language"), RadioChoice(id="new-action-language", compact=True):
            for language in LANGUAGES:
                yield Radio(LANGUAGE_NAMES[language], value=language == LANGUAGES[0], compact=True)
        with Field("Start from", id="new-action-start-field"):
            yield OptionList(id="new-action-start", markup=False, compact=True)
        yield Static(id="new-action-about", classes="new-action-note")

    def compose_buttons(self) -> ComposeResult:
        yield Button("Cancel", id="cancel", compact=True)
        yield Button("Create", id="create", variant="primary", compact=True)

    def on_mount(self) -> None:
        self.preview.can_focus = False
        self.preview.show_cursor = False
        if self._syntax is not None:
            self.preview.syntax_styles = self._syntax()
        self._show_trigger()
        self._jobs.newest("names", self._read_names, self._names_read, self._failed)

    @property
    def language(self) -> Language:
        """The one that is chosen."""
        return LANGUAGES[self.query_one(RadioChoice).chosen]

    @property
    def name_input(self) -> Input:
        return self.query_one("#new-action-name", Input)

    @property
    def preview(self) -> CodeEditor:
        return self.query_one("#new-action-preview", CodeEditor)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not self.busy or action != "create"

    @on(Input.Changed, "#new-action-name")
    def check_name(self) -> None:
        fault = name_fault(self.name_input.value, self.taken)
        self.query_one("#new-action-fault", Static).update(Content(one_line(fault or "")))

    @on(Select.Changed, "#new-action-trigger")
    def take_trigger(self) -> None:
        chosen = self.query_one("#new-action-trigger", Select).value
        if chosen == self.trigger:
            return
        self.trigger = str(chosen)
        if self.start.sample is not None and self.start.trigger != self.trigger:
            self.start = BLANK
        self.points = starting_points(samples(), self.trigger)
        self._show_trigger()
        self._suggest_name()

    @on(RadioSet.Changed)
    def take_language(self) -> None:
        self._show_start()

    @on(OptionList.OptionHighlighted, "#new-action-start")
    def take_start(self) -> None:
        """What is highlighted is what the Action starts from: no second key is needed."""
        chosen = self.query_one("#new-action-start", OptionList).highlighted_option
        start = next((point for point in self.points if chosen and point.title == chosen.id), self.start)
        if start == self.start:
            return
        self.start = start
        if start.sample is not None and start.trigger != self.trigger:
            self.trigger = start.trigger
            with self.prevent(Select.Changed):
                self.query_one("#new-action-trigger", Select).value = start.trigger
        self._show_start()
        self._suggest_name()

    @on(OptionList.OptionSelected)
    @on(Button.Pressed, "#create")
    def action_create(self) -> None:
        """Make the Action, unless its name will not do."""
        if self.busy:
            return
        self.take_trigger()  # a key that is pressed at once comes before the messages about them
        self.take_start()
        name = self.name_input.value
        if name_fault(name, self.taken) is not None:
            self.check_name()
            self.name_input.focus()
            return
        self._set_busy(True)
        wish = _Wish(name.strip(), self.trigger, self.language, self.start)
        self._jobs.in_order("write", partial(self._make, wish), self._made, self._failed)

    def _make(self, wish: _Wish) -> _Made:
        """Runs in a thread. An Action whose packages cannot be installed is there all the same."""
        from actionsmith.workshop.samples import create_from_sample

        if wish.start.sample is None:
            code = code_of(wish.start, wish.trigger, wish.language)
            action = self.tenant.create_action(wish.name, wish.trigger, wish.language, code)
            return _Made(action.name, line=body_line(code))
        before = {action.name for action in self.tenant.actions()}
        try:
            sample = wish.start.sample
            action = create_from_sample(self.tenant, sample, wish.language, wish.name, self._progress)
        except UserError as error:
            if wish.name in before or wish.name not in self._read_names():
                raise
            return _Made(wish.name, str(error))
        return _Made(action.name)

    def _made(self, made: _Made) -> None:
        if made.problem:
            toast(self, made.problem, "warning", title=f"{made.name} is made, but not complete")
        self.dismiss(ActionPlace(made.name, made.line))

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self.query_one("#new-action-fault", Static).update(Content(one_line(describe(error))))

    def _progress(self, line: str) -> None:
        self.call_later(self._show_about, one_line(line))

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.query_one("#create", Button).disabled = busy
        if busy:
            self._show_about("Making the Action…")

    def _read_names(self) -> frozenset[str]:
        return frozenset(action.name for action in self.tenant.actions())

    def _names_read(self, names: frozenset[str]) -> None:
        self.taken = names
        self._suggest_name()
        self.check_name()

    def _suggest_name(self) -> None:
        """Suggest another name, unless the person has written one."""
        untouched = self.name_input.value == self._suggested
        self._suggested = suggested_name(self.start, self.trigger, self.taken)
        if untouched:
            self.name_input.value = self._suggested
            self.name_input.select_all()

    def _show_trigger(self) -> None:
        """List what an Action of this trigger can start from."""
        options = self.query_one("#new-action-start", OptionList)
        with self.prevent(OptionList.OptionHighlighted):
            options.set_options(self._options())
            options.highlighted = options.get_option_index(self.start.title)
        self._show_start()

    def _options(self) -> Iterator[Option]:
        heading = False
        for point in self.points:
            if not heading and point.trigger not in ("", self.trigger):
                heading = True
                yield Option(Content.styled("Samples for other triggers", "$primary"), disabled=True)
            yield Option(Content(point.title), id=point.title)

    def _show_start(self) -> None:
        """Say when an Action of the trigger runs, what it starts from, and show that code."""
        self.query_one("#new-action-when", Static).update(Content(loader.trigger(self.trigger).when))
        self._show_about(about(self.start))
        language = self.language
        work = partial(code_of, self.start, self.trigger, language)
        self._jobs.newest("preview", work, lambda code: self.preview.load(code, language), self._failed)

    def _show_about(self, text: str) -> None:
        self.query_one("#new-action-about", Static).update(Content(text))
