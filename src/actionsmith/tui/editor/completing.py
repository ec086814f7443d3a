"""When proposals are asked for, shown, narrowed and taken: the conversation of an editor with its list."""

from __future__ import annotations

from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING

from actionsmith.language.completion import NOTHING, Completion, narrowed
from actionsmith.tui.editor.assistant import Assistant
from actionsmith.tui.editor.completion_list import ROWS, CompletionList

if TYPE_CHECKING:
    from actionsmith.tui.editor.code_editor import CodeEditor

OPENING = ".'\""
LETTERS_TO_OPEN = 2


class Completing(Assistant):
    """Asks, drops answers that come too late, and keeps the list beside the caret.

    A quick answer is shown at once, a fuller one takes its place. A list that was closed with Escape stays
    closed for the word it was closed at.
    """

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._list: CompletionList | None = None
        self._result = NOTHING
        self._row = 0
        self._asked_column = 0
        self._dismissed: tuple[int, int] | None = None

    @property
    def is_open(self) -> bool:
        return self._list is not None and self._list.is_open

    def typed(self, character: str) -> None:
        """Narrow the open list, or open it where that helps."""
        editor = self.editor
        if editor.insight is None:
            return
        row, column = editor.cursor_location
        if self.is_open and self._is_word(character):
            self._show()
            if self._result.is_part:
                self.ask()
            return
        self.close()
        if self._is_comment(row, column):
            return
        if character in OPENING:
            self._dismissed = None
            self.ask()
        elif self._is_word(character) and (word := self._word()):
            line = editor.document.get_line(row)
            is_member = line[: column - len(word)].endswith(".")
            if is_member or len(word) >= LETTERS_TO_OPEN:
                self.ask()

    def erased(self) -> None:
        """Widen the open list; a list that was made for a longer word may lack what fits now."""
        if self.is_open:
            self._show()
            if self.editor.cursor_location[1] < self._asked_column:
                self.ask()

    def moved(self) -> None:
        """The list goes when the caret has left the word."""
        row, column = self.editor.cursor_location
        word = self.editor.document.get_line(row)[self._result.start_column : column]
        if self.is_open and (row != self._row or column < self._result.start_column or " " in word):
            self.close()

    def ask(self, *, explicit: bool = False) -> None:
        """Ask for proposals at the caret; `explicit` when the person pressed the key for it."""
        editor = self.editor
        row, column = editor.cursor_location
        if editor.insight is None or editor.read_only:
            return
        start = (row, column - len(self._word()))
        if explicit:
            self._dismissed = None
        elif self._dismissed == start:
            return
        self.start(
            "completion", partial(self._answer, self.next_number(), editor.text, row, column, explicit)
        )

    async def _answer(self, number: int, text: str, row: int, column: int, explicit: bool) -> None:
        editor = self.editor
        assert editor.insight is not None
        found = False
        async with aclosing(editor.insight.completions(text, row, column)) as results:
            async for result in results:
                if result.items and self._list is None:
                    self._list = CompletionList(self._take, self._describe)
                    await editor.screen.mount(self._list)
                here, _ = editor.cursor_location
                if not self.is_current(number) or here != row or not editor.has_focus:
                    return
                found, self._result, self._row, self._asked_column = True, result, row, column
                self._show(explicit=explicit)
        if not found and self.is_current(number):
            self.close()

    def _show(self, *, explicit: bool = False) -> None:
        row, column = self.editor.cursor_location
        if row != self._row or column < self._result.start_column:
            self._hide()
            return
        word = self.editor.document.get_line(row)[self._result.start_column : column]
        items = narrowed(self._result.items, word)
        if self._list is None or not items or (not explicit and [item.insert for item in items] == [word]):
            self._hide()
            return
        self._list.show(items, self.editor.cursor_screen_offset, word)

    def _describe(self, item: Completion) -> None:
        """The list shows a proposal that came without its documentation: fetch that."""
        editor, number = self.editor, self._number

        async def fetch() -> None:
            row, column = editor.cursor_location
            if editor.insight is None:
                return
            described = await editor.insight.describe(editor.text, row, column, item)
            if self.is_current(number) and self._list is not None:
                self._list.described(item, described)

        self.start("description", fetch)

    def key(self, key: str) -> bool:
        """Handle the list's own keys while it is open."""
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

    def resized(self) -> None:
        if self.is_open:
            self._show(explicit=True)

    def loaded(self) -> None:
        self._dismissed = None
        self.close()

    def close(self) -> None:
        """Hide the list and forget what was asked."""
        super().close()
        self._hide()

    def _hide(self) -> None:
        if self._list is not None and self._list.is_attached:
            self._list.close()

    def remove(self) -> None:
        if self._list is not None and self._list.is_attached:
            self._list.remove()

    def _take(self, item: Completion) -> None:
        result = self._result
        self.close()
        self.editor.accept(item, result)
        self.editor.focus()

    def _word(self) -> str:
        row, column = self.editor.cursor_location
        line = self.editor.document.get_line(row)[:column]
        return line[len(line.rstrip("_$abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")) :]

    def _is_comment(self, row: int, column: int) -> bool:
        return bool(column) and self.editor.token_at(row, column - 1).startswith("Comment")

    @staticmethod
    def _is_word(character: str) -> bool:
        return character.isalnum() or character in "_$-/"
