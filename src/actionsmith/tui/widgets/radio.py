"""Radio buttons that show by their shape which is the chosen one, and that the arrows choose."""

from __future__ import annotations

from collections.abc import Callable

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
        self._step(super().action_next_button)

    def action_previous_button(self) -> None:
        self._step(super().action_previous_button)

    def _step(self, step: Callable[[], None]) -> None:
        if self._selected is None and self.pressed_button is not None:  # the focus has just come
            self._selected = self.pressed_index
            return
        step()
        if self._selected is not None:
            self.query(RadioButton)[self._selected].value = True
