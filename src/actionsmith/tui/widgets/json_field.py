"""A field of a dialog that holds JSON."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from actionsmith.tui.editor.code_editor import CodeEditor

FEWEST_ROWS, MOST_ROWS = 3, 9
"""Heights of the field, however short or long its text is."""


class JsonField(CodeEditor):
    """A small editor. Tab leaves it, as it leaves every field of a dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "leave(True)", "Next field", show=False, id="editor.next-field"),
        Binding("shift+tab", "leave(False)", "Previous field", show=False, id="editor.previous-field"),
    ]
    DEFAULT_CSS = """
    JsonField, JsonField:focus {
        width: 1fr;
        height: auto;
        border: none;
        padding: 0;
        background: $panel;
        scrollbar-size: 0 1;
    }
    JsonField:blur .text-area--cursor-line { background: transparent; }
    JsonField:blur .text-area--cursor-gutter { background: transparent; text-style: none; }
    """

    def __init__(self, text: str, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(text, "json", id=id)
        self.go_to(*_behind_the_last_member(text))
        self.styles.min_height = FEWEST_ROWS
        self.styles.max_height = max(FEWEST_ROWS, min(text.count("\n") + 2, MOST_ROWS))

    def action_leave(self, forwards: bool) -> None:
        """Go to the next or the previous control."""
        (self.screen.focus_next if forwards else self.screen.focus_previous)()


def _behind_the_last_member(text: str) -> tuple[int, int]:
    """Line and column (from 1) where another member would be written: in front of the last brace."""
    before = text.rpartition("}")[0].rstrip()
    return before.count("\n") + 1, len(before) - before.rfind("\n")
