"""Short ways to run an Action in the tests."""

from __future__ import annotations

from typing import Any

from actionsmith.runtime.engine import run
from actionsmith.runtime.execution import Execution, RunRequest, Source
from actionsmith.runtime.host_kind import Language

ENDING = {"javascript": ".js", "python": ".py"}


def request(code: str, language: Language, **more: Any) -> RunRequest:
    """A request for code that stands in a file called /actions/action.js or .py."""
    source = Source(
        code=code, language=language, name="action", filename=f"/actions/action{ENDING[language]}"
    )
    return RunRequest(source=source, event=more.pop("event", None), **more)


def javascript(code: str, **more: Any) -> Execution:
    """Run JavaScript code."""
    return run(request(code, "javascript", **more))


def python(code: str, **more: Any) -> Execution:
    """Run Python code."""
    return run(request(code, "python", **more))


def said(execution: Execution) -> list[tuple[str, str, int | None]]:
    """Console lines as (level, text, line)."""
    return [(line.level, line.text, line.line) for line in execution.console]


def asked(execution: Execution) -> list[tuple[str, list[Any], int | None]]:
    """Commands as (path, args, line)."""
    return [(command.path, command.args, command.line) for command in execution.commands]
