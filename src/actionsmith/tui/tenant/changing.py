"""Carrying out what a person asks to change, and asking what counts when a text has moved meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
from textual.screen import Screen

from actionsmith.tenant.moved import MovedError
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.faults import report
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast
from actionsmith.tui.tenant.changes import Change, Done, SavesText
from actionsmith.tui.texts.drafts import Drafts
from actionsmith.tui.texts.text_key import Key

LANE = "write"
Then = Callable[[], None] | None


class Changing:
    """One change after the other, in a thread. `changed` is called with each that was carried out.

    `put(key, *texts)` shows these texts one after the other in the editor, so that undo leads back through
    them; `reload` shows the tenant as it is.
    """

    def __init__(
        self,
        screen: Screen[None],
        jobs: Jobs,
        tenant: Tenant,
        drafts: Drafts,
        put: Callable[..., object],
        changed: Callable[[Change], None],
        reload: Callable[[], None],
    ) -> None:
        self._screen, self._jobs, self._tenant, self._drafts = screen, jobs, tenant, drafts
        self._changed, self._put, self._reload = changed, put, reload
        self._asking = False

    def start(self, change: Change, name: str, then: Then = None) -> None:
        """Change the tenant while the Action `name` is open, say what came of it, and go on with `then`."""

        def done(result: Done) -> None:
            self._drafts.follow(change, name)
            if then is not None:
                then()
            if result.text:
                toast(self._screen, result.text)
            for warning in result.warnings:
                toast(self._screen, warning, "warning")
            self._changed(change)

        def failed(error: Exception) -> None:
            if isinstance(error, MovedError) and isinstance(change, SavesText):
                again = partial(self._again, change, name, then)
                self._ask(change.key(name), change.text, error.theirs, again)
            else:
                report(self._screen, error)

        self._jobs.in_order(LANE, partial(change.carry_out, self._tenant, name), done, failed)

    def settle(self, key: Key) -> None:
        """Ask what becomes of a text when another program has saved what it is to replace; saves nothing."""
        mine, theirs = self._drafts.text(key), self._drafts.moved(key)
        if mine is not None and theirs is not None:
            self._ask(key, mine, theirs)

    def _again(self, change: SavesText, name: str, then: Then, text: str, theirs: str) -> None:
        """Go on with a change with the text that counts, in the place of theirs."""
        self.start(msgspec.structs.replace(change, text=text, base=lambda: theirs), name, then)

    def _ask(self, key: Key, mine: str, theirs: str, again: Callable[[str, str], None] | None = None) -> None:
        """Ask what counts, and go on `again` with what was under way, if the text is whole then."""
        from actionsmith.tui.screens.merge import Answer, MergeDialog, Weighed, weigh

        if self._asking:
            return
        self._asking = True

        def failed(error: Exception) -> None:
            self._asking = False
            report(self._screen, error)

        def show(weighed: Weighed) -> None:
            self._screen.app.push_screen(MergeDialog(key, weighed), partial(decide, weighed))

        def decide(weighed: Weighed, answer: Answer | None) -> None:
            self._asking = False
            if answer == "theirs":
                self._drafts.settle(key)
                self._reload()
            elif answer is not None:
                text = weighed.merged.text if answer == "merged" else mine
                self._put(key, theirs, mine, text)
                self._drafts.rebase(key, theirs, text)
                if again is not None and (answer == "mine" or not weighed.merged.conflicts):
                    again(text, theirs)
                else:
                    self._reload()

        work = partial(weigh, self._drafts.base(key), mine, theirs)
        self._jobs.newest("merge", work, show, failed)
