"""One line that says that a text was saved elsewhere, with the way to bring the two together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from actionsmith.tui.actions import BY_ID, key_hint
from actionsmith.tui.texts.text_key import Key

if TYPE_CHECKING:
    from textual.widgets import Button


class MovedBar(Horizontal):
    """Hidden while the text in the editor starts from the saved one. Its button posts `MergeWanted`."""

    DEFAULT_CSS = """
    MovedBar {
        height: 1;
        display: none;
        background: $warning-muted;
        & > Static { width: 1fr; color: $text-warning; padding-left: 1; }
        & > Static { text-wrap: nowrap; text-overflow: ellipsis; }
        & > Button { width: auto; min-width: 0; padding: 0 1; margin-left: 1; }
        &:ansi { background: ansi_default; text-style: bold; }
    }
    """

    @dataclass
    class MergeWanted(Message):
        """The person wants to bring the texts of this key together."""

        key: Key

    def __init__(self, said: str) -> None:
        """`said` is what the bar says."""
        super().__init__()
        self._said = said
        self._key: Key | None = None

    def tell(self, key: Key | None) -> None:
        """Show that the text of `key` was saved elsewhere; None: it was not."""
        self._key = key
        self.display = key is not None

    def on_show(self) -> None:
        """Fill it when it is seen for the first time, which in most sessions is never."""
        if not self.children:
            self.mount_all(self._parts())

    def _parts(self) -> Iterable[Widget]:
        from textual.widgets import Button

        command = BY_ID["workbench.merge"]
        yield Static(Content(f"● {self._said}"))
        label = Content(f"{command.label} {key_hint(command.id)}")
        button = Button(label, id="merge", variant="primary", compact=True)
        button.can_focus = False  # it hides when it has done its work, and keys would go nowhere then
        yield button

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if self._key is not None:
            self.post_message(self.MergeWanted(self._key))
