"""The way from the workbench to the flow, to a new Action, to a difference or a source, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from actionsmith.language.service import Target
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.tenant.snapshot import OpenAction
from actionsmith.tui.themes import Syntax
from actionsmith.tui.workbench.action_place import ActionPlace

if TYPE_CHECKING:
    from actionsmith.runtime.pool import HostPool


class OtherScreens:
    """Opens screens over the workbench; they are imported when they are first asked for.

    `open_action` is called with the Action, and the line of it, that was chosen there; `load` when none
    was, but the tenant may be another one now.
    """

    def __init__(
        self,
        screen: Screen[None],
        tenant: Tenant,
        pool: HostPool | None,
        syntax: Callable[[], Syntax],
        open_action: Callable[[str, int | None], None],
        load: Callable[[], None],
    ) -> None:
        self._screen, self._tenant, self._pool, self._syntax = screen, tenant, pool, syntax
        self._open_action, self._load = open_action, load

    def show_flow(self, trigger: str, event: str) -> None:
        """Show the flow of a trigger, to be run with a saved event (empty: the default one)."""
        from actionsmith.tui.screens.flow import FlowScreen

        def back(place: ActionPlace | None) -> None:
            if place is None:
                self._load()
            else:
                self._open_action(place.name, place.line)

        flow = FlowScreen(self._tenant, self._pool, trigger, event=event, syntax=self._syntax)
        self._screen.app.push_screen(flow, back)

    def ask_for_action(self, trigger: str) -> None:
        """Ask for a new Action, proposed for a trigger, and open it."""
        from actionsmith.tui.screens.new_action import NewActionDialog

        def made(place: ActionPlace | None) -> None:
            if place is not None:
                self._open_action(place.name, place.line)

        self._screen.app.push_screen(NewActionDialog(self._tenant, trigger, syntax=self._syntax), made)

    def show_diff(self, opened: OpenAction, number: int, draft: str) -> None:
        """Show how the text of the draft differs from a version, if there is one of that number."""
        from actionsmith.tui.screens.diff import DiffDialog

        for version in opened.versions:
            if version.number == number:
                title = f"Version {number} → draft"
                self._screen.app.push_screen(DiffDialog(title, version.code, draft))

    def show_source(self, target: Target) -> None:
        """Show where something that the code uses is defined."""
        from actionsmith.tui.screens.source import SourceDialog

        self._screen.app.push_screen(SourceDialog(target, self._syntax))
