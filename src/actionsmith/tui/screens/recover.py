"""Offers text that a crashed workbench had not saved."""

from __future__ import annotations

from typing import Literal

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Static

from actionsmith.tenant.journal import Recovered
from actionsmith.tui.actions import key_hint
from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.plain_text import moment, one_line
from actionsmith.tui.screens.diff import diff_rows
from actionsmith.tui.widgets.row_view import Row, RowView
from actionsmith.visible import visible

Answer = Literal["restore", "copy", "discard"]


class Found(msgspec.Struct, frozen=True):
    """A kept text, and the rows that show how it differs from what is saved."""

    text: Recovered
    rows: list[Row]


def compared(text: Recovered) -> Found:
    """The text with its difference, or whole when nothing is saved that it could be compared with. Blocks."""
    if text.saved is not None:
        return Found(text, diff_rows(text.saved, text.text))
    lines = visible(text.text).split("\n")
    numbered = [
        Row(Content(line), Content.styled(f"{number:>4} ", "$text-muted"), 5)
        for number, line in enumerate(lines, 1)
    ]
    return Found(text, numbered)


def subject(text: Recovered) -> str:
    """What a text is of: `Action “MFA”`, `event “admin user”`."""
    if not text.trigger:
        return f"Action “{one_line(text.action)}”"
    return f"event “{one_line(text.action)}”" if text.action else "default event"


class RecoverDialog(Dialog[Answer | None]):
    """Shows what the text changes and asks what to do with it; None: to be asked again at the next start.

    The text of an Action that is gone cannot be put back: what trigger it was for is gone with it.
    """

    DEFAULT_CSS = """
    RecoverDialog {
        & > #dialog { width: 100; height: 90%; }
        & RowView { height: 1fr; }
    }
    """

    def __init__(self, found: Found) -> None:
        super().__init__("Unsaved text was kept")
        self.found = found

    def compose_body(self) -> ComposeResult:
        kept = self.found.text
        of = f" of {kept.trigger}" if kept.trigger else ""
        text = f"{subject(kept)}{of}, {moment(kept.written_at)}. It was not saved when the program ended."
        text = text[0].upper() + text[1:]
        if kept.saved is None:
            text += " It is gone. Copy the text to use it in another one"
            text += "." if kept.trigger else f" ({key_hint('workbench.new_action')} makes one)."
        elif kept.draft_moved:
            text += " It has been saved since; restoring leaves that as it is until you save."
        yield Static(Content(text), classes="dialog-text")
        yield RowView()

    def compose_buttons(self) -> ComposeResult:
        yield Button("Later", id="cancel", compact=True)
        yield Button("Discard", id="discard", variant="error", compact=True)
        if self.found.text.saved is None:
            yield Button("Copy", id="copy", variant="primary", compact=True)
        else:
            yield Button("Restore", id="restore", variant="primary", compact=True)

    def on_mount(self) -> None:
        self.query_one(RowView).set_rows(self.found.rows)
        self.query_one("#copy" if self.found.text.saved is None else "#restore").focus()

    @on(Button.Pressed, "#restore")
    def restore(self) -> None:
        self.dismiss("restore")

    @on(Button.Pressed, "#copy")
    def copy(self) -> None:
        self.dismiss("copy")

    @on(Button.Pressed, "#discard")
    def discard(self) -> None:
        self.dismiss("discard")
