"""When proposals are asked for, shown, narrowed and taken: the conversation of an editor with its list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from actionsmith.language.completion import NOTHING, Completion, CompletionResult, narrowed
from actionsmith.tui.editor.completion_list import ROWS, CompletionList

if TYPE_CHECKING:
    from actionsmith.tui.editor.code_editor import CodeEditor

OPENING = ".'\""
LETTERS_TO_OPEN = 2


class Completing:
    """Asks in a thread, drops answers that come too late, and keeps the list beside the caret.

    A request has a number; an answer to any but the last is stale. A list that was closed with
    Escape stays closed for the word it was closed at.
    """

    def __init__(self, editor: CodeEditor) -> None:
        self._editor = editor
        self._list: CompletionList | None = None
        self._number = 0
        self._result = NOTHING
        self._row = 0
        self._dismissed: tuple[int, int] | None = None

    @property
    def is_open(self) -> bool:
        return self._list is not None and self._list.is_open

    def typed(self, character: str) -> None:
        """A character was inserted: narrow the open list, or open it where that helps."""
        if self._editor.completion is None:
            return
        row, column = self._editor.cursor_location
        if self.is_open and self._is_word(character):
            self._show()
            return
        self.close()
        if self._is_comment(row, column):
            return
        if character in OPENING:
            self._dismissed = None
            self.ask()
        elif self._is_word(character) and (word := self._word()):
            line = self._editor.document.get_line(row)
            is_member = line[: column - len(word)].endswith(".")
            if is_member or len(word) >= LETTERS_TO_OPEN:
                self.ask()

    def erased(self) -> None:
        """A character was removed: widen the open list."""
        if self.is_open:
            self._show()

    def follow_caret(self) -> None:
        """The caret moved: the list goes when the caret has left the word."""
        row, column = self._editor.cursor_location
        word = self._editor.document.get_line(row)[self._result.start_column : column]
        if self.is_open and (row != self._row or column < self._result.start_column or " " in word):
            self.close()

    def ask(self, *, explicit: bool = False) -> None:
        """Ask for proposals at the caret; `explicit` when the person pressed the key for it."""
        completion = self._editor.completion
        row, column = self._editor.cursor_location
        if completion is None or self._editor.read_only:
            return
        start = (row, column - len(self._word()))
        if explicit:
            self._dismissed = None
        elif self._dismissed == start:
            return
        self._number += 1
        question = partial(completion, self._editor.text, row, column)
        self._editor.run_worker(
            self._answer(question, self._number, row, explicit),
            group="completion",
            exclusive=True,
            exit_on_error=False,
        )

    async def _answer(
        self, question: Callable[[], CompletionResult], number: int, row: int, explicit: bool
    ) -> None:
        result = await asyncio.to_thread(question)
        if result.items and self._list is None:
            self._list = CompletionList(self._take)
            await self._editor.screen.mount(self._list)
        here, _ = self._editor.cursor_location
        if (number, here) != (self._number, row) or not self._editor.has_focus:
            return
        self._result, self._row = result, row
        self._show(explicit=explicit)

    def _show(self, *, explicit: bool = False) -> None:
        row, column = self._editor.cursor_location
        if row != self._row or column < self._result.start_column:
            self.close()
            return
        word = self._editor.document.get_line(row)[self._result.start_column : column]
        items = narrowed(self._result.items, word)
        if self._list is None or not items or (not explicit and [item.insert for item in items] == [word]):
            self.close()
            return
        self._list.show(items, self._editor.cursor_screen_offset, len(word))

    def key(self, key: str) -> bool:
        """Handle a key while the list is open. Returns whether it was one of the list's keys."""
        if not self.is_open or self._list is None:
            return False
        item = self._list.current
        steps = {"up": -1, "down": 1, "pageup": -ROWS, "pagedown": ROWS}
        if key in steps:
            self._list.move(steps[key])
        elif item and (key == "tab" or (key == "enter" and self._list.moved)):
            self._take(item)
        elif key == "escape":
            self._dismissed = (self._row, self._result.start_column)
            self.close()
        else:
            if key in ("enter", "left", "right", "home", "end"):
                self.close()
            return False
        return True

    def close(self) -> None:
        """Hide the list and forget what was asked."""
        self._number += 1
        if self._list is not None and self._list.is_attached:
            self._list.close()

    def remove(self) -> None:
        """The editor goes away, its list with it."""
        if self._list is not None and self._list.is_attached:
            self._list.remove()

    def _take(self, item: Completion) -> None:
        result = self._result
        self.close()
        self._editor.accept(item, result)
        self._editor.focus()

    def _word(self) -> str:
        row, column = self._editor.cursor_location
        line = self._editor.document.get_line(row)[:column]
        return line[len(line.rstrip("_$abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")) :]

    def _is_comment(self, row: int, column: int) -> bool:
        return bool(column) and self._editor.token_at(row, column - 1).startswith("Comment")

    @staticmethod
    def _is_word(character: str) -> bool:
        return character.isalnum() or character in "_$-/"
