"""The time in insert mode: what was typed, to be repeated by a count and by the dot."""

from __future__ import annotations

from typing import NamedTuple

from actionsmith.editing.edit import Edit, Place, indent_of
from actionsmith.editing.vim.shapes import Command, Extent
from actionsmith.editing.vim.text import Text, common_start


class Typed(NamedTuple):
    """What a time in insert mode came to: `erased` characters before the caret, then `text`.

    The caret ends `back` characters before the end of the text, with `after` characters behind it erased.
    """

    erased: int = 0
    text: str = ""
    back: int = 0
    after: int = 0


class Insertion(NamedTuple):
    """A time in insert mode that has begun."""

    command: Command
    before: str
    at: int
    extent: Extent | None = None
    indented: bool = False
    """The caret's line holds nothing but indentation that nobody typed."""
    overtyped: tuple[str, ...] = ()
    """The keys of replace mode, to be typed again."""
    replaced: tuple[str, ...] = ()
    """What stood where each of them was typed; an empty string where there was nothing."""


def typed(insertion: Insertion, text: Text, caret: Place) -> Typed:
    """What was typed since the insertion began, seen from how the text differs now."""
    before, now, at = insertion.before, text.flat, insertion.at
    start = min(common_start(before, now), at)
    most = min(len(before) - at, len(now) - start)
    tail = common_start(before[len(before) - most :][::-1], now[len(now) - most :][::-1]) if most else 0
    end = len(now) - tail
    back = max(end - max(text.offset(caret), start), 0)
    return Typed(at - start, now[start:end], back, len(before) - tail - at)


def again(text: Text, caret: Place, was: Typed, times: int) -> Edit:
    """Type the same once more, so many times, in one edit; the caret is left on the last character."""
    at = text.offset(caret)
    head = text.flat[:at]
    if was.erased:
        for _ in range(times):
            head = head[: max(len(head) - was.erased, 0)] + was.text
    else:
        head += was.text * times
    start = common_start(text.flat[:at], head)
    end = min(at + was.after, len(text.flat))
    return _edit(text, start, end, head[start:], was.back)


def _edit(text: Text, start: int, end: int, new: str, back: int = 0) -> Edit:
    head = (text.flat[:start] + new)[: start + len(new) - back]
    row = head.count("\n")
    column = len(head) - (head.rfind("\n") + 1)
    there = (row, max(column - 1, 0))
    return Edit(text.place(start), text.place(end), new, there, there)


def overtype(text: Text, caret: Place, new: str) -> Edit:
    """Type over what stands at the caret; a line end in `new` replaces nothing, and is indented."""
    at = text.offset(caret)
    end, written = at, ""
    line = text.lines[caret[0]][: caret[1]]
    for letter in new:
        if letter == "\n":
            line = indent_of(line)
            written += f"\n{line}"
            while text.flat[end : end + 1] in (" ", "\t"):
                end += 1
            continue
        end += text.flat[end : end + 1] not in ("", "\n")
        line, written = line + letter, written + letter
    return _edit(text, at, end, written)
