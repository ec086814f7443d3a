"""What the command bar keeps when there is little room."""

from __future__ import annotations

import pytest

from actionsmith.tui.actions import commands_of
from actionsmith.tui.commands.command import Command
from actionsmith.tui.widgets.command_bar import fitting


def entries(*contexts: str, without: tuple[str, ...] = ()) -> tuple[tuple[Command, str], ...]:
    found = [
        command
        for command in commands_of(*contexts, "global")
        if command.bar and command.keys and command.id not in without
    ]
    return tuple((command, command.keys[0]) for command in sorted(found, key=lambda command: command.bar))


def labels(shown: list[tuple[Command, str]]) -> set[str]:
    return {command.label for command, _ in shown}


@pytest.mark.parametrize("focused", [(), ("secrets",), ("modules",), ("versions",)])
def test_a_hundred_columns_show_how_to_test_and_how_to_leave(focused: tuple[str, ...]) -> None:
    shown = labels(
        fitting(
            entries("workbench", "tabs", "panes", *focused, without=("workbench.stop", "workbench.merge")),
            100,
        )
    )
    assert {"Run", "Save", "Deploy", "Test", "Quit", "Help", "Commands"} <= shown


def test_sixty_columns_show_the_ways_out_of_a_pending_order() -> None:
    shown = labels(fitting(entries("flow", without=("flow.answer",)), 60))
    assert {"Apply", "Discard", "Back", "Run", "Help", "Commands"} <= shown


def test_sixty_columns_show_how_to_search_the_log_and_how_to_leave_it() -> None:
    assert {"Show", "Search", "Back", "Help", "Commands"} <= labels(fitting(entries("log"), 60))
