"""The versions of an Action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.events import Key
from textual.message import Message

from actionsmith.tui.actions import bindings_for, commands_of, key_hint, keys_of
from actionsmith.tui.dialogs import Confirm
from actionsmith.tui.notices import toast
from actionsmith.tui.plain_text import moment, one_line
from actionsmith.tui.tenant.changes import ChangeRequested, RollBack
from actionsmith.tui.tenant.snapshot import OpenAction
from actionsmith.tui.widgets.line_list import Line, LineList

ROLLED_BACK = "rollback to "
"""How the tenant notes where the content of a version is from."""


def _keys_elsewhere() -> set[str]:
    """The keys of the other tabs that mean nothing here."""
    here = {key for command in commands_of("versions") for key in keys_of(command)}
    return {key for command in commands_of("secrets", "modules") for key in keys_of(command)} - here


class VersionsPanel(LineList):
    """Newest first; keys compare with the draft and roll back."""

    CONTEXT: ClassVar[str] = "versions"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("versions")

    @dataclass
    class DiffRequested(Message):
        """The version is to be compared with the draft."""

        number: int

    def __init__(self, *, widget_id: str | None = None) -> None:
        deploy = key_hint("workbench.deploy")
        super().__init__(f"No versions yet.\nPress {deploy} to deploy the draft.", widget_id=widget_id)
        self.replaces_unsaved = False
        """Whether the open Action has text that is not saved: a rollback replaces it, too."""
        self._newest = ""
        self._settled: int | None = None

    def show_versions(self, opened: OpenAction | None) -> None:
        """Show the versions of an Action; the deployed one is marked. A new one is highlighted."""
        lines = [
            Line(
                key=str(version.number),
                left=f"v{version.number} {_short(version.note)}".rstrip(),
                right=moment(version.created_at),
                mark="●" if version.deployed else " ",
                style="bold" if version.deployed else "",
                same=f"{opened.action.id} {version.number}",
                rows=1,
            )
            for version in (opened.versions if opened else ())
            if opened
        ]
        newest = lines[0].identity if lines else ""
        self.show(lines, choose=lines[0].key if lines and newest != self._newest else None)
        self._newest = newest
        self._settled = opened.action.deployed if opened and not opened.action.changed else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.chosen is not None if action in ("show_diff", "rollback") else True

    def on_key(self, event: Key) -> None:
        if event.key in _keys_elsewhere():
            event.stop()
            deploy, panel = key_hint("workbench.deploy"), key_hint("panes.show_panel")
            made = f"Versions are made by a deploy ({deploy}) and stay as they are."
            toast(self, f"{made} {panel} goes to the next tab.")

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
        if number == self._settled:
            toast(self, f"Version {number} is deployed already, and the saved draft equals it.")
            return

        def roll_back(agreed: bool | None) -> None:
            if agreed:
                self.post_message(ChangeRequested(RollBack(number)))

        text = (
            f"A new version is made from version {number} and deployed. The draft becomes its content: "
            "code, secrets and packages."
        )
        if self.replaces_unsaved:
            text += (
                f" So does the text in the editor, which is not saved; {key_hint('editor.undo')} undoes that."
            )
        self.app.push_screen(Confirm(f"Roll back to version {number}", text, yes="Roll back"), roll_back)


def _short(note: str) -> str:
    """The note of a version in few characters: `↩1` for a rollback to 1."""
    return f"↩{note.removeprefix(ROLLED_BACK)}" if note.startswith(ROLLED_BACK) else one_line(note)
