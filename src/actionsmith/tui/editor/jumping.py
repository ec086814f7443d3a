"""Jump mode: type the letters of a place in sight, then its label, and the caret is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actionsmith.editing.jump_labels import Targets, targets

if TYPE_CHECKING:
    from actionsmith.tui.editor.searching_text_area import SearchingTextArea

NOWHERE = Targets((), {})


class Jumping:
    """On from `start` until a label, a key that fits nothing, or Escape. Enter takes the nearest place."""

    def __init__(self, editor: SearchingTextArea) -> None:
        self._editor = editor
        self._typed = ""
        self._targets = NOWHERE
        self.active = False

    def start(self) -> None:
        """Wait for letters."""
        self.active, self._typed, self._targets = True, "", NOWHERE
        self._editor.show_labels({})

    def stop(self) -> None:
        """Leave the mode."""
        if self.active:
            self.active = False
            self._editor.show_labels(None)

    def key(self, key: str, character: str | None) -> bool:
        """Take a key while the mode is on. Returns whether it was for the mode."""
        if not self.active:
            return False
        labels = self._targets.labels
        if key == "enter" and labels:
            self._go(next(iter(labels.values())))
        elif key == "backspace":
            self._look(self._typed[:-1])
        elif character is None or not character.isprintable() or key.startswith("alt+"):
            self.stop()
            return key == "escape"
        elif character in labels.values():
            self._go(character)
        else:
            self._look(self._typed + character)
            if not self._targets.places:
                self.stop()
        return True

    def _go(self, label: str) -> None:
        place = self._targets.labelled(label)
        self.stop()
        if place is not None:
            self._editor.move_cursor(place)

    def _look(self, typed: str) -> None:
        editor = self._editor
        left, width = editor.scroll_offset.x, editor.scrollable_content_region.width
        rows = {}
        for row in editor.visible_rows:
            first, last = (
                editor.cell_width_to_column_index(cells, row)
                for cells in (left, left + width - editor.gutter_width)
            )
            rows[row] = (first, editor.document.get_line(row)[first:last])
        self._typed = typed
        self._targets = targets(rows, typed, editor.cursor_location)
        editor.show_labels(self._targets.labels)
