"""Asking the person for what a suspended flow waits for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from textual.app import App

from actionsmith.errors import UserError
from actionsmith.runtime.execution import Answer, Suspended
from actionsmith.triggers.event_text import NotJson, decode, kind_of, not_json
from actionsmith.tui.dialogs import Choice, Choose
from actionsmith.tui.flow.json_form import JsonForm, ObjectField, Objects
from actionsmith.tui.flow.waiting import enrolls, factors, page_of
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.themes import Syntax

FAILED = "failed"
Answered = Callable[[Answer], object]


def read_parameters(text: str) -> dict[str, Any]:
    """Parameters written as a JSON object, or pasted as a URL or a query string.

    Raises UserError with line and column for anything else.
    """
    stripped = text.strip()
    if not stripped:
        return {}
    if stripped[0] not in "{[\"'" and "=" in stripped:
        query = stripped.partition("#")[0].rpartition("?")[2]
        return dict(parse_qsl(query, keep_blank_values=True))
    try:
        value = decode(text)
    except NotJson as problem:
        raise UserError(f"line {problem.line}, column {problem.column}: {not_json(problem)}") from None
    if not isinstance(value, dict):
        raise UserError(f"line 1: this has to be a JSON object in {{ }}, but it is {kind_of(value)}")
    return value


def ask(app: App[Any], suspended: Suspended, syntax: Syntax, answered: Answered) -> None:
    """Ask for the answer to a suspended flow; `answered` is called with it, unless the person cancels."""
    if suspended.waits_for.kind == "mfa":
        _ask_for_factor(app, suspended, answered)
    else:
        _ask_for_parameters(app, suspended, syntax, answered)


def _ask_for_factor(app: App[Any], suspended: Suspended, answered: Answered) -> None:
    waits = suspended.waits_for
    word = "Enrolled" if enrolls(waits) else "Passed with"
    choices = [Choice(f"passed {factor}", one_line(f"{word} {factor}")) for factor in factors(waits)]
    choices.append(Choice(FAILED, "Failed", "given up, or refused"))

    def chosen(choice: str | None) -> None:
        if choice is not None:
            factor = choice.removeprefix("passed ") if choice != FAILED else None
            answered(msgspec.structs.replace(suspended.answer, factor=factor, passed=choice != FAILED))

    what = "an enrollment" if enrolls(waits) else "multi-factor authentication"
    text = one_line(f"{waits.action} asks for {what}. How does it end?")
    app.push_screen(
        Choose("Enrollment" if enrolls(waits) else "Multi-factor authentication", choices, text=text), chosen
    )


def _ask_for_parameters(app: App[Any], suspended: Suspended, syntax: Syntax, answered: Answered) -> None:
    waits, answer = suspended.waits_for, suspended.answer
    if waits.kind == "form":
        title = "Answer the form"
        text = f"{waits.action} shows the form {waits.details.get('id', '')}. It is sent with:"
        fields = [ObjectField("fields", "Fields (JSON, or name=value&name=value)", answer.fields)]
    else:
        title = "Come back from the redirect"
        text = f"{waits.action} sent the browser to {page_of(waits)}. It comes back with:"
        fields = [
            ObjectField("query", "Query (JSON, or the URL it came back with)", answer.query),
            ObjectField("body", "Body (JSON, or name=value&name=value)", answer.body),
        ]

    def written(objects: Objects | None) -> None:
        if objects is not None:
            answered(msgspec.structs.replace(answer, **objects))

    form = JsonForm(
        title, fields, read_parameters, text=one_line(text), submit="Continue the flow", syntax=syntax
    )
    app.push_screen(form, written)
