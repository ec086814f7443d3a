"""Driving the log screen in tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from drive import MEDIUM, Desk, OpenDesk
from textual.widgets import OptionList

from actionsmith.tui.screens.log import LogScreen
from actionsmith.tui.widgets.header_line import HeaderLine


class LogDesk:
    """The log screen on a desk."""

    def __init__(self, desk: Desk, screen: LogScreen) -> None:
        self.desk, self.screen = desk, screen

    async def press(self, *keys: str) -> None:
        await self.desk.press(*keys)

    async def follow(self) -> None:
        """Look for what is new, without waiting for the clock."""
        await self.desk.settle()  # a look that is under way may have been too early
        self.screen.feed.follow()
        await self.desk.settle()

    async def choose(self, key: str, label: str) -> None:
        """Press the key of a question and take the answer with this label."""
        await self.press(key)
        options = self.desk.app.screen.query_one(OptionList)
        prompts = [str(option.prompt) for option in options.options]
        options.highlighted = next(
            number for number, text in enumerate(prompts) if text.split("  ")[0] == label
        )
        await self.press("enter")

    @property
    def ids(self) -> list[int]:
        return [int(shown.id.rpartition("-")[2]) for shown in self.screen.feed.records]

    @property
    def chosen(self) -> int:
        chosen = self.screen.entries.chosen
        return int(chosen.id.rpartition("-")[2]) if chosen is not None else 0

    @property
    def lines(self) -> str:
        return self.screen.entries.plain

    @property
    def details(self) -> str:
        return self.screen.details.rows.plain

    @property
    def header(self) -> str:
        return " · ".join(fact.text for fact in self.screen.query_one(HeaderLine).facts)


@asynccontextmanager
async def opened(workbench: OpenDesk, size: tuple[int, int] = MEDIUM) -> AsyncIterator[LogDesk]:
    async with workbench(size=size) as desk:
        await desk.press("f10")
        assert isinstance(desk.app.screen, LogScreen)
        yield LogDesk(desk, desk.app.screen)
