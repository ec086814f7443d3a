"""Dialogs that ask one thing: a yes or no, a few fields, one of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from actionsmith.tui.actions import bindings_for
from actionsmith.tui.widgets.command_bar import CommandBar
from actionsmith.tui.widgets.text_field import TextField

T = TypeVar("T")


class Dialog(ModalScreen[T], Generic[T]):
    """The frame of a dialog: a titled box that fits any terminal. Its body scrolls, its buttons stay.

    Subclasses yield the body from `compose_body` and the buttons from `compose_buttons`. Escape and a
    button with the id `cancel` carry out `action_cancel`, which gives None.
    """

    CONTEXT: ClassVar[str] = "dialog"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("dialog")
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        & > #dialog {
            width: 64;
            max-width: 94%;
            height: auto;
            max-height: 92%;
            background: $surface;
            border: round $primary;
            border-title-color: $primary;
            border-title-style: bold;
            padding: 1 2 0 2;
            overflow-y: auto;
            scrollbar-size-vertical: 1;
        }
        #dialog-buttons {
            dock: bottom;
            height: 2;
            align-horizontal: right;
            background: $surface;
        }
        #dialog-buttons Button {
            margin-left: 2;
            min-width: 12;
            background: $panel;
            color: $foreground;
            text-style: none;
            &.-primary { color: $primary; }
            &.-error { color: $error; }
            &:hover { background: $boost; }
            &:focus { background: $primary; color: $background; text-style: bold; }
            &.-error:focus { background: $error; color: $background; }
        }
        .dialog-text { width: 1fr; height: auto; margin-bottom: 1; }
        .dialog-label { color: $text-muted; }
        .dialog-fault { color: $text-error; height: auto; min-height: 1; width: 1fr; }
        Input { background: $panel; }
        OptionList { height: auto; max-height: 12; margin-bottom: 1; border: none; background: $surface; }
        OptionList:focus { border: none; }
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.dialog_title = title

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as box:
            box.border_title = Content(self.dialog_title)
            yield from self.compose_body()
            with Horizontal(id="dialog-buttons"):
                yield from self.compose_buttons()
        yield CommandBar()

    def compose_body(self) -> ComposeResult:
        yield from ()

    def compose_buttons(self) -> ComposeResult:
        yield Button("Close", id="cancel", compact=True)

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        self.dismiss(None)


class Confirm(Dialog[bool]):
    """Asks yes or no. Escape means no; `dangerous` colours the yes as a warning."""

    def __init__(
        self, title: str, text: str, *, yes: str = "Yes", no: str = "Cancel", dangerous: bool = False
    ) -> None:
        super().__init__(title)
        self.text, self.yes, self.no, self.dangerous = text, yes, no, dangerous

    def compose_body(self) -> ComposeResult:
        yield Static(Content(self.text), classes="dialog-text")

    def compose_buttons(self) -> ComposeResult:
        yield Button(Content(self.no), id="cancel", compact=True)
        yield Button(
            Content(self.yes), id="yes", variant="error" if self.dangerous else "primary", compact=True
        )

    def on_mount(self) -> None:
        self.query_one("#cancel" if self.dangerous else "#yes").focus()

    def action_cancel(self) -> None:
        self.dismiss(False)

    @on(Button.Pressed, "#yes")
    def agree(self) -> None:
        self.dismiss(True)


class Field(msgspec.Struct, frozen=True):
    """One line to fill in. `check` gets the text and returns a sentence when it will not do."""

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    secret: bool = False
    check: Callable[[str], str | None] | None = None


class Form(Dialog[dict[str, str] | None]):
    """Asks for a few lines of text; gives them by field name, or None when cancelled."""

    def __init__(self, title: str, fields: Sequence[Field], *, text: str = "", submit: str = "OK") -> None:
        super().__init__(title)
        self.fields, self.text, self.submit_label = tuple(fields), text, submit
        self.begins_at = self.fields[0].name

    def compose_body(self) -> ComposeResult:
        if self.text:
            yield Static(Content(self.text), classes="dialog-text")
        for field in self.fields:
            yield Label(Content(field.label), classes="dialog-label")
            yield TextField(
                field.value,
                entered=self.go_on,
                placeholder=field.placeholder,
                password=field.secret,
                id=f"field-{field.name}",
            )
            yield Static("", id=f"fault-{field.name}", classes="dialog-fault")

    def compose_buttons(self) -> ComposeResult:
        yield Button("Cancel", id="cancel", compact=True)
        yield Button(Content(self.submit_label), id="submit", variant="primary", compact=True)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(f"#field-{self.begins_at}"))

    @on(Input.Changed)
    def check_as_typed(self, event: Input.Changed) -> None:
        name = (event.input.id or "").removeprefix("field-")
        self._show_fault(next(field for field in self.fields if field.name == name))

    def go_on(self, field: TextField) -> None:
        """Enter goes to the next field, and from the last one submits."""
        fields = list(self.query(TextField))
        after = fields[fields.index(field) + 1 :]
        if after:
            self.set_focus(after[0])
        else:
            self.submit()

    @on(Button.Pressed, "#submit")
    def submit(self) -> None:
        faulty = [field for field in self.fields if self._show_fault(field)]
        if faulty:
            self.query_one(f"#field-{faulty[0].name}").focus()
        else:
            self.dismiss({field.name: self._value(field) for field in self.fields})

    def _value(self, field: Field) -> str:
        return self.query_one(f"#field-{field.name}", Input).value

    def _show_fault(self, field: Field) -> bool:
        fault = field.check(self._value(field)) if field.check else None
        self.query_one(f"#fault-{field.name}", Static).update(Content(fault or ""))
        return fault is not None


class Prompt(Form):
    """Asks for one line of text: `Prompt(...)` is a `Form` with the single field `value`."""

    def __init__(
        self,
        title: str,
        label: str,
        *,
        value: str = "",
        placeholder: str = "",
        text: str = "",
        submit: str = "OK",
        check: Callable[[str], str | None] | None = None,
    ) -> None:
        super().__init__(
            title, [Field("value", label, value, placeholder, check=check)], text=text, submit=submit
        )


class Choice(msgspec.Struct, frozen=True):
    """One line of a `Choose` dialog; `detail` is shown dimmed behind the label, `place` before it."""

    id: str
    label: str
    detail: str = ""
    place: str = ""

    @property
    def content(self) -> Content:
        place = (f"{self.place}  ", "dim") if self.place else ""
        return Content.assemble(place, self.label, (f"  {self.detail}", "dim") if self.detail else "")


class Choose(Dialog[str | None]):
    """Asks for one of several; gives the id of the choice, or None when cancelled. A `wide` one has a row
    for each choice, cut where it is too long, for lines of code and what is said of them."""

    DEFAULT_CSS = """
    Choose.-wide {
        & > #dialog { width: 110; }
        OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        current: str = "",
        text: str = "",
        wide: bool = False,
    ) -> None:
        super().__init__(title)
        self.set_class(wide, "-wide")
        self.choices, self.current, self.text = tuple(choices), current, text

    def compose_body(self) -> ComposeResult:
        if self.text:
            yield Static(Content(self.text), classes="dialog-text")
        yield OptionList(*(Option(choice.content) for choice in self.choices), markup=False)

    def compose_buttons(self) -> ComposeResult:
        yield Button("Cancel", id="cancel", compact=True)

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        ids = [choice.id for choice in self.choices]
        options.highlighted = ids.index(self.current) if self.current in ids else 0
        options.focus()

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.choices[event.option_index].id)
