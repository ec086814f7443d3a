"""The versions of an Action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from actionsmith.tenant.model import Version
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.changes import ChangeRequested, RollBack
from actionsmith.tui.dialogs import Confirm
from actionsmith.tui.plain_text import moment, one_line
from actionsmith.tui.widgets.line_list import Line, LineList


class VersionsPanel(LineList):
    """Newest first; keys compare with the draft and roll back."""

    CONTEXT: ClassVar[str] = "versions"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("versions")

    @dataclass
    class DiffRequested(Message):
        """The version is to be compared with the draft."""

        number: int

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__("No versions yet.\nPress F8 to deploy the draft.", widget_id=widget_id)

    def show_versions(self, versions: Sequence[Version]) -> None:
        """Show the versions; the deployed one is marked."""
        self.show(
            [
                Line(
                    key=str(version.number),
                    left=f"v{version.number} {one_line(version.note)}".rstrip(),
                    right=moment(version.created_at),
                    mark="●" if version.deployed else " ",
                    style="bold" if version.deployed else "",
                )
                for version in versions
            ]
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.chosen is not None if action in ("show_diff", "rollback") else True

    def on_option_list_option_selected(self, event: LineList.OptionSelected) -> None:
        event.stop()
        self.action_show_diff()

    def action_show_diff(self) -> None:
        if self.chosen:
            self.post_message(self.DiffRequested(int(self.chosen)))

    def action_rollback(self) -> None:
        if self.chosen is None:
            return
        number = int(self.chosen)

        def roll_back(agreed: bool | None) -> None:
            if agreed:
                self.post_message(ChangeRequested(RollBack(number)))

        text = (
            f"A new version is made from version {number} and deployed. The draft becomes its content: "
            "code, secrets and packages."
        )
        self.app.push_screen(Confirm(f"Roll back to version {number}", text, yes="Roll back"), roll_back)
