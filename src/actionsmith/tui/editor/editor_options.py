"""What every editor can be told when it is made."""

from __future__ import annotations

from typing import TypedDict


class EditorOptions(TypedDict, total=False):
    """`id` and `classes` as Textual has them for all widgets."""

    read_only: bool
    id: str | None
    classes: str | None
