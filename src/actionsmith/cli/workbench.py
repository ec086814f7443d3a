"""Hands over to the workbench. The only place of the command line that knows of it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from actionsmith.cli import interruption


def open_workbench(tenant: str | None, *, mouse: bool) -> int:
    """Run the workbench until it is closed. Returns its exit code.

    The import is by name: the workbench is built on top of the command line's layer, not below it.
    """
    tui = import_module("actionsmith.tui")
    interruption.leave_to_asyncio()
    code: int = tui.run(tenant, mouse=mouse)
    return code


def keymap_module() -> Any:
    """What knows the commands of the workbench and the keys a person gives them."""
    return import_module("actionsmith.tui.keys.keymap")
