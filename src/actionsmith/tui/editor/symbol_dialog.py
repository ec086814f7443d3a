"""The symbols of a text in a list that is narrowed by typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from actionsmith.language.outline import Symbol
from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.widgets.text_field import TextField

STEPS = {"up": "cursor_up", "down": "cursor_down", "pageup": "page_up", "pagedown": "page_down"}

LONGEST_PATH = 38


class SymbolDialog(Dialog[Symbol | None]):
    """Gives the chosen symbol, or None. The one around `row` is chosen first."""

    DEFAULT_CSS: ClassVar[str] = """
    SymbolDialog {
        & TextField { margin-bottom: 1; }
        & OptionList { min-height: 3; max-height: 9; }
    }
    """

    def __init__(self, symbols: Sequence[Symbol], row: int) -> None:
        super().__init__("Go to symbol")
        self._symbols = self._shown = tuple(symbols)
        self._row = row

    def compose_body(self) -> ComposeResult:
        yield TextField(entered=lambda _: self._choose(), placeholder="part of its name")
        yield OptionList(markup=False)

    def on_mount(self) -> None:
        self.query_one(TextField).focus()
        self._show("")
        above = [number for number, each in enumerate(self._shown) if each.row <= self._row]
        self._list.highlighted = above[-1] if above else 0

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    def _show(self, typed: str) -> None:
        words = typed.lower().split()
        self._shown = tuple(
            each for each in self._symbols if all(word in each.path.lower() for word in words)
        )
        self._list.set_options(
            [
                Option(
                    Content.assemble(
                        _end_of(each.path) if words else "  " * each.depth + each.name,
                        (f"  {each.kind}  {each.row + 1}", "dim"),
                    )
                )
                for each in self._shown
            ]
        )
        self._list.highlighted = 0 if self._shown else None

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def on_key(self, event: events.Key) -> None:
        """The arrow keys move in the list while one writes."""
        if event.key in STEPS and not self._list.has_focus:
            event.stop()
            getattr(self._list, f"action_{STEPS[event.key]}")()

    @on(OptionList.OptionSelected)
    def _choose(self) -> None:
        if self._list.highlighted is not None:
            self.dismiss(self._shown[self._list.highlighted])


def _end_of(path: str) -> str:
    """A path that fits on a line: its end says more than its start."""
    return path if len(path) <= LONGEST_PATH else f"…{path[1 - LONGEST_PATH :]}"
