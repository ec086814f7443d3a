"""A flow as text for a person at the command line."""

from __future__ import annotations

import json
from typing import Any

from actionsmith.cli.report import execution_text, indented
from actionsmith.runtime import suspension
from actionsmith.runtime.execution import FlowExecution, WaitsFor
from actionsmith.visible import visible

_TITLES = {
    "id_token": "ID token",
    "access_token": "access token",
    "error": "error for the application",
    "redirect": "redirect",
    "user": "changes of the user profile",
    "saml": "SAML response",
}


def flow_text(flow: FlowExecution, resumed: int = 0) -> str:
    """Each Action's run, what they add up to, what the platform makes of it, and what is waited for.

    The first `resumed` Actions ran before a suspension and are named in one line each.
    """
    stopped = f", stopped by {flow.stopped_by}" if flow.stopped_by else ""
    lines = [f"{flow.status}  flow of {flow.trigger}{stopped}  {flow.stats.duration_ms:.1f} ms"]
    for number, execution in enumerate(flow.actions, 1):
        if number <= resumed:
            lines += ["", f"{number}. {execution.status} earlier  {execution.action} ({execution.handler})"]
        else:
            lines += ["", f"{number}. {execution_text(execution)}"]
    if flow.outcome:
        lines += ["", "outcome of the flow", indented(flow.outcome)]
    for name, value in flow.preview.items():
        text = _preview_text(name, value)
        if text and (name != "redirect" or flow.waits_for is None):  # what is waited for says it again
            lines += ["", _TITLES.get(name, name.replace("_", " ")), text]
    if flow.warnings:
        lines += ["", "warnings", *(f"  {warning}" for warning in flow.warnings)]
    if flow.waits_for is not None:
        lines += ["", f"waits for {suspension.words(flow.waits_for)} (asked for by {flow.stopped_by})"]
        lines += _details(flow.waits_for)
    return visible("\n".join(lines))


def _preview_text(name: str, value: Any) -> str:
    if name != "user":
        return indented(value)
    return "\n".join(
        f"  {change['path']}: {_short(change['before'])} -> {_short(change['after'])}"
        for change in value["changes"]
    )


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _details(waiting: WaitsFor) -> list[str]:
    if waiting.kind == "mfa":
        verb = "enroll" if waiting.details.get("command") == "enroll" else "pass"
        return [f"  {verb} one of: {', '.join(suspension.factor_types(waiting))}"]
    return indented(waiting.details).splitlines()
