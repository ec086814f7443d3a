"""Changes of the text that a language service works out: fixes, a new name, a tidy layout."""

from __future__ import annotations

import keyword
import re
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from actionsmith.editing.replacements import together
from actionsmith.editing.words import word_around
from actionsmith.language.service import Fix, TextEdit
from actionsmith.tui.dialogs import Choice, Choose, Prompt
from actionsmith.tui.editor.assistant import Assistant
from actionsmith.tui.editor.findings import covers
from actionsmith.tui.notices import toast

RESERVED = """
arguments await break case catch class const continue debugger default delete do else enum eval export
extends false finally for function if implements import in instanceof interface let new null package
private protected public return static super switch this throw true try typeof var void while with yield
"""
"""Words that JavaScript keeps to itself in strict code (ECMAScript, ReservedWord)."""


class Mending(Assistant):
    """Asks for edits and makes them in one step, if the text is still the one they were made for."""

    @property
    def fixes(self) -> list[Fix]:
        """What mends the faults of the caret's line; those at the caret come first."""
        row, column = self.editor.cursor_location
        faults = [it for it in self.editor.diagnostics if it.span.row <= row <= it.span.end_row and it.fixes]
        faults.sort(key=lambda it: not covers(it.span, (row, column)))
        by_title: dict[str, Fix] = {}
        for fix in (fix for fault in faults for fix in fault.fixes):
            by_title.setdefault(fix.title, fix)
        return list(by_title.values())

    def fix(self) -> None:
        """Offer what mends the faults of the caret's line."""
        fixes = self.fixes
        if not fixes:
            toast(self.editor, "There is no quick fix for this line.")
            return
        choices = [Choice(str(index), fix.title) for index, fix in enumerate(fixes)]
        text = self.editor.text

        def answer(choice: str | None) -> None:
            if choice is not None and self._is_still(text):
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

        text = editor.text

        def answer(values: dict[str, str] | None) -> None:
            if values is not None and values["value"] != name and self._is_still(text):
                self._ask(partial(self._rename, row, column, values["value"]))

        editor.app.push_screen(
            Prompt(
                "Rename", "New name", value=name, submit="Rename", check=partial(name_fault, editor.syntax)
            ),
            answer,
        )

    async def _rename(self, row: int, column: int, new_name: str, number: int, text: str) -> None:
        edits = await self.editor.insight.rename(text, row, column, new_name) if self.editor.insight else ()
        is_taken = re.search(rf"(?<![\w$]){re.escape(new_name)}(?![\w$])", text) is not None
        refusal = "This name cannot be renamed here: it is not one of the text's own."
        if self._take(edits, number, text, refusal) and is_taken:
            toast(
                self.editor,
                f"'{new_name}' was in the text before: look at all its uses, or undo.",
                "warning",
            )

    def format(self) -> None:
        """Lay the text out anew."""
        self._ask(self._format)

    async def _format(self, number: int, text: str) -> None:
        edits = await self.editor.insight.format(text) if self.editor.insight else ()
        self._take(edits, number, text, "There is nothing to format.")

    def _ask(self, question: Callable[[int, str], Awaitable[None]]) -> None:
        self.start("mending", partial(question, self.next_number(), self.editor.text))

    def _take(self, edits: Iterable[TextEdit], number: int, text: str, none: str) -> bool:
        """Make the edits, if there are any and the text is still theirs; returns whether they were made."""
        edits = tuple(edits)
        if not edits:
            toast(self.editor, none, "warning")
        elif self.is_current(number) and text == self.editor.text:
            self._apply(edits)
            return True
        return False

    def _is_still(self, text: str) -> bool:
        """Whether the text is what it was when a dialog opened; says so when it is not."""
        if text == self.editor.text:
            return True
        toast(self.editor, "The text has changed meanwhile; ask once more.", "warning")
        return False

    def _apply(self, edits: Iterable[TextEdit]) -> None:
        changes = [
            ((it.span.row, it.span.column), (it.span.end_row, it.span.end_column), it.text) for it in edits
        ]
        self.editor.carry_out(together(self.editor.document.lines, changes, self.editor.cursor_location))


def name_fault(language: str, name: str) -> str | None:
    """Why something is no name in `javascript` or `python`; None for a name."""
    if not name.replace("$", "_" if language == "javascript" else "$").isidentifier():
        return "A name has letters, digits and _, and does not start with a digit."
    is_word = keyword.iskeyword(name) if language == "python" else name in RESERVED.split()
    return f"'{name}' is a word of the language." if is_word else None
