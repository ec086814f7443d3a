"""Every key and what it does, from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from actionsmith.tui.actions import CONTEXT_TITLES, commands_from, commands_of
from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.key_names import key_name, key_names
from actionsmith.tui.widgets.row_view import Row, RowView

KEY_COLUMN = 18
SCREEN_CONTEXTS = {
    "flow": ("flow", "global"),
    "log": ("log", "log_search", "global"),
    "new_action": ("new_action", "dialog", "global"),
    "dialog": ("dialog", "global"),
    "workbench": (
        *("workbench", "editor", "actions", "secrets", "modules", "versions", "event", "result"),
        "global",
    ),
}


def help_rows(here: str, editor: Iterable[BindingType]) -> list[Row]:
    """The keys of all contexts, a section each, those of the screen with the context `here` first.

    `editor` are the keys of the code editor. Pure.
    """
    rows: list[Row] = []
    for context in dict.fromkeys((*SCREEN_CONTEXTS.get(here, ()), *CONTEXT_TITLES)):
        if context == "editor":  # its keys have long names: the first is enough
            entries = [(key_name(command.keys[0]), f"{command.title}.") for command in commands_from(editor)]
        else:
            entries = [
                (key_names(command.keys), command.help) for command in commands_of(context) if command.keys
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
