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
from actionsmith.tui.texts.code_texts import CodeTexts
from actionsmith.tui.texts.drafts import Drafts
from actionsmith.tui.widgets.desk import Desk
from actionsmith.tui.workbench.open_tabs import OpenTabs


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
        code_texts: CodeTexts,
        shown: Callable[[bool], None],
    ) -> None:
        self._screen, self._jobs, self._tenant = screen, jobs, tenant
        self._tabs, self._drafts, self._desk, self._code_texts = tabs, drafts, desk, code_texts
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
        return partial(snapshot.read, self._tenant, self._tabs.shown, self._drafts.unsaved)

    def show(self, found: Snapshot) -> None:
        """Hand a snapshot down."""
        before, opened = self.snapshot.opened, found.opened
        is_another = opened is not None and (before is None or before.action.id != opened.action.id)
        if before is not None and before.action.name in self._tabs.names:
            self._code_texts.take_edit()
        if self._tabs.follow_renames(self.snapshot, found):
            self.read()
            return
        self.snapshot = found
        for name in self._drafts.gone([action.name for action in found.actions]):
            text = f"“{one_line(name)}” was deleted elsewhere. Its text is kept; the next start offers it."
            toast(self._screen, text, "warning")
        open_ids = self._tabs.follow(found)
        for name in self._drafts.read_all(found.saved) - {self._tabs.shown}:
            toast(self._screen, f"“{one_line(name)}”, not saved here, was saved elsewhere.", "warning")
        self._desk.code.show(opened, self._drafts.text(opened.action.name) if opened else None)
        self._desk.code.keep_shelved(open_ids)
        self._desk.side.show(opened)
        self._desk.has_action = opened is not None
        self._shown(is_another)
