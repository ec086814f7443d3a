"""Changes of the text that a language service works out: fixes, a new name, a tidy layout."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from actionsmith.editing.replacements import together
from actionsmith.editing.words import word_around
from actionsmith.language.service import Fix, TextEdit
from actionsmith.tui.dialogs import Choice, Choose, Prompt
from actionsmith.tui.editor.assistant import Assistant
from actionsmith.tui.notices import toast


class Mending(Assistant):
    """Asks for edits and makes them in one step, if the text is still the one they were made for."""

    @property
    def fixes(self) -> list[Fix]:
        """What mends the faults of the caret's line; those at the caret come first."""
        row, column = self.editor.cursor_location
        faults = [it for it in self.editor.diagnostics if it.span.row <= row <= it.span.end_row and it.fixes]
        faults.sort(key=lambda it: not (it.span.row, it.span.column) <= (row, column))
        return list({fix.title: fix for fault in faults for fix in fault.fixes}.values())

    def fix(self) -> None:
        """Offer what mends the faults of the caret's line."""
        fixes = self.fixes
        if not fixes:
            toast(self.editor, "There is no quick fix for this line.")
            return
        choices = [Choice(str(index), fix.title) for index, fix in enumerate(fixes)]

        def answer(choice: str | None) -> None:
            if choice is not None:
                self._carry_out(fixes[int(choice)])

        self.editor.app.push_screen(Choose("Quick fix", choices), answer)

    def _carry_out(self, fix: Fix) -> None:
        if fix.define_secret:
            self.editor.post_message(self.editor.SecretWanted(self.editor, fix.define_secret))
        elif fix.add_dependency:
            self.editor.post_message(self.editor.PackageWanted(self.editor, fix.add_dependency))
        else:
            self._apply(fix.edits)

    def rename(self) -> None:
        """Ask for another name for the one at the caret, and change all its uses."""
        editor = self.editor
        row, column = editor.cursor_location
        line = editor.document.get_line(row)
        name = line[slice(*word_around(line, column))]
        if not name:
            toast(editor, "Put the caret on a name to rename it.", "warning")
            return

        def answer(values: dict[str, str] | None) -> None:
            if values is not None and values["value"] != name:
                self._ask(partial(self._rename, row, column, values["value"]))

        editor.app.push_screen(
            Prompt("Rename", "New name", value=name, submit="Rename", check=_name_fault), answer
        )

    async def _rename(self, row: int, column: int, new_name: str, number: int, text: str) -> None:
        edits = await self.editor.insight.rename(text, row, column, new_name) if self.editor.insight else ()
        self._take(edits, number, text, "This name cannot be renamed here: it is not one of the text's own.")

    def format(self) -> None:
        """Lay the text out anew."""
        self._ask(self._format)

    async def _format(self, number: int, text: str) -> None:
        edits = await self.editor.insight.format(text) if self.editor.insight else ()
        self._take(edits, number, text, "There is nothing to format.")

    def _ask(self, question: Callable[[int, str], Awaitable[None]]) -> None:
        self.start("mending", partial(question, self.next_number(), self.editor.text))

    def _take(self, edits: Iterable[TextEdit], number: int, text: str, none: str) -> None:
        edits = tuple(edits)
        if not edits:
            toast(self.editor, none, "warning")
        elif self.is_current(number) and text == self.editor.text:
            self._apply(edits)

    def _apply(self, edits: Iterable[TextEdit]) -> None:
        changes = [
            ((it.span.row, it.span.column), (it.span.end_row, it.span.end_column), it.text) for it in edits
        ]
        self.editor.carry_out(together(self.editor.document.lines, changes, self.editor.cursor_location))


def _name_fault(name: str) -> str | None:
    if name.replace("$", "_").isidentifier():
        return None
    return "A name has letters, digits and _, and does not start with a digit."
