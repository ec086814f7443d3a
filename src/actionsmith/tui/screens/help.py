"""Every key and what it does, from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from actionsmith.tui.actions import CONTEXT_TITLES, commands_of, key_name, key_names
from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.widgets.row_view import Row, RowView

KEY_COLUMN = 18
SELF_EVIDENT = ("cursor_", "text_", "delete_left", "delete_right")
"""Actions of the editor whose keys need no help."""

SCREEN_CONTEXTS = {
    "flow": ("flow", "global"),
    "workbench": (
        *("workbench", "editor", "actions", "secrets", "modules", "versions", "event", "result"),
        "global",
    ),
}


def help_rows(contexts: Iterable[str], editor: Iterable[BindingType]) -> list[Row]:
    """The keys of the contexts, a section each; `editor` are the keys of the code editor. Pure."""
    rows: list[Row] = []
    for context in contexts:
        entries = [
            (key_names(command.keys), command.help) for command in commands_of(context) if command.keys
        ]
        if context == "editor":
            entries = [
                (key_name(binding.key.split(",")[0]), f"{binding.description}.")
                for binding in editor
                if isinstance(binding, Binding) and not binding.action.startswith(SELF_EVIDENT)
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
    """Shows the keys that work on a screen."""

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
