"""One line that says what is pending in a flow, with the two ways out."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from actionsmith.tui.actions import BY_ID, key_hint


class PendingBar(Horizontal):
    """Hidden while nothing is pending. Its buttons post `Settled`."""

    DEFAULT_CSS = """
    PendingBar {
        height: 1;
        display: none;
        background: $warning-muted;
        & > Static { width: 1fr; color: $text-warning; padding-left: 1; }
        & > Button { width: auto; min-width: 0; padding: 0 1; margin-left: 1; }
        &.-pending { display: block; }
        &:ansi { background: ansi_default; text-style: bold; }
    }
    """

    @dataclass
    class Settled(Message):
        """A button was pressed: the pending order is to be applied, or discarded."""

        apply: bool

    def compose(self) -> ComposeResult:
        yield Static()
        for button in (
            Button(_label("flow.apply"), id="flow-apply", variant="primary", compact=True),
            Button(_label("flow.discard"), id="flow-discard", compact=True),
        ):
            button.can_focus = False  # it hides when it has done its work, and keys would go nowhere then
            yield button

    def show(self, pending: str) -> None:
        """Show what is pending, such as `1 moved`; an empty text hides the bar."""
        self.set_class(bool(pending), "-pending")
        self.query_one(Static).update(Content(f"● Pending: {pending}"))

    @on(Button.Pressed)
    def settle(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Settled(event.button.id == "flow-apply"))


def _label(command_id: str) -> Content:
    command = BY_ID[command_id]
    return Content(f"{command.label} {key_hint(command.id)}")
