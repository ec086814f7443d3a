"""Carrying out what a person asks to change, and asking what counts when the draft has moved meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
from textual.screen import Screen

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.changes import Change, Deploy, Done, DraftMovedError, SaveCode
from actionsmith.tui.dialogs import Choice, Choose
from actionsmith.tui.drafts import Drafts
from actionsmith.tui.faults import report
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast
from actionsmith.tui.plain_text import one_line

LANE = "write"


class Changing:
    """One change after the other, in a thread. `changed` is called with each that was carried out.

    `shelve(name, text)` puts a text that gives way into the undo history of the editor.
    """

    def __init__(
        self,
        screen: Screen[None],
        jobs: Jobs,
        tenant: Tenant,
        drafts: Drafts,
        changed: Callable[[Change], None],
        shelve: Callable[[str, str], None],
    ) -> None:
        self._screen, self._jobs, self._tenant, self._drafts = screen, jobs, tenant, drafts
        self._changed, self._shelve = changed, shelve
        self._asking = False

    def start(self, change: Change, name: str, then: Callable[[], None] | None = None) -> None:
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
            if isinstance(error, DraftMovedError) and isinstance(change, SaveCode | Deploy):
                if not self._asking:
                    self._ask(change, name, error.theirs)
            else:
                report(self._screen, error)

        self._jobs.in_order(LANE, partial(change.carry_out, self._tenant, name), done, failed)

    def _ask(self, change: SaveCode | Deploy, name: str, theirs: str) -> None:
        self._asking = True

        def decide(choice: str | None) -> None:
            self._asking = False
            if choice == "compare":
                from actionsmith.tui.screens.diff import DiffDialog

                dialog = DiffDialog("Saved elsewhere → your text", theirs, change.text)
                self._screen.app.push_screen(dialog, lambda _: self._ask(change, name, theirs))
            elif choice == "mine":
                self._shelve(name, theirs)
                self.start(msgspec.structs.replace(change, base=lambda: theirs), name)
            elif choice == "theirs":
                self._drafts.settle(name)
                self._changed(change)

        verb = "Deploy" if isinstance(change, Deploy) else "Save"
        choices = [
            Choice("compare", "Compare the two texts"),
            Choice("mine", f"{verb} my text", "ctrl+z brings theirs back"),
            Choice("theirs", "Take their text", "ctrl+z brings mine back"),
        ]
        text = (
            f"The draft of “{one_line(name)}” was saved by another program after you began to change it. "
            "Which text is to stay?"
        )
        self._screen.app.push_screen(Choose("The draft was saved elsewhere", choices, text=text), decide)
