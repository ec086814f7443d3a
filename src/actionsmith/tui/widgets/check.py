"""A check box that shows by its shape whether it is checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Checkbox


class Check(Checkbox, inherit_bindings=False):
    """`[x] checked`, `[ ] not`: colours alone would not tell in every theme.

    Space changes it. Enter goes on, as it does in the text fields beside it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "toggle_button", "Toggle", show=False),
        Binding("enter", "enter", "Go on", show=False),
    ]

    BUTTON_LEFT = BUTTON_RIGHT = ""
    DEFAULT_CSS = """
    Check {
        & > .toggle--button, &.-on > .toggle--button { color: $foreground; background: transparent; }
        &:focus > .toggle--button, &:focus.-on > .toggle--button { color: $accent; background: transparent; }
    }
    """

    def __init__(self, label: str, value: bool, *, entered: Callable[[], None], widget_id: str) -> None:
        """`entered` is called when Enter is pressed."""
        super().__init__(label, value, compact=True, id=widget_id)
        self._entered = entered

    def action_enter(self) -> None:
        self._entered()

    def render(self) -> Content:
        self.BUTTON_INNER = "[x]" if self.value else "[ ]"
        return super().render()
