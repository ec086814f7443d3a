"""Asks what becomes of a text when a draft or an event was saved elsewhere meanwhile."""

from __future__ import annotations

from typing import Literal

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Static

from actionsmith.editing.merge import Merged, merge
from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.screens.diff import diff_rows
from actionsmith.tui.texts.text_key import Key
from actionsmith.tui.widgets.row_view import Row, RowView

Answer = Literal["merged", "mine", "theirs"]


class Weighed(msgspec.Struct, frozen=True):
    """Two texts brought together, and the rows that show what is at stake."""

    merged: Merged
    rows: list[Row]


def weigh(base: str, mine: str, theirs: str) -> Weighed:
    """Merge two texts that come from `base`. Blocks. The rows lead from mine to the merged text, or where
    that is not possible without a person, from theirs to mine.
    """
    merged = merge(base, mine, theirs, their_name="saved elsewhere")
    rows = diff_rows(theirs, mine) if merged.conflicts else diff_rows(mine, merged.text)
    return Weighed(merged, rows)


class MergeDialog(Dialog[Answer | None]):
    """Shows the difference and offers both texts, each alone and together; None decides nothing."""

    DEFAULT_CSS = """
    MergeDialog {
        & > #dialog { width: 110; height: 90%; }
        & RowView { height: 1fr; }
        #dialog-buttons Button { margin-left: 1; min-width: 10; }
    }
    """

    def __init__(self, key: Key, weighed: Weighed) -> None:
        trigger, self.name_of_text = key
        super().__init__(f"The {'event' if trigger else 'draft'} was saved elsewhere")
        self.weighed = weighed

    def compose_body(self) -> ComposeResult:
        text = f"“{one_line(self.name_of_text)}” was saved by another program after you began to change it."
        if count := self.weighed.merged.conflicts:
            where = "one place" if count == 1 else f"{count} places"
            text += f" Both changed {where}: “Both” puts the two texts there, between marks. Theirs → yours:"
        else:
            text += " The changes fit together. What merging brings into your text:"
        yield Static(Content(text), classes="dialog-text")
        yield RowView()

    def compose_buttons(self) -> ComposeResult:
        yield Button("Later", id="cancel", compact=True)
        yield Button("Theirs", id="theirs", compact=True)
        yield Button("Mine", id="mine", compact=True)
        together = "Both" if self.weighed.merged.conflicts else "Merge"
        yield Button(together, id="merged", variant="primary", compact=True)

    def on_mount(self) -> None:
        self.query_one(RowView).set_rows(self.weighed.rows)
        self.query_one("#merged").focus()

    @on(Button.Pressed, "#merged")
    def take_both(self) -> None:
        self.dismiss("merged")

    @on(Button.Pressed, "#mine")
    def keep_mine(self) -> None:
        self.dismiss("mine")

    @on(Button.Pressed, "#theirs")
    def take_theirs(self) -> None:
        self.dismiss("theirs")
