"""Drafts that are edited outside, and waiting for what other processes do."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

CODE = "exports.onExecutePostLogin = async (event, api) => {\n  // one\n  // two\n};\n"
PYTHON = "def on_execute_post_login(event, api):\n    pass\n"


def command(*args: str) -> list[str]:
    return [sys.executable, "-c", "from actionsmith.cli import main; main()", "--tenant", "work", *args]


def until(true: Callable[[], bool]) -> None:
    """Wait for what another process does."""
    for _ in range(1_500):
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("what was waited for did not happen")
