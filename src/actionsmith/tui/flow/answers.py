"""Asking the person for what a suspended flow waits for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from textual.app import App

from actionsmith.errors import UserError
from actionsmith.runtime import site_token
from actionsmith.runtime.execution import WaitsFor
from actionsmith.triggers.event_text import NotJson, decode, kind_of, not_json
from actionsmith.tui.dialogs import Choice, Choose
from actionsmith.tui.flow.json_form import JsonForm, ObjectField, Objects
from actionsmith.tui.flow.redirect_form import RedirectForm
from actionsmith.tui.flow.run import FlowRun
from actionsmith.tui.flow.waiting import enrolls, factors, page_of
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.themes import Syntax
from actionsmith.workshop.answering import Given, Signing

FAILED = "failed"
SUBMIT = "Continue the flow"
Answered = Callable[[Given], object]


def read_parameters(text: str, value_of: Callable[[str], Any] = str) -> dict[str, Any]:
    """Parameters written as a JSON object, or pasted as a URL or a query string.

    `value_of` makes a value of the text in a query. Raises UserError with line and column for anything else.
    """
    stripped = text.strip()
    if not stripped:
        return {}
    if stripped[0] not in "{[\"'" and "=" in stripped:
        query = stripped.partition("#")[0].rpartition("?")[2]
        return {name: value_of(value) for name, value in parse_qsl(query, keep_blank_values=True)}
    try:
        value = decode(text)
    except NotJson as problem:
        raise UserError(f"line {problem.line}, column {problem.column}: {not_json(problem)}") from None
    if not isinstance(value, dict):
        raise UserError(f"line 1: this has to be a JSON object in {{ }}, but it is {kind_of(value)}")
    return value


def read_claims(text: str) -> dict[str, Any]:
    """Claims of a token, written like parameters; there a value such as `true` is JSON where it can be."""
    return read_parameters(text, site_token.claim)


def ask(app: App[Any], run: FlowRun, syntax: Syntax, answered: Answered) -> None:
    """Ask for the answer to a suspended run, beginning with the last one.

    `answered` is called with it, unless the person cancels.
    """
    suspended = run.suspended
    assert suspended is not None
    start = run.given or Given(suspended.answer, _likely_signing(run))
    match suspended.waits_for.kind:
        case "mfa":
            _ask_for_factor(app, suspended.waits_for, start, answered)
        case "form":
            _ask_for_fields(app, suspended.waits_for, start, syntax, answered)
        case "redirect":
            _ask_for_return(app, run, start, syntax, answered)


def _likely_signing(run: FlowRun) -> Signing | None:
    """A token without claims where one is expected, signed with the Action's own secret if it has one."""
    if run.token_secrets is None:
        return None
    return Signing({}, name=next(iter(run.token_secrets), None))


def _ask_for_factor(app: App[Any], waits: WaitsFor, start: Given, answered: Answered) -> None:
    word = "Enrolled" if enrolls(waits) else "Passed with"
    choices = [Choice(f"passed {factor}", one_line(f"{word} {factor}")) for factor in factors(waits)]
    choices.append(Choice(FAILED, "Failed", "given up, or refused"))

    def chosen(choice: str | None) -> None:
        if choice is not None:
            factor = choice.removeprefix("passed ") if choice != FAILED else None
            answered(Given(msgspec.structs.replace(start.answer, factor=factor, passed=choice != FAILED)))

    what = "an enrollment" if enrolls(waits) else "multi-factor authentication"
    text = one_line(f"{waits.action} asks for {what}. How does it end?")
    title = "Enrollment" if enrolls(waits) else "Multi-factor authentication"
    current = f"passed {start.answer.factor}" if start.answer.passed else FAILED
    app.push_screen(Choose(title, choices, current=current, text=text), chosen)


def _ask_for_fields(app: App[Any], waits: WaitsFor, start: Given, syntax: Syntax, answered: Answered) -> None:
    label = "Fields (JSON, or name=value&name=value)"
    field = ObjectField("fields", label, start.answer.fields, read_parameters)
    text = one_line(f"{waits.action} shows the form {waits.details.get('id', '')}. It is sent with:")
    form = JsonForm("Answer the form", [field], text=text, submit=SUBMIT, syntax=syntax)

    def written(objects: Objects | None) -> None:
        if objects is not None:
            answered(Given(msgspec.structs.replace(start.answer, **objects)))

    app.push_screen(form, written)


def _ask_for_return(app: App[Any], run: FlowRun, start: Given, syntax: Syntax, answered: Answered) -> None:
    waits, answer = run.waits_for, start.answer
    assert waits is not None
    title = "Come back from the redirect"
    text = one_line(f"{waits.action} sent the browser to {page_of(waits)}. It comes back with:")
    fields = [
        ObjectField("query", "Query (JSON, or the URL it came back with)", answer.query, read_parameters),
        ObjectField("body", "Body (JSON, or name=value&name=value)", answer.body, read_parameters),
    ]
    look: dict[str, Any] = {"text": text, "submit": SUBMIT, "syntax": syntax}
    if run.token_secrets is None:
        form = JsonForm(title, fields, **look)
    else:
        said = start.signing.claims if start.signing is not None else {}
        claims = ObjectField("claims", "Claims of the token (JSON, or name=value)", said, read_claims)
        form = RedirectForm(title, claims, fields, secrets=run.token_secrets, signing=start.signing, **look)

    def written(objects: Objects | None) -> None:
        if objects is not None:
            signing = form.signing if isinstance(form, RedirectForm) else None
            answered(Given(msgspec.structs.replace(answer, **objects), signing))

    app.push_screen(form, written)
