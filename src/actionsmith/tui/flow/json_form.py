"""A dialog that asks for JSON objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Button, Label, Static

from actionsmith.errors import UserError
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.faults import describe
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.json_field import JsonField

Objects = dict[str, dict[str, Any]]
"""One JSON object per field, by its name."""

Reader = Callable[[str], dict[str, Any]]
"""Reads the text of a field. Raises UserError when it is not what the field takes."""


class ObjectField(msgspec.Struct, frozen=True):
    """One object to be given: its name, the label above it, and what it holds at first."""

    name: str
    label: str
    value: dict[str, Any]


class JsonForm(Dialog[Objects | None]):
    """Gives the objects by field name, or None when cancelled."""

    CONTEXT: ClassVar[str] = "json_form"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("json_form")
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (26, "-tall")]  # noqa: RUF012 - as Textual declares it
    DEFAULT_CSS = """
    JsonForm {
        & > #dialog { width: 84; }
        &.-short > #dialog { padding: 0 1; }
        &.-short .dialog-text { max-height: 3; margin-bottom: 0; }
    }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[ObjectField],
        read: Reader,
        *,
        text: str,
        submit: str,
        syntax: Syntax,
    ) -> None:
        super().__init__(title)
        self.fields, self.read, self.text, self.submit_label = tuple(fields), read, text, submit
        self._syntax = syntax

    def on_mount(self) -> None:
        """Begin in the first field, without scrolling to it: the box does not have its size yet."""
        self.set_focus(self.query(JsonField).first(), scroll_visible=False)

    def compose_body(self) -> ComposeResult:
        yield Static(Content(self.text), classes="dialog-text")
        yield from self.compose_fields()

    def compose_fields(self) -> ComposeResult:
        for field in self.fields:
            own = f"of-{field.name}"
            yield Label(Content(field.label), classes=f"dialog-label {own}")
            editor = JsonField(_written(field.value), id=f"field-{field.name}")
            editor.add_class(own)
            editor.syntax_styles = self._syntax or None
            yield editor
            yield Static(id=f"fault-{field.name}", classes=f"dialog-fault {own}")

    def compose_buttons(self) -> ComposeResult:
        yield Button("Cancel", id="cancel", compact=True)
        yield Button(Content(self.submit_label), id="submit", variant="primary", compact=True)

    @on(CodeEditor.Edited)
    def check_as_typed(self, event: CodeEditor.Edited) -> None:
        """A fault that was shown goes as soon as it is mended; none is shown for half-written text."""
        name = (event.editor.id or "").removeprefix("field-")
        if str(self._fault(name).visual):
            self._take(name)

    @on(Button.Pressed, "#submit")
    def action_submit(self) -> None:
        """Give what was written, unless something of it cannot be read."""
        if (objects := self.taken()) is not None:
            self.dismiss(objects)

    @property
    def asked(self) -> tuple[ObjectField, ...]:
        """The fields that are read."""
        return self.fields

    def taken(self) -> Objects | None:
        """What was written; None, with the focus where it is wrong, when something of it cannot be read."""
        taken = {field.name: self._take(field.name) for field in self.asked}
        faulty = next((name for name, value in taken.items() if value is None), None)
        if faulty is not None:
            self.query_one(f"#field-{faulty}").focus()
            return None
        return {name: value for name, value in taken.items() if value is not None}

    def _take(self, name: str) -> dict[str, Any] | None:
        """What the field holds; None, with the reason below it, when that cannot be read."""
        try:
            value = self.read(self.query_one(f"#field-{name}", JsonField).text)
        except UserError as error:
            self._fault(name).update(Content(one_line(describe(error))))
            return None
        self._fault(name).update(Content(""))
        return value

    def _fault(self, name: str) -> Static:
        return self.query_one(f"#fault-{name}", Static)


def _written(value: dict[str, Any]) -> str:
    """The text to start from; an empty object leaves the field free for whatever is typed or pasted."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() if value else ""
