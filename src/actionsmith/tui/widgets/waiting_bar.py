"""One line that says what a suspended flow waits for, or how it was answered, with the way to go on."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from actionsmith.tui.actions import BY_ID, key_hint
from actionsmith.tui.flow.run import FlowRun
from actionsmith.tui.flow.waiting import answer_text, waiting_text
from actionsmith.tui.plain_text import one_line


class WaitingBar(Horizontal):
    """Hidden while no flow waits or has waited. Its button posts `Answered`."""

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
        yield Static()
        button = Button(id="flow-answer", variant="primary", compact=True)
        button.can_focus = False  # it hides when it has done its work, and keys would go nowhere then
        yield button

    def show(self, run: FlowRun | None, *, again: bool) -> None:
        """Show what the suspended run waits for, or what it was answered; nothing hides the bar.

        `again`: the flow has gone on since, and can be answered again.
        """
        waits = run.waits_for if run is not None else None
        self.set_class(waits is not None, "-waiting")
        if run is None or waits is None:
            return
        command = BY_ID["flow.answer"]
        if again and run.given is not None:
            text = f"↩ {waits.action}: {answer_text(waits, run.given.answer)}"
        else:
            text = f"‖ {waits.action} {waiting_text(waits)}"
        self.query_one(Static).update(Content(one_line(text)))
        label = "Answer again" if again else command.label
        button = self.query_one(Button)
        button.label = Content(f"{label} {key_hint(command.id)}")
        button.refresh(layout=True)  # its width is that of the label

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Answered())
