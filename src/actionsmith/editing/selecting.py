"""Selections that grow by meaning: word, string, what brackets hold, line, block, everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actionsmith.editing.brackets import enclosing, string_around
from actionsmith.editing.edit import Edit, Place, indent_of
from actionsmith.editing.text_places import TextPlaces
from actionsmith.editing.words import word_around

Range = tuple[Place, Place]


def grow(lines: Sequence[str], anchor: Place, caret: Place, language: str) -> Edit | None:
    """Select the next larger thing around the selection. None: everything is selected."""
    start, end = sorted((anchor, caret))
    larger = [
        each
        for each in _around(lines, start, end, language)
        if each[0] <= start and end <= each[1] and each != (start, end)
    ]
    if not larger:
        return None
    left, right = min(larger, key=_size)
    return Edit(caret, caret, "", left, right)


def next_occurrence(lines: Sequence[str], anchor: Place, caret: Place, step: int) -> Edit | None:
    """Select the next place (`step` 1) or the former (-1) where the selected text stands; round the ends.

    Without a selection, the word at the caret is selected first. None: there is no word.
    """
    start, end = sorted((anchor, caret))
    if start == end:
        left, right = word_around(lines[start[0]], start[1])
        return Edit(caret, caret, "", (start[0], left), (start[0], right)) if left < right else None
    text = "\n".join(lines)
    places = TextPlaces(lines)
    first, last = places.offset(start), places.offset(end)
    wanted = text[first:last]
    if step > 0:
        found = text.find(wanted, last)
        found = text.find(wanted) if found < 0 else found
    else:
        found = text.rfind(wanted, 0, first)
        found = text.rfind(wanted) if found < 0 else found
    return Edit(caret, caret, "", places.place(found), places.place(found + len(wanted)))


def _around(lines: Sequence[str], start: Place, end: Place, language: str) -> Iterator[Range]:
    row, line = start[0], lines[start[0]]
    if row == end[0]:
        left, right = word_around(line, start[1])
        if left < right:
            yield (row, left), (row, right)
        if string := string_around(line, row, start[1], end[1], language):
            yield (row, string.start[1] + 1), string.end
            yield string.start, (row, string.end[1] + 1)
    inner = enclosing(lines, start, end)
    while inner is not None:
        after = (inner.end[0], inner.end[1] + 1)
        content = (inner.start[0], inner.start[1] + 1), inner.end
        yield content
        yield inner.start, after
        if content[0] < start or end < content[1]:
            break
        inner = enclosing(lines, inner.start, after)
    last = len(lines[end[0]])
    yield (row, len(indent_of(line))), (end[0], last)
    yield (row, 0), (end[0], last)
    yield _block(lines, row, end[0])
    yield (0, 0), (len(lines) - 1, len(lines[-1]))


def _block(lines: Sequence[str], first: int, last: int) -> Range:
    """The rows around with at least the indentation of these; blank ones end it only at the left edge."""
    depth = min((len(indent_of(line)) for line in lines[first : last + 1] if line.strip()), default=0)

    def belongs(row: int) -> bool:
        line = lines[row]
        return len(indent_of(line)) >= depth if line.strip() else depth > 0

    while first and belongs(first - 1):
        first -= 1
    while last + 1 < len(lines) and belongs(last + 1):
        last += 1
    return (first, 0), (last, len(lines[last]))


def _size(each: Range) -> tuple[int, int]:
    """Smaller things first: by rows, on one row by columns."""
    (first, left), (last, right) = each
    return last - first, right - left
