"""What an editor tells those around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from actionsmith.language.service import Diagnostic, Target

if TYPE_CHECKING:
    from actionsmith.tui.editor.code_editor import CodeEditor


@dataclass
class EditorMessage(Message):
    """A message of one editor, which `@on` can tell from others by its selector."""

    editor: CodeEditor

    @property
    def control(self) -> CodeEditor:
        return self.editor


@dataclass
class Edited(EditorMessage):
    """The text changed: typed, pasted, undone or set. Loading a document does not post this."""

    @property
    def text(self) -> str:
        return self.editor.text


@dataclass
class CursorMoved(EditorMessage):
    """The caret moved; `line` and `column` count from 1."""

    line: int
    column: int


@dataclass
class Diagnosed(EditorMessage):
    """A check of the present text ended; `found` is empty when nothing is wrong."""

    found: Sequence[Diagnostic]


@dataclass
class SourceWanted(EditorMessage):
    """What a name stands for is in another text, which the person wants to see."""

    target: Target


@dataclass
class PackageWanted(EditorMessage):
    """The code loads a package that is not a dependency, and the person wants it to be one."""

    spec: str


@dataclass
class SecretWanted(EditorMessage):
    """The code uses a secret that is not defined, and the person wants to define it."""

    name: str
