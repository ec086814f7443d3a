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
    """The arrows choose, at once: the message about it may come after the next key.

    A button that only lights up looks chosen and is not.
    """

    @property
    def chosen(self) -> int:
        """Which button it is, counted from 0."""
        return max(self.pressed_index, 0)

    def action_next_button(self) -> None:
        self._step(super().action_next_button)

    def action_previous_button(self) -> None:
        self._step(super().action_previous_button)

    def _step(self, step: Callable[[], None]) -> None:
        step()
        if self._selected is not None and self._pressed_button is not None:  # it is none while it is mounted
            self._choose(self.query(RadioButton)[self._selected])

    def _choose(self, chosen: RadioButton) -> None:
        if chosen is not self._pressed_button:
            with self.prevent(RadioButton.Changed):
                for button in self.query(RadioButton):
                    button.value = button is chosen
            self._pressed_button = chosen
            self.post_message(self.Changed(self, chosen))

    def _on_radio_set_changed(self, event: RadioSet.Changed) -> None:
        event.prevent_default()  # the message may be older than the last key
        self._selected = self.chosen
