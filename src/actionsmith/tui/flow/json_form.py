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
    """One object to be given: its name, the label above it, what it holds at first, what reads its text."""

    name: str
    label: str
    value: dict[str, Any]
    read: Reader


class JsonForm(Dialog[Objects | None]):
    """Gives the objects by field name, or None when cancelled."""

    CONTEXT: ClassVar[str] = "json_form"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("json_form")
    AUTO_FOCUS = "JsonField"
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
        *,
        text: str,
        submit: str,
        syntax: Syntax,
    ) -> None:
        super().__init__(title)
        self.fields, self.text, self.submit_label = tuple(fields), text, submit
        self._syntax = syntax

    def on_mount(self) -> None:
        """Show it from its top: the focus comes before the box has its size, and scrolls it too far."""
        self.call_after_refresh(self.query_one("#dialog").scroll_home, animate=False)

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
            self._take(next(field for field in self.fields if field.name == name))

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
        taken = {field.name: self._take(field) for field in self.asked}
        faulty = next((name for name, value in taken.items() if value is None), None)
        if faulty is not None:
            self.query_one(f"#field-{faulty}").focus()
            return None
        return {name: value for name, value in taken.items() if value is not None}

    def _take(self, field: ObjectField) -> dict[str, Any] | None:
        """What the field holds; None, with the reason below it, when that cannot be read."""
        fault = self._fault(field.name)
        try:
            value = field.read(self.query_one(f"#field-{field.name}", JsonField).text)
        except UserError as error:
            fault.update(Content(one_line(describe(error))))
            return None
        fault.update(Content(""))
        return value

    def _fault(self, name: str) -> Static:
        return self.query_one(f"#fault-{name}", Static)


def _written(value: dict[str, Any]) -> str:
    """The text to start from; an empty object leaves the field free for whatever is typed or pasted."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() if value else ""
