"""Radio buttons that show by their shape which is the chosen one, and that the arrows choose."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import RadioButton, RadioSet


class Radio(RadioButton):
    """`● chosen`, `○ not`: colours alone would not tell in every theme."""

    BUTTON_LEFT = BUTTON_RIGHT = ""

    def render(self) -> Content:
        self.BUTTON_INNER = "●" if self.value else "○"
        return super().render()


class RadioChoice(RadioSet):
    """The arrows choose. A button that only lights up looks chosen and is not."""

    def action_next_button(self) -> None:
        super().action_next_button()
        self.action_toggle_button()

    def action_previous_button(self) -> None:
        super().action_previous_button()
        self.action_toggle_button()
