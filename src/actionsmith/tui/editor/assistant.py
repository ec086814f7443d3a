"""What looks on while somebody writes, and helps: completion, hints, hovers, diagnostics."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from actionsmith.tui.faults import report

if TYPE_CHECKING:
    from actionsmith.tui.editor.code_editor import CodeEditor


class Assistant:
    """Hears what happens in one editor. Its questions have numbers: late answers are dropped."""

    def __init__(self, editor: CodeEditor) -> None:
        self.editor = editor
        self._number = 0

    def next_number(self) -> int:
        """A number for a new question; answers to all earlier ones are stale from now on."""
        self._number += 1
        return self._number

    def is_current(self, number: int) -> bool:
        """Whether nothing was asked, and nothing dropped, since the question of this number."""
        return number == self._number

    def start(self, group: str, work: Callable[[], Awaitable[None]]) -> None:
        """Carry out `work` in the place of what is under way in its group. A fault becomes a notice."""

        async def job() -> None:
            try:
                await work()
            except Exception as error:  # a worker would swallow it
                report(self.editor, error)

        carried_out: Callable[[], Awaitable[None]] = job
        self.editor.run_worker(carried_out, group=group, exclusive=True, exit_on_error=False)

    def key(self, key: str) -> bool:
        """A key was pressed, before anything else hears of it. Returns whether that was all about it."""
        return False

    def typed(self, character: str) -> None:
        """A character was inserted at the caret."""

    def erased(self) -> None:
        """A character was removed at the caret."""

    def edited(self) -> None:
        """The text changed in whatever way."""

    def moved(self) -> None:
        """The caret moved, by itself or with the text."""

    def resized(self) -> None:
        """The editor has another size, and perhaps another place, and the caret is in view again."""

    def loaded(self) -> None:
        """Another document was opened."""

    def close(self) -> None:
        """Hide what is shown, and drop what is still asked."""
        self.next_number()

    def remove(self) -> None:
        """The editor goes away."""
