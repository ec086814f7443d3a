"""A field of a dialog: one line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class TextField(Input):
    """An Input that tells who made it, at once, when Enter is pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+a", "select_all", "Select everything", show=False)]

    def __init__(
        self,
        value: str = "",
        *,
        entered: Callable[[TextField], None],
        placeholder: str = "",
        password: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        """`entered` is called at once when Enter is pressed."""
        super().__init__(value, placeholder=placeholder, password=password, id=id, compact=True)
        self._entered = entered

    async def action_submit(self) -> None:
        self._entered(self)
