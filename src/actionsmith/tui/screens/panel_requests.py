"""What the panel beside the code asks of the workbench, other than changes."""

from __future__ import annotations

from textual import on
from textual.screen import Screen

from actionsmith.tui.installs import Installs
from actionsmith.tui.snapshot import OpenAction, Snapshot
from actionsmith.tui.widgets.desk import Desk
from actionsmith.tui.widgets.modules_panel import ModulesPanel
from actionsmith.tui.widgets.versions_panel import VersionsPanel


class PanelRequests(Screen[None]):
    """A screen with a panel of modules and versions."""

    desk: Desk
    installs: Installs
    snapshot: Snapshot

    @property
    def opened(self) -> OpenAction | None:
        return self.snapshot.opened

    @on(ModulesPanel.AddRequested)
    def add_module(self, event: ModulesPanel.AddRequested) -> None:
        if self.opened is not None:
            self.installs.add(self.opened.action.name, event.spec)

    @on(VersionsPanel.DiffRequested)
    def show_diff(self, event: VersionsPanel.DiffRequested) -> None:
        from actionsmith.tui.screens.diff import DiffDialog

        for version in self.opened.versions if self.opened else ():
            if version.number == event.number:
                title = f"Version {version.number} → draft"
                self.app.push_screen(DiffDialog(title, version.code, self.desk.code.text))
