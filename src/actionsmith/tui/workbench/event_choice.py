"""Which event fits an Action that is opened: the one last used with it, else one of its sample."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from actionsmith.tui.jobs import Jobs
from actionsmith.tui.tenant.snapshot import OpenAction
from actionsmith.tui.widgets.event_pane import AUTOMATIC, EventPane


class EventChoice:
    """Remembers per Action, for this session, the name of its event; the empty name is the default one."""

    def __init__(self, jobs: Jobs, pane: EventPane, failed: Callable[[Exception], None]) -> None:
        self._jobs, self._pane, self._failed = jobs, pane, failed
        self._used: dict[str, str] = {}
        self._action = ""

    def show(self, opened: OpenAction) -> None:
        """Show the events of the open Action. Another one gets its own event, unless a text was typed."""
        action = opened.action
        names = [event.name for event in opened.events]
        if action.id == self._action:
            self._pane.show_events(action.trigger, names)
            return
        if self._action:
            self._pane.choose_handler(AUTOMATIC)
            self._used[self._action] = self._pane.chosen_for(self._pane.trigger)
        self._action = action.id
        self._pane.show_events(action.trigger, names)
        used = self._used.get(action.id)
        if used is not None:
            self._choose(opened, used)
        elif len(opened.events) > 1:
            self._jobs.newest(
                "event", partial(sample_event, opened), partial(self._choose, opened), self._failed
            )

    def _choose(self, opened: OpenAction, name: str | None) -> None:
        is_there = name == "" or name in _names(opened)
        if name is not None and is_there and opened.action.id == self._action and not self._pane.changed:
            self._pane.choose(name)


def sample_event(opened: OpenAction) -> str | None:
    """The first saved event of the sample that an Action was made from. Blocks: it reads the samples."""
    from actionsmith.workshop.samples import samples

    action, names = opened.action, _names(opened)
    for sample in samples():
        if sample.trigger != action.trigger or action.language not in sample.languages:
            continue
        if action.name.startswith(sample.name) or opened.draft.code == sample.code(action.language):
            return next((name for name in sample.events if name in names), None)
    return None


def _names(opened: OpenAction) -> Collection[str]:
    return {event.name for event in opened.events}
