"""A place in the code of an Action, and the screens that can go there."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import msgspec


class ActionPlace(msgspec.Struct, frozen=True):
    """What the person wants to see next: an Action, and a line of its code if they named one."""

    name: str
    line: int | None = None


@runtime_checkable
class OpensPlaces(Protocol):
    """A screen that can open an Action in the editor, or leave for the one that can."""

    def open_action(self, name: str, line: int | None = None) -> None: ...
