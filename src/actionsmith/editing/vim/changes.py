"""Changes that are no operator: put, join, replace a character, open a line."""

from __future__ import annotations

from actionsmith.editing.edit import Edit, Place, indent_of
from actionsmith.editing.keystrokes import newline
from actionsmith.editing.vim.registers import Register
from actionsmith.editing.vim.shapes import Span
from actionsmith.editing.vim.spans import text_of
from actionsmith.editing.vim.text import Text

LONGEST_PUT = 5_000_000
"""Characters that one put may make; more is a count typed by mistake."""


def put(text: Text, caret: Place, register: Register, times: int, *, before: bool) -> Edit | None:
    """Put a register behind the caret or before it, whole lines below or above. None: it is too much."""
    row, column = caret
    line = text.lines[row]
    if (len(register.text) + 1) * times > LONGEST_PUT:
        return None
    if register.linewise:
        block = "\n".join([register.text] * times)
        first = block.partition("\n")[0]
        if before:
            there = (row, len(indent_of(first)))
            return Edit((row, 0), (row, 0), f"{block}\n", there, there)
        there = (row + 1, len(indent_of(first)))
        return Edit((row, len(line)), (row, len(line)), f"\n{block}", there, there)
    block = register.text * times
    column = column if before else min(column + 1, len(line))
    there = (row, column) if "\n" in block else (row, max(column + len(block) - 1, 0))
    return Edit((row, column), (row, column), block, there, there)


def put_over(text: Text, span: Span, register: Register, times: int) -> Edit | None:
    """Put a register in the place of a selection. None: it is too much."""
    if (len(register.text) + 2) * times > LONGEST_PUT:
        return None
    sign = "\n" if register.linewise else ""
    block = sign.join([register.text] * times)
    if span.linewise:
        last = span.end[0]
        caret = (span.start[0], len(indent_of(block.partition("\n")[0])))
        if not register.linewise:
            caret = (span.start[0], 0)
        return Edit((span.start[0], 0), (last, len(text.lines[last])), block, caret, caret)
    row, column = span.start
    if register.linewise:
        caret = (row + 1, len(indent_of(block.partition("\n")[0])))
        return Edit(span.start, span.end, f"\n{block}\n", caret, caret)
    caret = span.start if "\n" in block else (row, max(column + len(block) - 1, 0))
    return Edit(span.start, span.end, block, caret, caret)


def join(text: Text, first: int, last: int, *, spaces: bool) -> Edit | None:
    """Make one line of the rows, with a space between where one reads better. None: there is no next row."""
    last = min(last, text.last_row)
    if last <= first:
        return None
    joined, at = text.lines[first], 0
    for line in text.lines[first + 1 : last + 1]:
        more = line.lstrip(" \t") if spaces else line
        gap = (
            " " if spaces and more and not more.startswith(")") and joined[-1:] not in ("", " ", "\t") else ""
        )
        at = len(joined)
        joined += gap + more
    start = len(text.lines[first])
    return Edit((first, start), (last, len(text.lines[last])), joined[start:], (first, at), (first, at))


def replace_characters(text: Text, caret: Place, letter: str, times: int) -> Edit | None:
    """`r`: so many characters become the letter; a line end replaces them all at once."""
    row, column = caret
    if column + times > len(text.lines[row]):
        return None
    end = (row, column + times)
    if letter == "\n":
        indent = indent_of(text.lines[row])
        there = (row + 1, len(indent))
        tail = text.lines[row][end[1] :]
        end = (row, end[1] + len(tail) - len(tail.lstrip()))
        return Edit(caret, end, f"\n{indent}", there, there)
    there = (row, column + times - 1)
    return Edit(caret, end, letter * times, there, there)


def fill(text: Text, span: Span, letter: str) -> Edit:
    """`r` on a selection: every character of it becomes the letter, line ends stay."""
    start, end = span.start, span.end
    if span.linewise:
        start, end = (start[0], 0), (end[0], len(text.lines[end[0]]))
    old = text_of(text, Span(start, end))
    return Edit(start, end, "".join(it if it == "\n" else letter for it in old), start, start)


def swap_case(text: Text, caret: Place, times: int) -> Edit | None:
    """`~`: turn the case of so many characters and go on behind them."""
    row, column = caret
    old = text.lines[row][column : column + times]
    if not old:
        return None
    new = "".join(turned if len(turned := it.swapcase()) == 1 else it for it in old)
    there = (row, column + len(old))
    return Edit(caret, there, new, there, there)


def open_line(text: Text, row: int, language: str, *, above: bool) -> Edit:
    """A new line below a row or above it, indented like it, or deeper behind what opens a block."""
    if above:
        there = (row, len(indent_of(text.lines[row])))
        return Edit((row, 0), (row, 0), f"{indent_of(text.lines[row])}\n", there, there)
    end = (row, len(text.lines[row]))
    return newline(text.lines, end, end, language)
