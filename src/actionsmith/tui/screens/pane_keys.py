"""The commands of the workbench that lead from one pane to another, or put the panes elsewhere."""

from __future__ import annotations

from textual.screen import Screen

from actionsmith.tui.widgets.desk import WIDE_FROM, Desk


class PaneKeys(Screen[None]):
    """A screen with a desk that can be gone about by key."""

    desk: Desk

    def reveal(self, context: str) -> None:
        self.desk.go_to_context(context)

    def action_show_actions(self) -> None:
        self.desk.go_to("actions")

    def action_show_code(self) -> None:
        self.desk.go_to("code")

    def action_show_panel(self) -> None:
        if self.desk.pane == "panel":
            self.desk.side.choose_next()
        else:
            self.desk.go_to("panel")

    def action_show_test(self) -> None:
        self.desk.go_to("result" if self.desk.pane == "event" else "event")

    def action_toggle_split(self) -> None:
        self.desk.test_below = not self.desk.test_below

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "toggle_split":
            return self.size.width >= WIDE_FROM and self.desk.has_action
        return True
