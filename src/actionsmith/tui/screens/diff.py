"""How one text of an Action differs from another."""

from __future__ import annotations

import difflib
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.faults import report
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.widgets.row_view import Row, RowView
from actionsmith.visible import visible

STYLES = {"+": "$text-success", "-": "$text-error", "@": "$accent"}


def diff_rows(old: str, new: str) -> list[Row]:
    """The differences of two texts as rows; one row says so when there are none. Pure."""
    lines = list(difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=3))
    if not lines:
        return [Row(Content.styled("The code is the same.", "$text-muted"))]
    added = sum(line.startswith("+") for line in lines[2:])
    removed = sum(line.startswith("-") for line in lines[2:])
    summary = Content.assemble((f"{added} added", STYLES["+"]), ", ", (f"{removed} removed", STYLES["-"]))
    body = [Row(Content.styled(visible(line), STYLES.get(line[:1], "")), indent=2) for line in lines[2:]]
    return [Row(summary), Row(Content("")), *body]


class DiffDialog(Dialog[None]):
    """Compares two texts: what leads from the old one to the new one."""

    DEFAULT_CSS: ClassVar[str] = """
    DiffDialog {
        & > #dialog { width: 110; height: 90%; }
        & RowView { height: 1fr; }
    }
    """

    def __init__(self, title: str, old: str, new: str) -> None:
        super().__init__(title)
        self.old, self.new = old, new

    def compose_body(self) -> ComposeResult:
        yield RowView()

    def on_mount(self) -> None:
        view = self.query_one(RowView)
        view.focus()
        Jobs(self).newest(
            "diff", partial(diff_rows, self.old, self.new), view.set_rows, partial(report, self)
        )
