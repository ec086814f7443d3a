"""The secrets of the draft. Values are asked for and never shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from actionsmith.errors import UserError
from actionsmith.tenant import rules
from actionsmith.tenant.model import SecretInfo
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.changes import ChangeRequested, DeleteSecret, SetSecret
from actionsmith.tui.dialogs import Confirm, Field, Form
from actionsmith.tui.faults import describe
from actionsmith.tui.plain_text import moment, one_line
from actionsmith.tui.widgets.line_list import Line, LineList


class SecretsPanel(LineList):
    """Names and dates; keys add, replace and delete."""

    CONTEXT: ClassVar[str] = "secrets"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("secrets")

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__("No secrets yet.\nPress a to add one.", widget_id=widget_id)

    def show_secrets(self, secrets: Sequence[SecretInfo]) -> None:
        """Show the secrets of the draft."""
        self.show([Line(item.name, one_line(item.name), moment(item.updated_at)[:10]) for item in secrets])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.chosen is not None if action in ("replace", "delete") else True

    def action_add(self) -> None:
        taken = set(self.keys)

        def check(name: str) -> str | None:
            try:
                tidy = rules.check_secret_name(name)
            except UserError as error:
                return describe(error)
            return "There is a secret of that name; replace it instead." if tidy in taken else None

        fields = [
            Field("name", "Name", placeholder="name, such as API_KEY", check=check),
            Field("value", "Value (not shown again)", secret=True, check=_check_value),
        ]
        self.app.push_screen(Form("Add secret", fields, submit="Add"), self._set)

    def action_replace(self) -> None:
        key = self.chosen
        if key is None:
            return

        def replace(answer: dict[str, str] | None) -> None:
            self._set(None if answer is None else {"name": key, **answer})

        fields = [Field("value", f"New value of {one_line(key)}", secret=True, check=_check_value)]
        self.app.push_screen(Form("Replace secret", fields, submit="Replace"), replace)

    def action_delete(self) -> None:
        key = self.chosen
        if key is None:
            return

        def delete(agreed: bool | None) -> None:
            if agreed:
                self.post_message(ChangeRequested(DeleteSecret(key)))

        text = f"{one_line(key)} is taken out of the draft. Versions keep theirs."
        self.app.push_screen(Confirm("Delete secret", text, yes="Delete", dangerous=True), delete)

    def _set(self, answer: dict[str, str] | None) -> None:
        if answer is not None:
            self.post_message(ChangeRequested(SetSecret(answer["name"].strip(), answer["value"])))


def _check_value(value: str) -> str | None:
    return None if value else "A secret needs a value."
