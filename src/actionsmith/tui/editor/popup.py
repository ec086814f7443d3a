"""A text that floats beside the caret and never takes the focus."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Static

WIDEST = 76
MOST_ROWS = 12


class Popup(Static):
    """Floats over the screen, above the line of the caret or below it; the line itself stays visible."""

    DEFAULT_CSS: ClassVar[str] = f"""
    Popup {{
        overlay: screen;
        position: absolute;
        display: none;
        width: auto;
        height: auto;
        max-width: {WIDEST};
        max-height: {MOST_ROWS};
        padding: 0 1;
        background: $panel-lighten-1;
        color: $foreground;
    }}
    Popup:ansi {{ border: round $border; padding: 0; }}
    """
    ALLOW_SELECT = False

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    def show(self, content: Content, caret: Offset, *, above: bool) -> None:
        """Show `content` for the place `caret` of the screen, on the wished side if it has the room."""
        screen = self.app.size
        width = min(
            max(line.cell_length for line in content.split("\n", allow_blank=True)) + 2, WIDEST, screen.width
        )
        rows = min(content.get_height({}, max(width - 2, 1)), MOST_ROWS)
        room_above, room_below = caret.y, screen.height - caret.y - 1
        if rows > (room_above if above else room_below):
            above = room_above > room_below
        rows = max(min(rows, room_above if above else room_below), 1)
        self.styles.width, self.styles.height = width, rows
        x = max(min(caret.x, screen.width - width), 0)
        self.absolute_offset = Offset(x, caret.y - rows if above else caret.y + 1)
        self.update(content)
        self.display = True
        self.refresh(layout=True)

    def close(self) -> None:
        """Hide it."""
        self.display = False
