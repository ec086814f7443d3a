"""The secrets of the draft. Values are asked for and never shown, save those of plain settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from actionsmith.errors import UserError
from actionsmith.tenant import rules
from actionsmith.tenant.model import SecretInfo
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.dialogs import Confirm
from actionsmith.tui.faults import describe
from actionsmith.tui.plain_text import moment, one_line
from actionsmith.tui.tenant.changes import ChangeRequested, DeleteSecret
from actionsmith.tui.widgets.line_list import Line, LineList


class SecretsPanel(LineList):
    """Names and dates, and the values of plain settings; keys add, replace and delete."""

    CONTEXT: ClassVar[str] = "secrets"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("secrets")

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__("No secrets yet.\nPress a to add one.", widget_id=widget_id)
        self._secrets: dict[str, SecretInfo] = {}

    def show_secrets(self, secrets: Sequence[SecretInfo]) -> None:
        """Show the secrets of the draft."""
        self._secrets = {item.name: item for item in secrets}
        self.show([_line(item) for item in secrets])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.chosen is not None if action in ("replace", "delete") else True

    def action_add(self) -> None:
        self.define("")

    def define(self, name: str) -> None:
        """Ask for a new secret, of this name if there is one."""
        self._ask(None, name)

    def action_replace(self) -> None:
        if self.chosen is not None:
            self._ask(self._secrets[self.chosen])

    def action_delete(self) -> None:
        key = self.chosen
        if key is None:
            return

        def delete(agreed: bool | None) -> None:
            if agreed:
                self.post_message(ChangeRequested(DeleteSecret(key)))

        text = f"{one_line(key)} is taken out of the draft. Versions keep theirs."
        self.app.push_screen(Confirm("Delete secret", text, yes="Delete", dangerous=True), delete)

    def _ask(self, replaced: SecretInfo | None, name: str = "") -> None:
        from actionsmith.tui.workbench.secret_form import SecretForm

        form = SecretForm(replaced, self._check_name, name)

        def answered(answer: dict[str, str] | None) -> None:
            if answer is not None:
                self.post_message(ChangeRequested(form.change(answer)))

        self.app.push_screen(form, answered)

    def _check_name(self, name: str) -> str | None:
        try:
            tidy = rules.check_secret_name(name)
        except UserError as error:
            return describe(error)
        return "There is a secret of that name; replace it instead." if tidy in self._secrets else None


def _line(secret: SecretInfo) -> Line:
    if secret.plain:
        return Line(secret.name, one_line(f"{secret.name} = {secret.value}"), "plain")
    return Line(secret.name, one_line(secret.name), moment(secret.updated_at)[:10])
