"""The code of the open Action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.document._document import Selection
from textual.message import Message
from textual.widgets import Static

from actionsmith.editing.edit import indent_of
from actionsmith.language.insight import Insight
from actionsmith.language.service import Code, LanguageService
from actionsmith.runtime.execution import Coverage, Execution
from actionsmith.tui.actions import key_hint
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.findings import SIGNS
from actionsmith.tui.editor.hovering import COLOURS
from actionsmith.tui.editor.shelved import Shelf
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.running.ran_notes import ran_notes
from actionsmith.tui.tenant.snapshot import OpenAction
from actionsmith.tui.texts.text_key import Key, action_key
from actionsmith.tui.widgets.editor_tabs import EditorTabs
from actionsmith.tui.widgets.moved_bar import MovedBar

MOST_TOLD = 32
"""Characters at the border about a language service; behind them stands the place of the caret."""
BORDER = 6
"""Cells of the lower border that a message leaves free, with its corners and gaps."""
LEAST_ROOM = 16
"""Cells; a message with less is left out."""

PLACEHOLDER = "pass"


class CodePane(Vertical):
    """The editor under the tabs of the open Actions, or a hint when none is open.

    Completion knows the Action's secrets and packages. The documents of the other tabs wait on a shelf.
    """

    DEFAULT_CSS: ClassVar[str] = """
    CodePane {
        & > CodeEditor { height: 1fr; }
        & > #no-action { display: none; width: 1fr; height: 1fr; content-align: center middle;
                         text-align: center; color: $text-muted; }
        &.-empty > CodeEditor, &.-empty > EditorTabs { display: none; }
        &.-empty > #no-action { display: block; }
    }
    """

    @dataclass
    class Counted(Message):
        """How many faults the text has, a piece for each kind, the most serious first."""

        counts: tuple[Content, ...]

    def __init__(
        self, services: Callable[[str], tuple[LanguageService, ...]], *, widget_id: str | None = None
    ) -> None:
        super().__init__(id=widget_id)
        self._insight = Insight(self._code, services)
        self.opened: OpenAction | None = None
        self._counted: tuple[Content, ...] = ()
        self._shelf: Shelf[str] = Shelf()

    def compose(self) -> ComposeResult:
        yield EditorTabs()
        yield CodeEditor("", "javascript", self._insight, id="code-editor")
        yield MovedBar("The draft was saved elsewhere.")
        new = key_hint("workbench.new_action")
        hint = f"No Action is open.\n\nPress {new} to make one, blank or from a sample."
        yield Static(Content(hint), id="no-action")

    @property
    def editor(self) -> CodeEditor:
        return self.query_one(CodeEditor)

    @property
    def text(self) -> str:
        return self.editor.text

    @property
    def key(self) -> Key | None:
        return None if self.opened is None else action_key(self.opened.action.name)

    def untold_edit(self) -> str | None:
        """The text, if it was changed since it was last asked for or shown."""
        return self._shelf.untold_edit(self.editor)

    def show(self, opened: OpenAction | None, unsaved: str | None) -> None:
        """Show an Action, with its unsaved text if there is any. One shown before keeps cursor and undo."""
        before, before_code = self.opened, self._code("")
        self.opened = opened
        self.set_class(opened is None, "-empty")
        self.border_title = Content(one_line(opened.action.name) if opened else "Code")
        if opened is None:
            self.border_subtitle = ""
            return
        action = opened.action
        self._shelf.show(self.editor, action.id, opened.draft.code, unsaved, action.language)
        is_the_same = before is not None and before.action.id == action.id
        if is_the_same and self._code("") != before_code:  # a secret or a package came or went
            self.editor.diagnosing.ask()

    def action_reset(self) -> None:
        """Go back to the text the draft was saved with."""
        if self.opened is not None:
            self.editor.set_text(self.opened.draft.code)

    def keep_shelved(self, action_ids: Collection[str]) -> None:
        """Forget the documents of all Actions but these: their tabs are closed."""
        self._shelf.keep(lambda action_id: action_id in action_ids)

    def show_run(self, execution: Execution | None, code: str = "") -> None:
        """Show on its lines what a run of `code` did; None: show nothing of a run any more.

        Which lines ran and what was said there is shown while the text is the one that ran.
        """
        self._show_run(execution, code)
        self.editor.hinting.close()  # the lines under it are what one wants to read now
        if self.opened is not None:
            self._show_status()

    def _show_run(self, execution: Execution | None, code: str) -> None:
        editor = self.editor
        editor.clear_marks()
        editor.clear_what_ran()
        if execution is None:
            return
        error, coverage = execution.error, execution.coverage
        if error is not None and error.line is not None:
            editor.mark(error.line, "error", f"{error.name}: {error.message}")
        if code != self.text:
            return
        if isinstance(coverage, Coverage):
            editor.show_coverage(_rows(coverage.ran), _rows(coverage.missed))
        editor.show_notes(ran_notes(execution))

    def look_again(self) -> None:
        """A language service came or went: ask for the faults anew, and tell how it is."""
        if self.opened is not None:
            self.editor.diagnosing.ask()
            self._show_status()

    def go_to(self, line: int, column: int | None = None) -> None:
        """Put the cursor on a line and column, both from 1; without a column, on the first letter.

        A `pass` that stands there alone keeps a place for code: it is selected, so that code takes its place.
        """
        editor = self.editor
        if column is not None:
            editor.go_to(line, column)
        else:
            editor.go_to(line)
            row, text = editor.cursor_location[0], editor.document.get_line(editor.cursor_location[0])
            start = len(indent_of(text))
            end = len(text) if text.strip() == PLACEHOLDER else start
            editor.selection = Selection((row, start), (row, end))
        editor.focus()

    @on(CodeEditor.CursorMoved)
    def show_position(self, event: CodeEditor.CursorMoved) -> None:
        event.stop()
        self._show_status()

    @on(CodeEditor.Diagnosed)
    def show_counts(self, event: CodeEditor.Diagnosed) -> None:
        event.stop()
        self._show_status()

    def on_resize(self) -> None:
        if self.opened is not None:
            self._show_status()

    def _show_status(self) -> None:
        """What is wrong with the caret's line where the line has no room for it, the key that mends it, how
        many faults there are, what is missing to see more, and where the caret is."""
        row, column = self.editor.cursor_location
        kinds = Counter(fault.severity for fault in self.editor.diagnostics)
        counts = tuple(
            Content.styled(f"{SIGNS[kind]} {kinds[kind]}", COLOURS[kind]) for kind in SIGNS if kinds[kind]
        )
        if counts != self._counted:
            self._counted = counts
            self.post_message(self.Counted(counts))
        parts = [] if self.screen.has_class("-narrow") else [*counts]  # there they stand beside the tabs
        if self.editor.mending.fixes:
            parts.insert(0, Content.styled(f"{key_hint('editor.fix')} Fix", "$accent"))
        service = self._insight.status()
        if service.state != "ready":
            told = one_line(service.brief or service.note or service.state)
            told = told if len(told) <= MOST_TOLD else f"{told[: MOST_TOLD - 1]}…"
            parts.append(Content.styled(told, "$text-muted"))
        told_last = Content("  ").join([*parts, Content(f"{row + 1}:{column + 1}")])
        room = self.size.width - told_last.cell_length - BORDER
        if (said := one_line(self.editor.unseen_message)) and room >= LEAST_ROOM:
            told_last = Content(said).truncate(room, ellipsis=True) + Content("  ") + told_last
        self.border_subtitle = told_last

    def _code(self, text: str) -> Code | None:
        """The text with what belongs to it, as the language services want to know it."""
        opened = self.opened
        if opened is None:
            return None
        return Code(
            text=text,
            trigger=opened.action.trigger,
            language=opened.action.language,
            name=opened.action.id,
            secrets=tuple(secret.name for secret in opened.draft.secrets),
            dependencies=tuple(item.name for item in opened.draft.dependencies),
            packages=opened.packages,
        )


def _rows(lines: Iterable[int]) -> frozenset[int]:
    """Lines count from 1, rows from 0."""
    return frozenset(line - 1 for line in lines)
