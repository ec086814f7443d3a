"""Going where a name leads: its definition, its uses, the faults of the text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from actionsmith.language.service import Diagnostic, Span, Target
from actionsmith.tui.dialogs import Choice, Choose
from actionsmith.tui.editor.assistant import Assistant
from actionsmith.tui.editor.findings import SIGNS
from actionsmith.tui.notices import toast
from actionsmith.tui.plain_text import one_line

if TYPE_CHECKING:
    from actionsmith.tui.editor.code_editor import CodeEditor

NOT_KNOWN = "No definition is known for the name at the caret."


class Navigating(Assistant):
    """Asks where something is and takes the caret there; the place it came from is kept to go back to."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._came_from: list[tuple[int, int]] = []

    def loaded(self) -> None:
        self._came_from = []

    def definition(self) -> None:
        """Go to where the name at the caret is defined."""
        self._ask(self._find_definition)

    async def _find_definition(self, number: int) -> None:
        editor = self.editor
        insight, (row, column) = editor.insight, editor.cursor_location
        targets = await insight.definition(editor.text, row, column) if insight else ()
        if not self.is_current(number):
            return
        if not targets:
            toast(editor, NOT_KNOWN, "warning")
        elif len(targets) == 1:
            self._go_to_target(targets[0])
        else:
            choices = [
                Choice(str(index), one_line(Path(target.path).name), f"line {target.span.row + 1}")
                if target.path
                else self._line_choice(index, target.span.row)
                for index, target in enumerate(targets)
            ]
            self._choose("Definitions", choices, lambda index: self._go_to_target(targets[index]))

    def _go_to_target(self, target: Target) -> None:
        if target.path is None and target.text is None:
            self._go_to(target.span)
        else:
            self.editor.post_message(self.editor.SourceWanted(self.editor, target))

    def references(self) -> None:
        """List the uses of the name at the caret."""
        self._ask(self._find_references)

    async def _find_references(self, number: int) -> None:
        editor = self.editor
        insight, (row, column) = editor.insight, editor.cursor_location
        spans = await insight.references(editor.text, row, column) if insight else ()
        if not self.is_current(number):
            return
        if not spans:
            toast(editor, "No uses are known of the name at the caret.", "warning")
            return
        choices = [self._line_choice(index, span.row) for index, span in enumerate(spans)]
        title = "1 use" if len(spans) == 1 else f"{len(spans)} uses"
        self._choose(title, choices, lambda index: self._go_to(spans[index]))

    def problems(self) -> None:
        """List what is wrong with the text."""
        found: Sequence[Diagnostic] = self.editor.diagnostics
        if not found:
            toast(self.editor, "No problems are known in this text.")
            return
        choices = [
            Choice(
                str(index),
                f"{SIGNS[it.severity]} {one_line(it.message)}",
                place=self._line_number(it.span.row),
            )
            for index, it in enumerate(found)
        ]
        row = self.editor.cursor_location[0]
        current = next((index for index, it in enumerate(found) if it.span.row >= row), 0)
        self._choose("Problems", choices, lambda index: self._go_to(found[index].span), current)

    def back(self) -> None:
        """Go back to where the caret was before it was taken somewhere."""
        if self._came_from:
            row, column = self._came_from.pop()
            self.editor.go_to(row + 1, column + 1)
            self.editor.focus()

    def _ask(self, question: Callable[[int], Awaitable[None]]) -> None:
        self.start("navigation", partial(question, self.next_number()))

    def _line_choice(self, index: int, row: int) -> Choice:
        line = self.editor.document.get_line(row) if row < self.editor.document.line_count else ""
        return Choice(str(index), one_line(line.strip()), place=self._line_number(row))

    def _line_number(self, row: int) -> str:
        """The number of a line, as wide as that of the last."""
        return f"{row + 1:>{len(str(self.editor.document.line_count))}}"

    def _choose(
        self, title: str, choices: Sequence[Choice], chosen: Callable[[int], None], current: int = 0
    ) -> None:
        def answer(choice: str | None) -> None:
            if choice is not None:
                chosen(int(choice))

        self.editor.app.push_screen(Choose(title, choices, current=str(current), wide=True), answer)

    def _go_to(self, span: Span) -> None:
        self._came_from.append(self.editor.cursor_location)
        self.editor.go_to(span.row + 1, span.column + 1)
        self.editor.focus()
