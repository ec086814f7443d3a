"""Asks for a secret, or for a plain setting."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Checkbox, Input, Label

from actionsmith.tenant.model import SecretInfo
from actionsmith.tui.dialogs import Field, Form
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.tenant.changes import SetSecret
from actionsmith.tui.widgets.check import Check

PLAIN = "Plain setting: shown here, never masked"


class SecretForm(Form):
    """Asks for name (`name` to begin with) and value, or for another value of the secret that it is given.

    The value of a secret is not shown as it is typed; that of a plain setting is.
    """

    DEFAULT_CSS = """
    SecretForm Check { margin-bottom: 1; }
    """

    def __init__(
        self, replaced: SecretInfo | None, check_name: Callable[[str], str | None], name: str = ""
    ) -> None:
        self.replaced = replaced
        self.plain = replaced is not None and replaced.plain
        value = Field(
            "value",
            "",
            value=(replaced.value or "") if replaced is not None else "",
            secret=not self.plain,
            check=_check_value,
        )
        if replaced is None:
            first = Field("name", "Name", name, placeholder="name, such as API_KEY", check=check_name)
            super().__init__("Add secret", [first, value], submit="Add")
            if name:  # what is typed at once is meant as the value, and must not be read
                self.begins_at = "value"
        else:
            super().__init__(f"Replace {one_line(replaced.name)}", [value], submit="Replace")

    def compose_body(self) -> ComposeResult:
        yield from super().compose_body()
        yield Check(PLAIN, self.plain, entered=self.submit, widget_id="secret-plain")

    def on_mount(self) -> None:
        self._show_kind()

    @on(Checkbox.Changed)
    def kind_changed(self, event: Checkbox.Changed) -> None:
        event.stop()
        self.plain = event.value
        self._show_kind()

    def _show_kind(self) -> None:
        self.query(Label).last().update(Content("Value" if self.plain else "Value (not shown again)"))
        self.query_one("#field-value", Input).password = not self.plain

    def change(self, answer: dict[str, str]) -> SetSecret:
        """What the answer of this form asks for."""
        name = self.replaced.name if self.replaced is not None else answer["name"].strip()
        return SetSecret(name, answer["value"], self.plain)


def _check_value(value: str) -> str | None:
    return None if value else "A secret needs a value."
