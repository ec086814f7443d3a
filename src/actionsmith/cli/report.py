"""Executions as text for a person at the command line."""

from __future__ import annotations

import json
from typing import Any

from actionsmith.runtime.execution import Command, ConsoleLine, Execution, FlowExecution


def execution_text(execution: Execution) -> str:
    """One run: a head line, then a section for each thing there is."""
    version = f"v{execution.version}" if execution.version is not None else "draft"
    head = (
        f"{execution.status}  {execution.action} ({version}, {execution.language})  "
        f"{execution.trigger} {execution.handler}  {execution.stats.duration_ms:.1f} ms"
    )
    return "\n".join([head, *_sections(execution)])


def flow_text(flow: FlowExecution) -> str:
    """A flow: each Action's run, then what they add up to."""
    stopped = f", stopped by {flow.stopped_by}" if flow.stopped_by else ""
    lines = [f"{flow.status}  flow of {flow.trigger}{stopped}  {flow.stats.duration_ms:.1f} ms"]
    for number, execution in enumerate(flow.actions, 1):
        lines += ["", f"{number}. {execution_text(execution)}"]
    lines += ["", "outcome of the flow", _indented(flow.outcome)]
    return "\n".join(lines)


def command_text(command: Command) -> str:
    """An api call as the Action wrote it, on one line."""
    args = ", ".join(json.dumps(value, ensure_ascii=False) for value in command.args)
    return f"api.{command.path}({args})"


def _sections(execution: Execution) -> list[str]:
    lines: list[str] = []
    if execution.error is not None:
        where = _place(execution.error.line, execution.error.column)
        lines += ["error", f"  {execution.error.name}: {execution.error.message}{where}"]
    if execution.commands:
        lines.append("commands")
        lines += [f"  {command_text(command)}{_place(command.line)}" for command in execution.commands]
    if execution.outcome:
        lines += ["outcome", _indented(execution.outcome)]
    if execution.console:
        lines.append("console")
        lines += [_console_text(line) for line in execution.console]
    if execution.warnings:
        lines += ["warnings", *(f"  {warning}" for warning in execution.warnings)]
    return lines


def _console_text(line: ConsoleLine) -> str:
    text = line.text.replace("\n", "\n" + " " * 9)
    return f"  {line.level:<6} {text}{_place(line.line)}"


def _place(line: int | None, column: int | None = None) -> str:
    if line is None:
        return ""
    return f"  (line {line})" if column is None else f"  (line {line}, column {column})"


def _indented(value: Any) -> str:
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "\n".join(f"  {line}" for line in text.splitlines())
