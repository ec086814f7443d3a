"""The code of the open Action."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from actionsmith.language.completion import NOTHING, CompletionRequest, CompletionResult, CompletionService
from actionsmith.runtime.execution import ActionError
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.shelved import Shelved, shelve, unshelve
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.snapshot import OpenAction
from actionsmith.tui.widgets.editor_tabs import EditorTabs
from actionsmith.tui.widgets.moved_bar import MovedBar

WELCOME = "No Action is open.\n\nPress F9 to make one, blank or from a sample."


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

    def __init__(self, service: Callable[[], CompletionService], *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._service = cache(service)
        self._opened: OpenAction | None = None
        self._shelf: dict[str, Shelved] = {}

    def compose(self) -> ComposeResult:
        yield EditorTabs()
        yield CodeEditor("", "javascript", self._complete, id="code-editor")
        yield MovedBar()
        yield Static(Content(WELCOME), id="no-action")

    @property
    def editor(self) -> CodeEditor:
        return self.query_one(CodeEditor)

    @property
    def text(self) -> str:
        return self.editor.text

    def show(self, opened: OpenAction | None, unsaved: str | None) -> None:
        """Show an Action, with its unsaved text if there is any. One shown before keeps cursor and undo."""
        before, self._opened = self._opened, opened
        self.set_class(opened is None, "-empty")
        self.border_title = Content(one_line(opened.action.name) if opened else "Code")
        if opened is None:
            self.border_subtitle = ""
            return
        text = opened.draft.code if unsaved is None else unsaved
        if before is None or before.action.id != opened.action.id:
            if before is not None:
                self._shelf[before.action.id] = shelve(self.editor)
            kept = self._shelf.pop(opened.action.id, None)
            if kept is None:
                self.editor.load(text, opened.action.language)
            else:
                unshelve(self.editor, kept)
                self.editor.set_text(text)
        elif unsaved is None and self.text != text:
            self.editor.set_text(text)

    def keep_shelved(self, action_ids: Collection[str]) -> None:
        """Forget the documents of all Actions but these: their tabs are closed."""
        self._shelf = {key: kept for key, kept in self._shelf.items() if key in action_ids}

    def mark_error(self, error: ActionError | None) -> None:
        """Mark the line of an error, or nothing."""
        self.editor.clear_marks()
        if error is not None and error.line is not None:
            self.editor.mark(error.line, "error", f"{error.name}: {error.message}")

    def go_to(self, line: int, column: int = 1) -> None:
        """Put the cursor on a line and column, both from 1."""
        self.editor.go_to(line, column)
        self.editor.focus()

    @on(CodeEditor.CursorMoved)
    def show_position(self, event: CodeEditor.CursorMoved) -> None:
        event.stop()
        self.border_subtitle = Content(f"{event.line}:{event.column}")

    def _complete(self, text: str, line: int, column: int) -> CompletionResult:
        opened = self._opened
        if opened is None:  # it was closed while the answer was looked for
            return NOTHING
        return self._service().complete(
            CompletionRequest(
                text=text,
                line=line,
                column=column,
                trigger=opened.action.trigger,
                language=opened.action.language,
                secrets=tuple(secret.name for secret in opened.draft.secrets),
                dependencies=tuple(item.name for item in opened.draft.dependencies),
            )
        )
