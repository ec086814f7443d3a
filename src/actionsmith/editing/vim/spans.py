"""From where a motion leads to the piece of text that an operator works on."""

from __future__ import annotations

from actionsmith.editing.edit import Place
from actionsmith.editing.vim.shapes import Span, Target
from actionsmith.editing.vim.text import Text


def span_of(text: Text, caret: Place, target: Target, operator: str) -> Span:
    """The text between the caret (or the start of a text object) and a target, by the rules of vim.

    An exclusive motion that ends at the start of a line stops at the end of the line before, and means
    whole lines when it began in the indentation.
    """
    origin = target.start if target.start is not None else caret
    start, end = sorted((origin, target.place))
    if target.kind == "linewise":
        return Span(start, end, True)
    if target.kind == "inclusive":
        end = (end[0], min(end[1] + 1, len(text.lines[end[0]])))
    elif target.kind == "exclusive" and end[1] == 0 and end[0] > start[0]:
        end = (end[0] - 1, len(text.lines[end[0] - 1]))
        if not text.lines[start[0]][: start[1]].strip():
            return Span(start, end, True)
    if operator == "d" and start[0] < end[0] and _is_all(text, start, end):
        return Span(start, end, True)
    return Span(start, end)


def _is_all(text: Text, start: Place, end: Place) -> bool:
    """Whether only white space would be left of the lines."""
    return not text.lines[start[0]][: start[1]].strip() and not text.lines[end[0]][end[1] :].strip()


def selected_span(text: Text, anchor: Place, caret: Place, *, linewise: bool) -> Span:
    """The text of a selection from one character to another, both included."""
    start, end = sorted((anchor, caret))
    if linewise:
        return Span(start, end, True)
    if end[1] < len(text.lines[end[0]]):
        return Span(start, (end[0], end[1] + 1))
    if end[0] < text.last_row:
        return Span(start, (end[0] + 1, 0))
    return Span(start, end)


def text_of(text: Text, span: Span) -> str:
    """What a span holds."""
    if span.linewise:
        return "\n".join(text.lines[span.start[0] : span.end[0] + 1])
    return text.flat[text.offset(span.start) : text.offset(span.end)]
