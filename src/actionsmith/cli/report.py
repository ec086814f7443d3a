"""Executions as text for a person at the command line."""

from __future__ import annotations

import json
from typing import Any

from actionsmith.json_text import json_text
from actionsmith.runtime.execution import Command, ConsoleLine, Execution, HttpRequest
from actionsmith.runtime.host_kind import Language
from actionsmith.triggers.naming import python_path
from actionsmith.visible import visible

_WIDTH = 96
"""Of JSON data, in characters: neither broken up for nothing nor too long for most terminals."""


def execution_text(execution: Execution) -> str:
    """One run: a head line, then a section for each thing there is."""
    version = f"v{execution.version}" if execution.version is not None else "draft"
    head = (
        f"{execution.status}  {execution.action} ({version}, {execution.language})  "
        f"{execution.trigger} {execution.handler}  {execution.stats.duration_ms:.1f} ms"
    )
    return visible("\n".join([head, *_sections(execution)]))


def command_text(command: Command, language: Language) -> str:
    """An api call as the Action wrote it, on one line."""
    path = python_path(command.path) if language == "python" else command.path
    args = ", ".join(json.dumps(value, ensure_ascii=False) for value in command.args)
    return f"api.{path}({args})"


def _refused(command: Command) -> str:
    return f"  refused: {command.refusal}" if command.refusal else ""


def _sections(execution: Execution) -> list[str]:
    lines: list[str] = []
    if execution.error is not None:
        where = _place(execution.error.line, execution.error.column)
        lines += ["error", f"  {execution.error.name}: {execution.error.message}{where}"]
    if execution.commands:
        lines.append("commands")
        lines += [
            f"  {command_text(command, execution.language)}{_place(command.line)}{_refused(command)}"
            for command in execution.commands
        ]
    if execution.outcome:
        lines += ["outcome", indented(execution.outcome)]
    if execution.console:
        lines.append("console")
        lines += [_console_text(line) for line in execution.console]
    if execution.http:
        lines.append("http")
        lines += [_request_text(request) for request in execution.http]
    if execution.warnings:
        lines += ["warnings", *(f"  {warning}" for warning in execution.warnings)]
    return lines


def _console_text(line: ConsoleLine) -> str:
    text = line.text.replace("\n", "\n" + " " * 9)
    return f"  {line.level:<6} {text}{_place(line.line)}"


def _request_text(request: HttpRequest) -> str:
    ended = request.error if request.status is None else str(request.status)
    return f"  {request.method} {request.url}  {ended or 'no answer'}"


def _place(line: int | None, column: int | None = None) -> str:
    if line is None:
        return ""
    return f"  (line {line})" if column is None else f"  (line {line}, column {column})"


def indented(value: Any) -> str:
    """JSON data on lines of their own, below a heading."""
    return "\n".join(f"  {line}" for line in json_text(value, _WIDTH).split("\n"))
