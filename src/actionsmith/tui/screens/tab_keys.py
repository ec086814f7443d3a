"""The commands and clicks that lead from one open Action to another."""

from __future__ import annotations

from textual import on
from textual.screen import Screen

from actionsmith.tui.open_tabs import OpenTabs
from actionsmith.tui.widgets.editor_tabs import EditorTabs


class TabKeys(Screen[None]):
    """A screen with tabs."""

    tabs: OpenTabs

    def action_next_tab(self) -> None:
        self.tabs.go(1)

    def action_previous_tab(self) -> None:
        self.tabs.go(-1)

    def action_close_tab(self) -> None:
        self.tabs.close(self.tabs.shown)

    @on(EditorTabs.Chosen)
    def show_tab(self, event: EditorTabs.Chosen) -> None:
        self.tabs.show(event.name)

    @on(EditorTabs.CloseWanted)
    def close_clicked(self, event: EditorTabs.CloseWanted) -> None:
        self.tabs.close(event.name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("next_tab", "previous_tab", "close_tab"):
            return len(self.tabs.names) > 1
        return super().check_action(action, parameters)
