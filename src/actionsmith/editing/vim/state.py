"""What the machine knows from one key to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from actionsmith.editing.edit import Place
from actionsmith.editing.vim.inserting import Insertion, Typed
from actionsmith.editing.vim.registers import Registers
from actionsmith.editing.vim.scene import Memory
from actionsmith.editing.vim.shapes import Command, Extent, Mode


class Selected(NamedTuple):
    """A selection that has been: both ends are included."""

    anchor: Place
    caret: Place
    mode: Mode


class Change(NamedTuple):
    """What the dot does again."""

    command: Command
    extent: Extent | None = None
    typed: Typed | None = None
    overtyped: str = ""


@dataclass
class State:
    """The mode and all memories."""

    mode: Mode = Mode.NORMAL
    keys: list[str] = field(default_factory=list)
    """Those of a command that is not complete yet."""
    registers: Registers = field(default_factory=Registers)
    memory: Memory = field(default_factory=Memory)
    anchor: Place = (0, 0)
    """Where the selection of a visual mode began."""
    last_selection: Selected | None = None
    last_change: Change | None = None
    insertion: Insertion | None = None
    last_typed: str = ""
    lines: dict[str, list[str]] = field(default_factory=dict)
    """Lines that were typed before, by the key they began with (`:` or `/`)."""
