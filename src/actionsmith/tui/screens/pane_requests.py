"""What the panes ask of the workbench, other than changes."""

from __future__ import annotations

from textual import on
from textual.screen import Screen

from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.installs import Installs
from actionsmith.tui.notices import toast
from actionsmith.tui.other_screens import OtherScreens
from actionsmith.tui.snapshot import OpenAction, Snapshot
from actionsmith.tui.widgets.desk import Desk
from actionsmith.tui.widgets.modules_panel import ModulesPanel
from actionsmith.tui.widgets.versions_panel import VersionsPanel


class PaneRequests(Screen[None]):
    """A screen with code and a panel beside it."""

    desk: Desk
    installs: Installs
    other_screens: OtherScreens
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
        if self.opened is not None:
            self.other_screens.show_diff(self.opened, event.number, self.desk.code.text)

    @on(CodeEditor.SecretWanted)
    def define_secret(self, event: CodeEditor.SecretWanted) -> None:
        self.desk.side.secrets.define(event.name)

    @on(CodeEditor.PackageWanted)
    def add_package(self, event: CodeEditor.PackageWanted) -> None:
        if self.opened is not None:
            self.desk.side.reveal("modules")
            toast(self, f"Adding {event.name}…")
            self.installs.add(self.opened.action.name, event.name)

    @on(CodeEditor.SourceWanted)
    def show_source(self, event: CodeEditor.SourceWanted) -> None:
        self.other_screens.show_source(event.target)
