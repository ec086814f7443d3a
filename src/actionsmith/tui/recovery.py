"""Offering what a crashed workbench had not saved."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen

from actionsmith.tenant.journal import Recovered
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.drafts import Drafts
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.screens.recover import Answer, RecoverDialog

Found = tuple[Recovered, str | None]


class Recovery:
    """Asks about one text after the other. `restored` is called with the name of each Action put back."""

    def __init__(
        self, screen: Screen[None], tenant: Tenant, drafts: Drafts, restored: Callable[[str], None]
    ) -> None:
        self._screen, self._tenant, self._drafts, self._restored = screen, tenant, drafts, restored

    def look(self, jobs: Jobs, failed: Callable[[Exception], None]) -> None:
        """Look for kept texts and offer them."""
        jobs.newest("recover", self._find, self._offer, failed)

    def _find(self) -> list[Found]:
        return [
            (found, self._tenant.saved_code(found.action)) for found in self._drafts.journal.recoverable()
        ]

    def _offer(self, waiting: list[Found]) -> None:
        if not waiting:
            return
        (found, saved), rest = waiting[0], waiting[1:]

        def decide(answer: Answer | None) -> None:
            if answer == "restore" and saved is not None:
                self._drafts.restore(found, saved)
                self._restored(found.action)
            elif answer == "copy":
                self._copy(found)
            elif answer == "discard":
                self._drafts.refuse(found)
            self._offer(rest)

        self._screen.app.push_screen(RecoverDialog(found, gone=saved is None), decide)

    def _copy(self, found: Recovered) -> None:
        self._screen.app.copy_to_clipboard(found.text)
        name = one_line(found.action)
        text = f"The text was copied. There is no Action “{name}” any more: paste it into another one."
        toast(self._screen, f"{text} Until it is discarded it is offered at each start.", "warning")
