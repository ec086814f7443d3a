"""What goes into the machine and what comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal, NamedTuple

from actionsmith.editing.edit import Edit, Place


class Mode(StrEnum):
    """What a key means just now."""

    NORMAL = "NORMAL"
    INSERT = "INSERT"
    REPLACE = "REPLACE"
    VISUAL = "VISUAL"
    VISUAL_LINE = "VISUAL LINE"


TYPING = (Mode.INSERT, Mode.REPLACE)
SELECTING = (Mode.VISUAL, Mode.VISUAL_LINE)


class View(NamedTuple):
    """The text and what is seen of it: `top` is the first visible row, `height` counts rows."""

    lines: Sequence[str]
    caret: Place
    language: str = ""
    top: int = 0
    height: int = 24
    clipboard: str = ""


RequestName = Literal["undo", "redo", "save", "quit", "reload", "copy", "scroll", "say", "fail", "light"]


class Request(NamedTuple):
    """Something only the host can do.

    `undo` and `redo` as often as `number` says; `copy`: `argument` goes to the clipboard; `scroll`: row
    `number` becomes the first visible one; `say` and `fail` show a sentence; `light` shows all hits of a
    pattern, of an empty one none.
    """

    name: RequestName
    argument: str = ""
    number: int = 1


class Effects(NamedTuple):
    """What a key did. Not `handled`: the host treats the key as if there were no vim keys.

    With an `edit`, `caret` is where the caret goes before it: an undo comes back to this place.
    """

    handled: bool = True
    edit: Edit | None = None
    caret: Place | None = None
    requests: tuple[Request, ...] = ()


class Command(NamedTuple):
    """A complete command of the normal or a visual mode.

    `name` is a motion, a text object or a command of its own; with `operator` it gives the range, and
    `line` as its name means whole lines. `given` is the count, None when none was typed.
    """

    name: str
    given: int | None = None
    register: str = ""
    operator: str = ""
    argument: str = ""

    @property
    def times(self) -> int:
        return self.given or 1


class Extent(NamedTuple):
    """How much a visual mode had selected, for the dot: `columns` of the last of its rows."""

    rows: int
    columns: int
    linewise: bool


class Target(NamedTuple):
    """Where a motion leads; `exact` is exclusive even at the start of a line.

    `goal`: the column that up and down try to keep from now on.
    """

    place: Place
    kind: Literal["exclusive", "inclusive", "linewise", "exact"] = "exclusive"
    goal: float | None = None
    start: Place | None = None
    """A text object begins here, not at the caret."""


class Span(NamedTuple):
    """A piece of text: up to the place before `end`, or the whole lines from `start` to `end`."""

    start: Place
    end: Place
    linewise: bool = False
