"""The HTTP requests of an execution as rows of text. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from textual.content import Content

from actionsmith.runtime.execution import HttpRequest
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.widgets.row_view import Row

STATUS_COLUMN = 6
BODY_SHOWN = 500


def request_rows(requests: Sequence[HttpRequest]) -> list[Row]:
    """Each request with its answer in front and its line behind, and below what was sent or why there was no
    answer. A click leads to the line."""
    return [row for request in requests for row in _rows_of(request)]


def answer_style(request: HttpRequest) -> str:
    """The colour of an answer: those that say no, and those that never came, stand out."""
    if request.status is None or request.status >= 500:
        return "$error"
    return "$warning" if request.status >= 400 else "$success"


def _rows_of(request: HttpRequest) -> list[Row]:
    method = f"{one_line(request.method)} "  # in the margin: an address has no place to break after it
    answer = "✗" if request.status is None else str(request.status)
    place = "" if request.line is None else f"  line {request.line}"
    rows = [
        Row(
            Content.assemble(one_line(request.url), (place, "$text-muted")),
            Content.assemble((f"{answer:>4}  ", answer_style(request)), (method, "bold")),
            STATUS_COLUMN + len(method),
            request.line,
        )
    ]
    if request.error is not None or request.status is None:
        rows.append(_below(request.error or "There was no answer.", "$error"))
    if request.headers:
        rows.append(_below(" · ".join(f"{name}: {value}" for name, value in request.headers.items())))
    if request.body not in (None, ""):
        rows.append(_below(_body(request.body)))
    return rows


def _below(text: str, style: str = "$text-muted") -> Row:
    return Row(Content.styled(one_line(text), style), indent=STATUS_COLUMN)


def _body(body: object) -> str:
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return text if len(text) <= BODY_SHOWN else f"{text[:BODY_SHOWN]}… ({len(text):,} characters)"
