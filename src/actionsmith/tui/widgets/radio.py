"""A radio button that shows by its shape whether it is the chosen one."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import RadioButton


class Radio(RadioButton):
    """`● chosen`, `○ not`: colours alone would not tell in every theme."""

    BUTTON_LEFT = BUTTON_RIGHT = ""

    def render(self) -> Content:
        self.BUTTON_INNER = "●" if self.value else "○"
        return super().render()
