"""Reading the tenant, and handing what was read to the tabs, the drafts and the panes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.screen import Screen

from actionsmith.errors import UserError
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.faults import report
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.tenant import snapshot
from actionsmith.tui.tenant.snapshot import Snapshot
from actionsmith.tui.texts.drafts import Drafts
from actionsmith.tui.texts.text_key import Key, action_key
from actionsmith.tui.widgets.desk import Desk
from actionsmith.tui.workbench.open_tabs import OpenTabs
from actionsmith.tui.workbench.texts_in_sight import TextsInSight


class Showing:
    """`snapshot` is what is shown. `shown` is called each time, with whether another Action is open then."""

    def __init__(
        self,
        screen: Screen[None],
        jobs: Jobs,
        tenant: Tenant,
        tabs: OpenTabs,
        drafts: Drafts,
        desk: Desk,
        texts: TextsInSight,
        shown: Callable[[bool], None],
    ) -> None:
        self._screen, self._jobs, self._tenant = screen, jobs, tenant
        self._tabs, self._drafts, self._desk, self._texts = tabs, drafts, desk, texts
        self._shown = shown
        self.snapshot = Snapshot((), None)

    def read_first(self) -> None:
        """Read the tenant at once: nothing is on the screen yet, so nobody waits for a blank one instead."""
        try:
            found = self._reading()()
        except UserError as error:
            report(self._screen, error)
        else:
            self.show(found)

    def read(self) -> None:
        """Read everything anew, off the screen's thread, and show it."""
        self._jobs.newest("read", self._reading(), self.show, partial(report, self._screen))

    def _reading(self) -> Callable[[], Snapshot]:
        return partial(snapshot.read, self._tenant, self._tabs.shown, self._drafts.keys)

    def show(self, found: Snapshot) -> None:
        """Hand a snapshot down."""
        before, opened = self.snapshot.opened, found.opened
        is_another = opened is not None and (before is None or before.action.id != opened.action.id)
        if before is not None and before.action.name in self._tabs.names:
            self._texts.code.take_edit()
        self._texts.event.take_edit()
        if self._tabs.follow_renames(self.snapshot, found):
            self.read()
            return
        self.snapshot = found
        for key in self._drafts.gone(found.lacks):
            text = f"{_named(key)} was deleted elsewhere. Its text is kept; the next start offers it."
            toast(self._screen, text, "warning")
        open_ids = self._tabs.follow(found)
        in_sight = {action_key(self._tabs.shown), self._desk.event.key}
        for key in self._drafts.read_all(found.saved) - in_sight:
            toast(self._screen, f"{_named(key)}, not saved here, was saved elsewhere.", "warning")
        unsaved = self._drafts.text(action_key(opened.action.name)) if opened else None
        self._desk.code.show(opened, unsaved)
        self._desk.code.keep_shelved(open_ids)
        self._desk.side.show(opened)
        self._desk.has_action = opened is not None
        self._shown(is_another)


def _named(key: Key) -> str:
    trigger, name = key
    return f"The event “{one_line(name)}” of {trigger}" if trigger else f"“{one_line(name)}”"
