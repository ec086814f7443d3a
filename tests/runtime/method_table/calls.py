"""Calls of api methods as rows of a table, and how to make them in real hosts: many rows, one process."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from running import request

from actionsmith.runtime.engine import default_event, open_transaction, run_step, take_host
from actionsmith.runtime.execution import Execution
from actionsmith.runtime.host_kind import Language
from actionsmith.runtime.session import Session
from actionsmith.triggers import loader
from actionsmith.triggers.host_api import python_names
from actionsmith.triggers.model import Method
from actionsmith.triggers.naming import python_path, snake

NOW_MS = 1_768_896_000_000
"""2026-01-20T08:00:00Z, the frozen time of all rows."""

Calls = tuple[tuple[str, list[Any]], ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One call of a method in an Action of its own.

    `before` are calls the same Action makes first, `event` what is other in the default event, by path;
    None leaves a member out. Without `handler` it is the trigger's first.
    """

    trigger: str
    path: str
    args: list[Any]
    before: Calls = ()
    event: dict[str, Any] = field(default_factory=dict)
    handler: str | None = None

    def label(self) -> str:
        return f"{self.trigger} {self.path}({json.dumps(self.args)[1:-1]:.150})"


@dataclass(frozen=True, kw_only=True)
class Accepted(Row):
    """`gives` is `api`, `undefined` or `value`; `value` may be a predicate.

    `sees` is what the event has at a path straight after the call, and still for the next Action; `later`
    what only the next one sees. `warning` is part of the only warning there is.
    """

    gives: str
    value: Any = None
    outcome: dict[str, Any] = field(default_factory=dict)
    status: str = "completed"
    sees: tuple[str, Any] | None = None
    later: tuple[str, Any] | None = None
    warning: str | None = None

    def problem(self, execution: Execution, line: int) -> str | None:
        """What is other than the row says."""
        if execution.error is not None:
            return f"failed: {execution.error.name}: {execution.error.message}"
        told = json.loads(execution.console[-1].text)
        if told["gives"] != self.gives:
            return f"gives {told['gives']}"
        if self.gives == "value" and not _is(told["value"], self.value):
            return f"gives {told['value']}"
        if self.sees is not None and told["seen"] != self.sees[1]:
            return f"the event has {told['seen']}"
        if execution.outcome != self.outcome:
            return f"outcome {execution.outcome}"
        if execution.status != self.status:
            return f"status {execution.status}"
        if [command.path for command in execution.commands][-1:] != [self.path]:
            return f"commands {execution.commands}"
        if execution.commands[-1].line != line:
            return f"in line {execution.commands[-1].line} instead of {line}"
        # a token exchange needs a user, which is not what most of its rows are about
        warnings = [warning for warning in execution.warnings if "no user was chosen" not in warning]
        if self.warning is None:
            return f"warnings {warnings}" if warnings else None
        namespace = f"api.{_spelled(self.path, execution.language).split('.')[0]}"
        expected = len(warnings) == 1 and self.warning in warnings[0] and namespace in warnings[0]
        return None if expected else f"warnings {warnings}"


@dataclass(frozen=True, kw_only=True)
class Refused(Row):
    """`message` is how the error's message begins or goes on after the method's name.

    `name` None leaves the error's name open. `at_end` tells that nothing is thrown: the Action fails when its handler has returned.
    """

    message: str
    name: str | None = "Error"
    at_end: bool = False

    def problem(self, execution: Execution, line: int) -> str | None:
        """What is other than the row says."""
        error = execution.error
        if error is None or execution.status != "failed":
            return f"{execution.status} with {execution.outcome}"
        message, path = self.message, _spelled(self.path, execution.language)
        for name, in_python in self._names().items() if execution.language == "python" else ():
            message = re.sub(rf"^{re.escape(name)}(?![\w])", in_python, message)
        namespace = path.split(".")[0]  # at the end several methods may be to blame
        if message not in error.message or f"api.{namespace if self.at_end else path}" not in error.message:
            return f"message {error.message}"
        if self.name is not None and error.name != self.name:
            return f"{error.name} instead of {self.name}"
        if error.line != line:
            return f"in line {error.line} instead of {line}"
        return None if execution.outcome == {} else f"leaves {execution.outcome}"

    def _names(self) -> dict[str, str]:
        """The parameters in Python's names, longer ones first."""
        names = python_names(methods(self.trigger)[self.path], keywords=False)
        return {name: names[name] for name in sorted(names, key=len, reverse=True)}


def problems(rows: Sequence[Accepted | Refused], language: Language) -> list[str]:
    """Make the calls of all rows, which are of one trigger, in one host. Gives a line per row that is wrong."""
    code, first_line = _code(rows, language)
    asked = request(code, language, now_ms=float(NOW_MS), trigger=rows[0].trigger, timeout_s=60.0)
    host, wrong = take_host(asked, None), []
    try:
        session = Session(host, asked, None)
        loaded = session.load(session.open_transcript(None))
        assert loaded.status == "completed", loaded.error
        for at, row in enumerate(rows):
            event = {
                **_event(row),
                "row": at,
                "look": row.sees[0] if isinstance(row, Accepted) and row.sees else "",
            }
            handler = row.handler or loader.trigger(row.trigger).handlers[0]
            transaction = open_transaction(row.trigger, event, asked)
            transcript = session.open_transcript(None)
            execution = run_step(session, handler, transaction, transcript, time.monotonic())
            problem = row.problem(execution, first_line + at) or _unseen(row, transaction.start(handler))
            if problem is not None:
                wrong.append(f"{row.label()}: {problem}")
    finally:
        host.close()
    return wrong


@cache
def methods(trigger_id: str) -> dict[str, Method]:
    """Every method of a trigger by its path without `api.`, the unadvertised ones included."""
    trigger = loader.trigger(trigger_id)
    return {method.path.removeprefix("api."): method for method in (*trigger.api, *trigger.api_unreferenced)}


def _unseen(row: Row, event: dict[str, Any]) -> str | None:
    """What the next Action does not see, though the row says so."""
    expected = (row.later or row.sees) if isinstance(row, Accepted) else None
    if expected is None:
        return None
    seen: Any = event
    for name in expected[0].split("."):
        seen = seen.get(name) if isinstance(seen, dict) else None
    return None if seen == expected[1] else f"the next Action's event has {seen}"


def _event(row: Row) -> dict[str, Any]:
    event = default_event(row.trigger)
    for path, value in row.event.items():
        *way, last = path.split(".")
        owner = event
        for name in way:
            owner = owner.setdefault(name, {})
        if value is None:
            owner.pop(last, None)
        else:
            owner[last] = value
    return event


def _code(rows: Sequence[Row], language: Language) -> tuple[str, int]:
    """An Action with a line per row, chosen by `event.row`, and the line of the first."""
    handlers = loader.trigger(rows[0].trigger).handlers
    if language == "javascript":
        lines = [f"  async (event, api) => {_javascript(row)}," for row in rows]
        return "\n".join(["const rows = [", *lines, "];", _JAVASCRIPT, *map(_EXPORT.format, handlers)]), 2
    lines = [
        f"{_python_function(row)}row_{at}(event, api): return {_python(row)}" for at, row in enumerate(rows)
    ]
    names = ", ".join(f"row_{at}" for at in range(len(rows)))
    defined = [_DEFINE.format(snake(handler)) for handler in handlers]
    return "\n".join([*lines, f"rows = [{names}]", _PYTHON, *defined]), 1


def _javascript(row: Row) -> str:
    return _call(row, lambda path: path, json.dumps)


def _python_function(row: Row) -> str:
    return "async def " if methods(row.trigger)[row.path].is_async else "def "


def _python(row: Row) -> str:
    call = _call(row, python_path, repr) + ("[-1]" if row.before else "")
    return f"await {call}" if methods(row.trigger)[row.path].is_async else call


def _call(row: Row, spelled: Callable[[str], str], literal: Callable[[Any], str]) -> str:
    calls = [*row.before, (row.path, row.args)]
    written = [f"api.{spelled(path)}({', '.join(map(literal, args))})" for path, args in calls]
    return f"({', '.join(written)})"


def _spelled(path: str, language: Language) -> str:
    return python_path(path) if language == "python" else path


def _is(value: Any, expected: Any) -> bool:
    return bool(expected(value)) if callable(expected) else value == expected


_EXPORT = "exports.{} = async (event, api) => tell(event, api);"
_JAVASCRIPT = """
const tell = async (event, api) => {
  const given = await rows[event.row](event, api);
  const gives = given === api ? 'api' : given === undefined ? 'undefined' : 'value';
  const seen = event.look.split('.').reduce((owner, name) => owner?.[name], event);
  console.log(JSON.stringify({ gives, value: gives === 'value' ? given : null, seen }));
};"""
_DEFINE = "async def {}(event, api): await tell(event, api)"
_PYTHON = """
import inspect, json

async def tell(event, api):
    given = rows[event.row](event, api)
    given = await given if inspect.isawaitable(given) else given
    gives = "api" if given is api else "undefined" if given is None else "value"
    seen = event
    for name in event.look.split("."):
        seen = (seen or {}).get(name) if event.look else None
    print(json.dumps({"gives": gives, "value": given if gives == "value" else None, "seen": seen}))"""
