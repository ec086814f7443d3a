"""The dialog that asks how a site comes back from a redirect with a session token that it has signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Label, Select, Static

from actionsmith.tui.flow.json_form import JsonForm, ObjectField, Objects
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.text_field import TextField
from actionsmith.workshop.answering import Signing

OWN, ANOTHER, NONE = "own ", "another", "none"
"""How a token is made: signed with the secret of the Action that is named behind `OWN`, or with one that is
typed, or not at all."""


class RedirectForm(JsonForm):
    """A `JsonForm` that asks for a session token as well: `signing` is what it gives besides its objects.

    `claims` is the field of what the token says. Secrets are chosen by their name, their values are not
    shown. `signing` begins with what was given the last time, None for no token.
    """

    DEFAULT_CSS = """
    RedirectForm {
        #token-secret { width: 1fr; }
        #token-value { display: none; }
        &.-another #token-value { display: block; }
        &.-none .of-claims { display: none; }
    }
    """

    def __init__(
        self,
        title: str,
        claims: ObjectField,
        fields: Sequence[ObjectField],
        *,
        text: str,
        submit: str,
        syntax: Syntax,
        secrets: Sequence[str],
        signing: Signing | None,
    ) -> None:
        super().__init__(title, [claims, *fields], text=text, submit=submit, syntax=syntax)
        self.claims, self.secrets, self.signing = claims, tuple(secrets), signing

    @property
    def asked(self) -> tuple[ObjectField, ...]:
        return tuple(field for field in self.fields if field is not self.claims or self._choice != NONE)

    def compose_fields(self) -> ComposeResult:
        yield Label("Session token", classes="dialog-label")
        yield Select[str](
            [
                *((Content(one_line(f"signed with {name}")), f"{OWN}{name}") for name in self.secrets),
                ("signed with another secret", ANOTHER),
                ("none", NONE),
            ],
            value=self._chosen_before(),
            allow_blank=False,
            compact=True,
            id="token-secret",
        )
        yield TextField(
            self.signing.value if self.signing is not None else "",
            entered=lambda _: self.action_submit(),
            placeholder="The secret",
            password=True,
            id="token-value",
        )
        yield Static(id="fault-secret", classes="dialog-fault")
        yield from super().compose_fields()

    @on(Select.Changed, "#token-secret")
    def show_way(self) -> None:
        """Show the fields that this way of making a token needs."""
        for choice in (ANOTHER, NONE):
            self.set_class(self._choice == choice, f"-{choice}")
        self._show_fault("")

    def taken(self) -> Objects | None:
        objects = super().taken()
        if objects is None:
            return None
        claims = objects.pop(self.claims.name, {})
        value = self.query_one("#token-value", TextField).value
        if self._choice == ANOTHER and not value:
            self._show_fault("A token is signed with a secret of at least one character.")
            self.query_one("#token-value").focus()
            return None
        self.signing = self._signing(claims, value)
        return objects

    @property
    def _choice(self) -> str:
        return str(self.query_one("#token-secret", Select).value)

    def _signing(self, claims: dict[str, Any], value: str) -> Signing | None:
        if self._choice == NONE:
            return None
        if self._choice == ANOTHER:
            return Signing(claims, value=value)
        return Signing(claims, name=self._choice.removeprefix(OWN))

    def _chosen_before(self) -> str:
        if self.signing is None:
            return NONE
        return ANOTHER if self.signing.name is None else f"{OWN}{self.signing.name}"

    def _show_fault(self, text: str) -> None:
        self.query_one("#fault-secret", Static).update(Content(text))
