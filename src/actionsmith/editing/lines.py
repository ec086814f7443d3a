"""Operations on whole lines: indent, dedent, comment, move, duplicate, delete."""

from __future__ import annotations

from collections.abc import Sequence

from actionsmith.editing.edit import (
    COMMENTS,
    Edit,
    Place,
    indent_of,
    indent_unit,
    replace_rows,
    touched_rows,
)


def indent(lines: Sequence[str], anchor: Place, caret: Place, language: str) -> Edit:
    """Move the touched lines one level to the right; empty ones stay."""
    first, last = touched_rows(anchor, caret)
    unit = indent_unit(language)
    new = [f"{unit}{line}" if line.strip() else line for line in lines[first : last + 1]]
    return _rewritten(lines, first, new, anchor, caret)


def dedent(lines: Sequence[str], anchor: Place, caret: Place, language: str) -> Edit | None:
    """Move the touched lines one level to the left, to a multiple of it. None: they are at the left."""
    first, last = touched_rows(anchor, caret)
    width = len(indent_unit(language))
    new = []
    for line in lines[first : last + 1]:
        space = indent_of(line)
        keep = space[1:] if space.startswith("\t") else space[: (len(space) - 1) // width * width]
        new.append(f"{keep}{line[len(space) :]}" if space else line)
    return _rewritten(lines, first, new, anchor, caret) if new != list(lines[first : last + 1]) else None


def toggle_comment(lines: Sequence[str], anchor: Place, caret: Place, language: str) -> Edit | None:
    """Comment the touched lines out, or in when all are comments. None: no comments here."""
    marker = COMMENTS.get(language)
    first, last = touched_rows(anchor, caret)
    old = list(lines[first : last + 1])
    filled = [line for line in old if line.strip()]
    if marker is None or not filled:
        return None
    if all(line.lstrip().startswith(marker) for line in filled):
        new = [_uncommented(line, marker) for line in old]
    else:
        column = min(len(indent_of(line)) for line in filled)
        new = [f"{line[:column]}{marker} {line[column:]}" if line.strip() else line for line in old]
    return _rewritten(lines, first, new, anchor, caret)


def move(lines: Sequence[str], anchor: Place, caret: Place, step: int) -> Edit | None:
    """Exchange the touched lines with the one above (`step` -1) or below (1). None: no room."""
    first, last = touched_rows(anchor, caret)
    if first + step < 0 or last + step >= len(lines):
        return None
    block = list(lines[first : last + 1])
    new = [*block, lines[first - 1]] if step < 0 else [lines[last + 1], *block]
    moved = [(row + step, column) for row, column in (anchor, caret)]
    there = [_within(lines, first + min(step, 0), new, place) for place in moved]
    return replace_rows(lines, first + min(step, 0), new, there[0], there[1])


def duplicate(lines: Sequence[str], anchor: Place, caret: Place) -> Edit:
    """Put a copy of the touched lines below them, and select it as they were."""
    first, last = touched_rows(anchor, caret)
    block = list(lines[first : last + 1])
    end = (last, len(lines[last]))
    height = len(block)
    limit = (last + height, len(lines[last]))
    places = [min((row + height, column), limit) for row, column in (anchor, caret)]
    return Edit(end, end, "\n" + "\n".join(block), places[0], places[1])


def delete(lines: Sequence[str], anchor: Place, caret: Place) -> Edit:
    """Remove the touched lines."""
    first, last = touched_rows(anchor, caret)
    if last + 1 < len(lines):
        place = (first, min(caret[1], len(lines[last + 1])))
        return Edit((first, 0), (last + 1, 0), "", place, place)
    start = (first - 1, len(lines[first - 1])) if first else (0, 0)
    place = (start[0], min(caret[1], start[1]))
    return Edit(start, (last, len(lines[last])), "", place, place)


def _uncommented(line: str, marker: str) -> str:
    space = indent_of(line)
    rest = line[len(space) :]
    return f"{space}{rest.removeprefix(marker).removeprefix(' ')}" if rest.startswith(marker) else line


def _rewritten(lines: Sequence[str], first: int, new: Sequence[str], anchor: Place, caret: Place) -> Edit:
    """The selection keeps its distance from the end of each line, and does not leave the line."""

    def follow(place: Place) -> Place:
        row, column = place
        if not first <= row < first + len(new):
            return place
        if column == 0 and anchor != caret:
            return place
        return row, max(column + len(new[row - first]) - len(lines[row]), 0)

    return replace_rows(lines, first, new, follow(anchor), follow(caret))


def _within(lines: Sequence[str], first: int, new: Sequence[str], place: Place) -> Place:
    """A place that exists after the rows from `first` on became `new`."""
    row, column = place
    if row >= len(lines):
        return len(lines) - 1, len(new[-1])
    line = new[row - first] if first <= row < first + len(new) else lines[row]
    return row, min(column, len(line))
