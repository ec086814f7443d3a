"""Operations that tidy lines: join, sort, trim white space at their ends."""

from __future__ import annotations

from collections.abc import Sequence

from actionsmith.editing.edit import COMMENTS, Edit, Place, replace_rows, touched_rows


def join(lines: Sequence[str], anchor: Place, caret: Place, language: str) -> Edit | None:
    """Make one line of the touched ones; of a single line and the next. None: it is the last.

    White space at the seams becomes one space, none beside a bracket; the marker of a comment that
    goes on stays behind.
    """
    first, last = touched_rows(anchor, caret)
    last = max(last, first + 1)
    if last >= len(lines):
        return None
    joined, seam = lines[first].rstrip(), len(lines[first].rstrip())
    marker = COMMENTS.get(language, "")
    for line in lines[first + 1 : last + 1]:
        part = line.strip()
        if marker and joined.lstrip().startswith(marker):
            part = part.removeprefix(marker).lstrip()
        seam = len(joined)
        tight = not part or joined[-1:] in ("", "(", "[") or part[0] in ")],;."
        joined = f"{joined}{part}" if tight else f"{joined} {part}"
    end = (last, len(lines[last]))
    if anchor == caret:
        return Edit((first, 0), end, joined, (first, seam), (first, seam))
    return Edit((first, 0), end, joined, (first, 0), (first, len(joined)))


def sort(lines: Sequence[str], anchor: Place, caret: Place, language: str) -> Edit | None:
    """Sort the touched lines, capitals beside small letters. None: they are sorted, or it is one line."""
    first, last = touched_rows(anchor, caret)
    old = list(lines[first : last + 1])
    new = sorted(old, key=lambda line: (line.casefold(), line))
    if new == old:
        return None
    return replace_rows(lines, first, new, (first, 0), (last, len(new[-1])))


def trim(lines: Sequence[str], anchor: Place, caret: Place, language: str) -> Edit | None:
    """Take the white space off the ends of the touched lines; without a selection, of all lines.

    None: there is none.
    """
    first, last = touched_rows(anchor, caret) if anchor != caret else (0, len(lines) - 1)
    changed = [row for row in range(first, last + 1) if lines[row] != lines[row].rstrip()]
    if not changed:
        return None
    first, last = changed[0], changed[-1]
    new = [line.rstrip() for line in lines[first : last + 1]]

    def within(place: Place) -> Place:
        row, column = place
        return (row, min(column, len(new[row - first]))) if first <= row <= last else place

    return replace_rows(lines, first, new, within(anchor), within(caret))
