"""The command that brings a text together with what another program saved."""

from __future__ import annotations

from textual import on
from textual.screen import Screen

from actionsmith.tui.changing import Changing
from actionsmith.tui.drafts import Drafts
from actionsmith.tui.open_tabs import OpenTabs
from actionsmith.tui.widgets.moved_bar import MovedBar


class MergeKeys(Screen[None]):
    """A screen with texts that are not saved yet."""

    tabs: OpenTabs
    drafts: Drafts
    changing: Changing

    @on(MovedBar.MergeWanted)
    def action_merge(self) -> None:
        self.changing.settle(self.tabs.shown)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "merge":
            return self.drafts.moved(self.tabs.shown) is not None
        return super().check_action(action, parameters)
