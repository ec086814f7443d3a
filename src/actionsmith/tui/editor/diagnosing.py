"""Looks for faults whenever the person pauses, and shows them in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from actionsmith.tui.editor.assistant import Assistant

if TYPE_CHECKING:
    from actionsmith.tui.editor.code_editor import CodeEditor

PAUSE_SECONDS = 0.25
"""The check waits for a pause in typing of this length, and until no proposals are shown."""


class Diagnosing(Assistant):
    """Asks for the faults of the present text; an answer about an earlier one is dropped."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._pause: Timer | None = None

    def edited(self) -> None:
        self.next_number()
        self._wait()

    def loaded(self) -> None:
        self._stop_waiting()
        self.ask()

    def ask(self) -> None:
        """Look now."""
        editor = self.editor
        if editor.insight is None or not editor.is_running:
            return
        number, text, insight = self.next_number(), editor.text, editor.insight

        async def check() -> None:
            found = await insight.diagnose(text)
            if self.is_current(number):
                editor.show_diagnostics(found)
                editor.post_message(editor.Diagnosed(editor, found))

        self.start("check", check)

    def remove(self) -> None:
        self._stop_waiting()

    def _wait(self) -> None:
        self._stop_waiting()
        self._pause = self.editor.set_timer(PAUSE_SECONDS, self._paused)

    def _paused(self) -> None:
        """While proposals are shown the word is not written to its end, and nothing is said of it."""
        if self.editor.completing.is_open:
            self._wait()
        else:
            self.ask()

    def _stop_waiting(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
