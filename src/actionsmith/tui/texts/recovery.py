"""Offering what a crashed workbench had not saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from actionsmith.tenant.journal import Recovered
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast
from actionsmith.tui.texts.drafts import Drafts
from actionsmith.tui.texts.kept_texts import KeptTexts
from actionsmith.tui.texts.text_key import Key

if TYPE_CHECKING:
    from actionsmith.tui.screens.recover import Answer, Found


class Recovery:
    """Asks about one text after the other. `restored` is called with the key of each that is put back."""

    def __init__(
        self, screen: Screen[None], kept: KeptTexts, drafts: Drafts, restored: Callable[[Key], None]
    ) -> None:
        self._screen, self._kept, self._drafts, self._restored = screen, kept, drafts, restored

    def look(self, jobs: Jobs, failed: Callable[[Exception], None]) -> None:
        """Look for kept texts and offer them."""
        jobs.newest("recover", self._find, self._found, failed)

    def _find(self) -> tuple[list[Found], list[Path]]:
        kept, unreadable = list(self._kept.recoverable()), self._kept.unreadable()
        if not kept:
            return [], unreadable
        from actionsmith.tui.screens.recover import compared

        return [compared(text) for text in kept], unreadable

    def _found(self, found: tuple[list[Found], list[Path]]) -> None:
        waiting, unreadable = found
        for path in unreadable:
            toast(
                self._screen,
                f"What an earlier start kept in {path} cannot be read; it stays there.",
                "warning",
            )
        self._offer(waiting)

    def _offer(self, waiting: list[Found]) -> None:
        if not waiting:
            return
        from actionsmith.tui.screens.recover import RecoverDialog

        found, rest = waiting[0], waiting[1:]

        def decide(answer: Answer | None) -> None:
            if answer == "restore":
                self._restored(self._drafts.restore(found.text, found.text.saved or ""))
            elif answer == "copy":
                self._copy(found.text)
            elif answer == "discard":
                self._kept.refuse(found.text)
            self._offer(rest)

        self._screen.app.push_screen(RecoverDialog(found), decide)

    def _copy(self, text: Recovered) -> None:
        self._screen.app.copy_to_clipboard(text.text)
        from actionsmith.tui.screens.recover import subject

        said = f"The text was copied. There is no {subject(text)} any more: paste it into another one."
        toast(self._screen, f"{said} Until it is discarded it is offered at each start.", "warning")
