"""Offers text that a crashed workbench had not saved."""

from __future__ import annotations

from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Static

from actionsmith.tenant.journal import Recovered
from actionsmith.tui.actions import key_hint
from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.plain_text import moment, one_line
from actionsmith.tui.widgets.row_view import Row, RowView
from actionsmith.visible import visible

Answer = Literal["restore", "copy", "discard"]


class RecoverDialog(Dialog[Answer | None]):
    """Shows the text and asks what to do with it; None means to be asked again at the next start.

    The text of an Action that is gone cannot be put back: what trigger it was for is gone with it.
    """

    DEFAULT_CSS = """
    RecoverDialog {
        & > #dialog { width: 100; height: 90%; }
        & RowView { height: 1fr; }
    }
    """

    def __init__(self, found: Recovered, *, gone: bool) -> None:
        super().__init__("Unsaved text was kept")
        self.found, self.gone = found, gone

    def compose_body(self) -> ComposeResult:
        name, written = one_line(self.found.action), moment(self.found.written_at)
        text = f"“{name}”, {written}. It was not saved when the program ended."
        if self.gone:
            new = key_hint("workbench.new_action")
            text += f" That Action is gone. Copy the text to use it in another one ({new} makes one)."
        elif self.found.draft_moved:
            text += " The draft has been saved since; restoring leaves it as it is until you save."
        yield Static(Content(text), classes="dialog-text")
        yield RowView()

    def compose_buttons(self) -> ComposeResult:
        yield Button("Later", id="cancel", compact=True)
        yield Button("Discard", id="discard", variant="error", compact=True)
        if self.gone:
            yield Button("Copy", id="copy", variant="primary", compact=True)
        else:
            yield Button("Restore", id="restore", variant="primary", compact=True)

    def on_mount(self) -> None:
        lines = visible(self.found.text).split("\n")
        self.query_one(RowView).set_rows(
            Row(Content(line), Content.styled(f"{number:>4} ", "$text-muted"), 5)
            for number, line in enumerate(lines, 1)
        )
        self.query_one("#copy" if self.gone else "#restore").focus()

    @on(Button.Pressed, "#restore")
    def restore(self) -> None:
        self.dismiss("restore")

    @on(Button.Pressed, "#copy")
    def copy(self) -> None:
        self.dismiss("copy")

    @on(Button.Pressed, "#discard")
    def discard(self) -> None:
        self.dismiss("discard")
