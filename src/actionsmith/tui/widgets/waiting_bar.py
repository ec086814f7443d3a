"""One line that says what a suspended flow waits for, with the way to go on."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from actionsmith.runtime.execution import Suspended
from actionsmith.tui.actions import BY_ID, key_hint
from actionsmith.tui.flow.waiting import waiting_text
from actionsmith.tui.plain_text import one_line


class WaitingBar(Horizontal):
    """Hidden while no flow waits. Its button posts `Answered`."""

    DEFAULT_CSS = """
    WaitingBar {
        height: 1;
        display: none;
        background: $accent-muted;
        & > Static { width: 1fr; color: $text-accent; padding-left: 1; }
        & > Static { text-wrap: nowrap; text-overflow: ellipsis; }
        & > Button { width: auto; min-width: 0; padding: 0 1; margin-left: 1; }
        &.-waiting { display: block; }
        &:ansi { background: ansi_default; text-style: bold; }
    }
    """

    @dataclass
    class Answered(Message):
        """The person wants to answer."""

    def compose(self) -> ComposeResult:
        command = BY_ID["flow.answer"]
        yield Static()
        label = Content(f"{command.label} {key_hint(command.id)}")
        button = Button(label, id="flow-answer", variant="primary", compact=True)
        button.can_focus = False  # it hides when it has done its work, and keys would go nowhere then
        yield button

    def show(self, suspended: Suspended | None) -> None:
        """Show what the flow waits for; nothing hides the bar."""
        self.set_class(suspended is not None, "-waiting")
        if suspended is not None:
            waits = suspended.waits_for
            text = one_line(f"‖ {waits.action} {waiting_text(waits)}")
            self.query_one(Static).update(Content(text))

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Answered())
