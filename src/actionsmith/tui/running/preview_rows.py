"""What the caller of a flow would get, as rows of text. Pure; the shape is that of `runtime.preview`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from textual.content import Content

from actionsmith.tui.plain_text import one_line
from actionsmith.tui.running.result_rows import compact_json, heading, outcome_rows
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.row_view import Row
from actionsmith.visible import visible

TITLES = {
    "error": "Error for the application",
    "redirect": "Redirect",
    "user": "User profile",
    "id_token": "ID token",
    "access_token": "Access token",
    "saml": "SAML response",
}
"""Title by member of the preview, in the order of reading: what stops the person comes first."""

CUSTOM_CLAIMS = {"id_token": "idToken", "access_token": "accessToken"}
"""Where in the outcome the claims are that Actions have set."""

MARGIN = 4
LONGEST_NAME = 11
"""Characters of a name, as in `family_name`. Values stand below each other; behind a longer name they
follow it on the line."""
LONGEST_VALUE = 2_000
"""Characters of one value; the whole of it is in the copied result."""


def preview_rows(preview: dict[str, Any], outcome: dict[str, Any], syntax: Syntax) -> list[Row]:
    """A section for each member that has something to say; claims that Actions have set stand out."""
    rows: list[Row] = []
    for name in (*TITLES, *(name for name in preview if name not in TITLES)):
        value = preview.get(name)
        if not value:
            continue
        body = _BODIES.get(name)
        if name in CUSTOM_CLAIMS:
            custom = outcome.get(CUSTOM_CLAIMS[name], {}).get("customClaims", {})
            rows += [*heading(TITLES[name]), *_members(value, custom)]
        elif body is not None:
            rows += [*heading(TITLES[name]), *body(value)]
        else:
            rows += [*heading(TITLES.get(name, one_line(name))), *outcome_rows(value, syntax)]
    return rows


def _change_row(path: str, before: Any, after: Any) -> Row:
    """`user_metadata.plan  "free" → "pro"`: added, removed or changed; None is: was not, is not there."""
    if before is None:
        return _marked("+", "$success", path, _value(after), 0)
    if after is None:
        return _marked("−", "$error", path, _value(before), 0)
    return _marked("~", "$warning", path, f"{_value(before)} → {_value(after)}", 0)


def _members(values: dict[str, Any], custom: Collection[str] = ()) -> list[Row]:
    """A row per member: name and value."""
    column = _column(values)
    return [
        _marked("+", "$success", name, _value(value), column)
        if name in custom
        else _row(Content(" " * MARGIN), Content.styled(one_line(name), "$text-muted"), _value(value), column)
        for name, value in values.items()
    ]


def _column(names: Iterable[str]) -> int:
    """Where the values behind these names stand."""
    widths = (Content(one_line(name)).cell_length for name in names)
    return MARGIN + max((width for width in widths if width <= LONGEST_NAME), default=0) + 2


def _error(error: dict[str, Any]) -> list[Row]:
    """Code and description, then what the endpoint adds."""
    code, description = error.get("code"), error.get("description")
    said = Content.assemble(
        (one_line(str(code or "error")), "$error bold"),
        (f": {visible(str(description))}" if description else "", "$error"),
    )
    others = {name: value for name, value in error.items() if name not in ("code", "description")}
    return [Row(said, indent=MARGIN), *_members(others)]


def _redirect(redirect: dict[str, Any]) -> list[Row]:
    others = {name: value for name, value in redirect.items() if name != "url"}
    return [Row(Content(one_line(str(redirect.get("url", "")))), indent=MARGIN), *_members(others)]


def _user(user: dict[str, Any]) -> list[Row]:
    """What changes in the profile."""
    changes = user.get("changes", [])
    if not changes:
        return [_note("Nothing in it changes.")]
    return [_change_row(change["path"], change.get("before"), change.get("after")) for change in changes]


def _saml(saml: dict[str, Any]) -> list[Row]:
    """Attributes that are set, those that are taken out, and what else is other than usual."""
    attributes = saml["attributes"]
    column = _column(attributes)
    rows = [_marked("+", "$success", name, _value(value), column) for name, value in attributes.items()]
    rows += [_marked("−", "$error", name, "", 0) for name in saml["removed"]]
    rows += _members(saml["settings"])
    return rows or [_note("Nothing in it changes.")]


def _note(text: str) -> Row:
    return Row(Content.styled(text, "$text-muted"), indent=MARGIN)


def _value(value: Any) -> str:
    """JSON of a value, cut where nobody would read on."""
    text = compact_json(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _marked(sign: str, style: str, name: str, value: str, column: int) -> Row:
    return _row(
        Content.styled(f"  {sign} ", style), Content.styled(one_line(name), f"{style} bold"), value, column
    )


def _row(sign: Content, name: Content, value: str, column: int) -> Row:
    """A name and a value that wraps below itself; behind a long name it wraps below that."""
    if MARGIN + name.cell_length < column:
        return Row(Content(value), sign + name, column)
    return Row(Content.assemble(name, "  ", value), sign, MARGIN)


_BODIES: dict[str, Callable[[dict[str, Any]], list[Row]]] = {
    "error": _error,
    "redirect": _redirect,
    "user": _user,
    "saml": _saml,
}
