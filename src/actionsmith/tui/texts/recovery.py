"""Offering what a crashed workbench had not saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message
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

    @dataclass
    class Over(Message):
        """There is nothing to be decided about any more: what is said now covers no question."""

    def __init__(
        self, screen: Screen[None], kept: KeptTexts, drafts: Drafts, restored: Callable[[Key], None]
    ) -> None:
        self._screen, self._kept, self._drafts, self._restored = screen, kept, drafts, restored
        self._to_tell: list[str] = []

    def look(self, jobs: Jobs, failed: Callable[[Exception], None]) -> None:
        """Look for kept texts and offer them. Posts `Over` when that is done."""

        def not_found(error: Exception) -> None:
            failed(error)
            self._screen.post_message(self.Over())

        jobs.newest("recover", self._find, self._found, not_found)

    def _find(self) -> tuple[list[Found], list[Path]]:
        kept, unreadable = list(self._kept.recoverable()), self._kept.unreadable()
        if not kept:
            return [], unreadable
        from actionsmith.tui.screens.recover import compared

        return [compared(text) for text in kept], unreadable

    def _found(self, found: tuple[list[Found], list[Path]]) -> None:
        waiting, unreadable = found
        self._to_tell = [
            f"What an earlier start kept in {path} cannot be read; it stays there." for path in unreadable
        ]
        self._offer(waiting)

    def _offer(self, waiting: list[Found]) -> None:
        if not waiting:
            self._end()
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

    def _end(self) -> None:
        for text in self._to_tell:
            toast(self._screen, text, "warning")
        self._screen.post_message(self.Over())

    def _copy(self, text: Recovered) -> None:
        self._screen.app.copy_to_clipboard(text.text)
        from actionsmith.tui.screens.recover import subject

        said = f"The text was copied. There is no {subject(text)} any more: paste it into another one."
        self._to_tell.append(f"{said} Until it is discarded it is offered at each start.")
