"""What a motion may look at, and what motions remember."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from actionsmith.editing.edit import Place
from actionsmith.editing.vim.shapes import Command, Target
from actionsmith.editing.vim.text import Text


@dataclass
class Memory:
    """What motions remember: the column that up and down keep, the last `f` and the last search."""

    goal: float | None = None
    find: tuple[str, str] | None = None
    search: tuple[str, int] | None = None
    """A pattern, and 1 for forwards or -1."""


@dataclass
class Scene:
    """What a motion may look at. `selecting`: the caret may stand behind the last character of a line."""

    text: Text
    caret: Place
    memory: Memory
    top: int = 0
    height: int = 24
    selecting: bool = False
    operator: str = ""
    at: int = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.text.offset(self.caret)

    @property
    def line(self) -> str:
        return self.text.lines[self.caret[0]]


Motion = Callable[[Scene, Command], Target | None]
"""None: the motion is not possible here."""
