"""Every key and what it does, from the registry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from actionsmith.tui.actions import CONTEXT_TITLES, commands_of, keys_of
from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.keys.key_names import key_names
from actionsmith.tui.widgets.row_view import Row, RowView

KEY_COLUMN = 21
MARGIN, GAP = 2, 1
"""Cells before and behind the keys in their column."""

SCREEN_CONTEXTS = {
    "flow": ("flow", "global"),
    "log": ("log", "log_search", "global"),
    "new_action": ("new_action", "dialog", "global"),
    "dialog": ("dialog", "global"),
    "workbench": (
        *(
            "workbench",
            "editor",
            "find",
            "tabs",
            "panes",
            "actions",
            "secrets",
            "modules",
            "versions",
            "event",
            "result",
        ),
        "global",
    ),
}


def help_rows(here: str) -> list[Row]:
    """The keys of all contexts, a section each, those of the screen with the context `here` first. Pure."""
    rows: list[Row] = []
    for context in dict.fromkeys((*SCREEN_CONTEXTS.get(here, ()), *CONTEXT_TITLES)):
        entries = [
            (_fitting_names(keys_of(command)), command.help)
            for command in commands_of(context)
            if keys_of(command) and not command.evident
        ]
        if not entries:
            continue
        rows.append(Row(Content.styled(CONTEXT_TITLES[context], "$primary bold")))
        for keys, text in entries:
            margin = Content.styled("  " + keys, "$accent")
            if margin.cell_length >= KEY_COLUMN:  # a row of its own; it would run into the text
                rows.append(Row(Content(""), margin, KEY_COLUMN))
                margin = Content("")
            rows.append(Row(Content(text), margin, KEY_COLUMN))
        rows.append(Row(Content("")))
    return rows


def _fitting_names(keys: Sequence[str]) -> str:
    """As many of the keys as fit into their column; the first are the usual ones."""
    names = [key_names(keys[:count]) for count in range(len(keys), 0, -1)]
    return next((name for name in names if len(name) <= KEY_COLUMN - MARGIN - GAP), names[-1])


class HelpDialog(Dialog[None]):
    """Shows the keys of the program."""

    DEFAULT_CSS: ClassVar[str] = """
    HelpDialog {
        & > #dialog { width: 84; height: 90%; }
        & RowView { height: 1fr; }
    }
    """

    def __init__(self, rows: list[Row]) -> None:
        super().__init__("Help")
        self.rows = rows

    def compose_body(self) -> ComposeResult:
        yield RowView()

    def on_mount(self) -> None:
        view = self.query_one(RowView)
        view.set_rows(self.rows)
        view.focus()
