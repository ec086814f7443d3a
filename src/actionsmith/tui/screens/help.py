"""Every key and what it does, from the registry."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from actionsmith.tui.actions import CONTEXT_TITLES, commands_of, keys_of
from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.key_names import key_names
from actionsmith.tui.widgets.row_view import Row, RowView

KEY_COLUMN = 18
FITTING_KEYS = 2
"""So many keys of a command fit into their column; the first are the usual ones."""

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
            (key_names(keys_of(command)[:FITTING_KEYS]), command.help)
            for command in commands_of(context)
            if keys_of(command) and not command.evident
        ]
        if not entries:
            continue
        rows.append(Row(Content.styled(CONTEXT_TITLES[context], "$primary bold")))
        rows += [
            Row(Content(text), Content.styled("  " + keys, "$accent"), KEY_COLUMN) for keys, text in entries
        ]
        rows.append(Row(Content("")))
    return rows


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
