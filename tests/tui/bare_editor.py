"""A code editor alone on the screen, for tests of what happens in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from drive import settle
from textual.app import App, ComposeResult
from textual.document._document import Selection
from textual.pilot import Pilot

from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.find_bar import FindBar


class BareEditor(App[None]):
    """The editor, with the focus."""

    CSS = "CodeEditor { border: none; padding: 0; height: 1fr; }"

    def __init__(self, text: str, language: str) -> None:
        super().__init__()
        self.editor = CodeEditor(text, language)

    def compose(self) -> ComposeResult:
        yield self.editor

    def on_mount(self) -> None:
        self.editor.focus()

    @property
    def bar(self) -> FindBar:
        return self.query_one(FindBar)


class Bench:
    """A running editor: presses keys and waits."""

    def __init__(self, app: BareEditor, pilot: Pilot[None]) -> None:
        self.app, self.editor, self.pilot = app, app.editor, pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        await settle(self.pilot)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for what a thread or a timer brings about."""
        for _ in range(500):
            if true():
                return
            await self.pilot.pause(0.02)
        raise AssertionError("what was waited for did not happen")

    async def find(self, text: str) -> None:
        """Write into the bar what is searched for."""
        self.app.query_one("#find-text").value = text  # type: ignore[attr-defined]
        await self.settle()

    @property
    def selected(self) -> str:
        return self.editor.selected_text

    def select(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.editor.selection = Selection(start, end)

    @property
    def count(self) -> str:
        """How many hits the bar says there are."""
        return str(self.app.query_one("#find-count").render())

    @property
    def notices(self) -> list[str]:
        return [notice.message for notice in self.app._notifications]

    def backgrounds(self, row: int) -> dict[str, str]:
        """Each colour behind the text of a row to the text that is painted on it."""
        found: dict[str, str] = {}
        for text, style, _ in self.editor.render_line(row):
            colour = str(style.bgcolor.name) if style and style.bgcolor else ""
            found[colour] = found.get(colour, "") + text
        return found


@asynccontextmanager
async def bench(
    text: str = "", language: str = "javascript", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Bench]:
    """An editor with a text in it."""
    app = BareEditor(text, language)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield Bench(app, pilot)
