"""The editor of an event: JSON that is completed and checked against its trigger as it is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.timer import Timer

from actionsmith.language.completion import NOTHING, CompletionResult
from actionsmith.language.event_json import complete_event
from actionsmith.triggers.validation import Fault, check_event
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.findings import Mark

Checker = Callable[[str, str], Sequence[Fault]]
"""Trigger id and text of an event to what is wrong with it. Called in a thread."""

PAUSE_SECONDS = 0.15
"""The check waits for a pause in typing of this length."""


class EventEditor(CodeEditor):
    """JSON of one trigger's event, with its faults marked."""

    @dataclass
    class FaultsFound(Message):
        """A check of the present text ended; `faults` is empty when the event fits the trigger."""

        editor: EventEditor
        faults: Sequence[Fault]

        @property
        def control(self) -> EventEditor:
            return self.editor

    def __init__(
        self,
        text: str = "",
        trigger: str = "",
        *,
        check: Checker = check_event,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        self._trigger = trigger
        self._check = check
        self._check_number = 0
        self._check_timer: Timer | None = None
        super().__init__(text, "json", self._complete, id=id, classes=classes)

    def on_mount(self) -> None:
        self._start_check()

    def on_resize(self) -> None:
        """The line that names a fault may take the row the caret is in."""
        if self.has_focus:
            self.call_after_refresh(self.scroll_cursor_visible)

    def load_event(self, trigger: str, text: str) -> None:
        """Open the event of a trigger and check it at once."""
        self._trigger = trigger
        self.load(text, "json")
        self._start_check()

    def _complete(self, text: str, row: int, column: int) -> CompletionResult:
        return complete_event(self._trigger, text, row, column) if self._trigger else NOTHING

    @on(CodeEditor.Edited)
    def _check_soon(self) -> None:
        self._check_number += 1  # an answer about the text as it was is of no use any more
        if self._check_timer is not None:
            self._check_timer.stop()
        self._check_timer = self.set_timer(PAUSE_SECONDS, self._start_check)

    def _start_check(self) -> None:
        if not self._trigger or not self.is_mounted:
            return
        self._check_number += 1
        trigger, text, number = self._trigger, self.text, self._check_number

        async def check() -> None:  # a function: a coroutine of a worker that never starts would complain
            await self._run_check(trigger, text, number)

        job: Callable[[], Awaitable[None]] = check
        self.run_worker(job, group="check", exclusive=True, exit_on_error=False)

    async def _run_check(self, trigger: str, text: str, number: int) -> None:
        faults = await asyncio.to_thread(self._check, trigger, text)
        if number == self._check_number:
            self.show_marks([Mark(fault.line, "warning", fault.message) for fault in faults])
            self.post_message(self.FaultsFound(self, faults))
