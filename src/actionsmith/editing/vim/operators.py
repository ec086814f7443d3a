"""What operators do with a span of text: each gives the edit and leaves the caret where vim does."""

from __future__ import annotations

from collections.abc import Callable

from actionsmith.editing import lines as line_edits
from actionsmith.editing.edit import Edit, Place, apply, indent_of, indent_unit
from actionsmith.editing.vim.shapes import Span
from actionsmith.editing.vim.spans import text_of
from actionsmith.editing.vim.text import Text


def delete(text: Text, span: Span) -> Edit:
    """Take the span away."""
    if not span.linewise:
        return Edit(span.start, span.end, "", span.start, span.start)
    first, last = span.start[0], span.end[0]
    if last < text.last_row:
        caret = (first, len(indent_of(text.lines[last + 1])))
        return Edit((first, 0), (last + 1, 0), "", caret, caret)
    start = (first - 1, len(text.lines[first - 1])) if first else (0, 0)
    caret = (first - 1, len(indent_of(text.lines[first - 1]))) if first else (0, 0)
    return Edit(start, (last, len(text.lines[last])), "", caret, caret)


def clear(text: Text, span: Span) -> Edit:
    """Take the span away to type in its place; of whole lines the first one's indentation stays."""
    if not span.linewise:
        return delete(text, span)
    first, last = span.start[0], span.end[0]
    indent = indent_of(text.lines[first])
    caret = (first, len(indent))
    return Edit(caret, (last, len(text.lines[last])), "", caret, caret)


def shift(text: Text, span: Span, language: str, times: int) -> Edit | None:
    """Indent the lines of the span by `times` levels, or dedent them by so many where it is negative."""
    rows = list(text.lines)
    step = line_edits.indent if times > 0 else line_edits.dedent
    for _ in range(min(abs(times), 40)):
        edit = step(rows, *_whole(span), language)
        if edit is None:
            break
        rows = apply(rows, edit)
    return _lines(text, span, rows[span.start[0] : span.end[0] + 1])


def toggle_comment(text: Text, span: Span, language: str) -> Edit | None:
    """Comment the lines of the span out or in; the caret stays on its row."""
    edit = line_edits.toggle_comment(text.lines, *_whole(span), language)
    if edit is None:
        return None
    rows = apply(text.lines, edit)[span.start[0] : span.end[0] + 1]
    return _lines(text, span, rows, span.start)


def reindent(text: Text, span: Span, language: str) -> Edit:
    """Indent the lines by their brackets; in Python move them as a block under the line above."""
    first, last = span.start[0], span.end[0]
    above = next((line for line in reversed(text.lines[:first]) if line.strip()), "")
    rows = text.lines[first : last + 1]
    new = (_under if language == "python" else _by_brackets)(above, list(rows), indent_unit(language))
    return _lines(text, span, new)


def _under(above: str, rows: list[str], unit: str) -> list[str]:
    head = next((row for row in rows if row.strip()), "")
    wanted = indent_of(above) + (unit if above.rstrip().endswith(":") else "")
    now = indent_of(head)
    return [wanted + row.removeprefix(now) if row.strip() and row.startswith(now) else row for row in rows]


def _by_brackets(above: str, rows: list[str], unit: str) -> list[str]:
    new = []
    for row in rows:
        body = row.strip()
        indent = indent_of(above)
        if above.rstrip()[-1:] in ("{", "[", "("):
            indent += unit
        if body[:1] in ("}", "]", ")"):
            indent = indent.removesuffix(unit)
        new.append(indent + body if body else "")
        above = new[-1] if body else above
    return new


CASES: dict[str, Callable[[str], str]] = {"gu": str.lower, "gU": str.upper, "g~": str.swapcase}


def change_case(text: Text, span: Span, operator: str) -> Edit | None:
    """Lower, upper or other case; letters whose other case is longer stay."""
    old = text_of(text, span)
    new = "".join(turned if len(turned := CASES[operator](it)) == 1 else it for it in old)
    start, end = ((span.start[0], 0), (span.end[0], len(text.lines[span.end[0]])))
    if not span.linewise:
        start, end = span.start, span.end
    return Edit(start, end, new, span.start, span.start)


def _whole(span: Span) -> tuple[Place, Place]:
    """The selection that touches all lines of a span, an empty last one too."""
    return (span.start[0], 0), (span.end[0], 1)


def _lines(text: Text, span: Span, rows: list[str], caret: Place | None = None) -> Edit:
    first, last = span.start[0], span.end[0]
    caret = caret or (first, len(indent_of(rows[0])))
    return Edit((first, 0), (last, len(text.lines[last])), "\n".join(rows), caret, caret)
