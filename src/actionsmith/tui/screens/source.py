"""A text to look at: where something that the code uses is defined."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from actionsmith.errors import UserError
from actionsmith.language.service import Target
from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.faults import report
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.themes import Syntax

LONGEST = 2_000_000
LANGUAGES = {".py": "python", ".pyi": "python", ".json": "json"}
"""Language by the end of a file's name; the others are JavaScript's, declarations included."""


class SourceDialog(Dialog[None]):
    """Shows the text of a target, read-only, with the caret on its place."""

    DEFAULT_CSS: ClassVar[str] = """
    SourceDialog {
        & > #dialog { width: 110; height: 90%; padding: 0 1; }
        & CodeEditor { height: 1fr; border: none; padding: 0; background: transparent; }
    }
    """

    def __init__(self, target: Target, syntax: Callable[[], Syntax]) -> None:
        name = target.path or "the contract"
        super().__init__(one_line(Path(name).name if target.text is None else name))
        self.target, self.syntax = target, syntax

    def compose_body(self) -> ComposeResult:
        yield CodeEditor(read_only=True, id="source")

    def on_mount(self) -> None:
        editor = self.query_one(CodeEditor)
        editor.syntax_styles = self.syntax()
        editor.focus()
        self.query_one("#dialog").border_subtitle = Content(one_line(self.target.path or ""))
        Jobs(self).newest("source", partial(_read, self.target), self._show, partial(report, self))

    def _show(self, text: str) -> None:
        editor = self.query_one(CodeEditor)
        editor.load(text, LANGUAGES.get(Path(self.target.path or "").suffix, "javascript"))
        editor.go_to(self.target.span.row + 1, self.target.span.column + 1)


def _read(target: Target) -> str:
    if target.text is not None:
        return target.text
    path = Path(target.path or "")
    try:
        if path.stat().st_size > LONGEST:
            raise UserError(f"{path} is too long to be shown here; open it in your own editor")
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from None
