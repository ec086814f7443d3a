"""Text objects: what `iw`, `a"`, `i{` or `ap` take."""

from __future__ import annotations

from collections.abc import Callable

from actionsmith.editing.edit import Place
from actionsmith.editing.vim import brackets
from actionsmith.editing.vim.scene import Scene
from actionsmith.editing.vim.shapes import Command, Target
from actionsmith.editing.vim.text import Text
from actionsmith.editing.vim.words import BLANK, kind

TextObject = Callable[[Scene, Command], Target | None]


def _runs(line: str, big: bool) -> list[tuple[int, int, bool]]:
    """The runs of a line: start, end, whether it is white space."""
    runs: list[tuple[int, int, bool]] = []
    for column, character in enumerate(line):
        if column and kind(character, big) == kind(line[column - 1], big):
            runs[-1] = (runs[-1][0], column + 1, runs[-1][2])
        else:
            runs.append((column, column + 1, kind(character, big) == BLANK))
    return runs


def _word(big: bool, around: bool) -> TextObject:
    def take(scene: Scene, command: Command) -> Target | None:
        row, column = scene.caret
        runs = _runs(scene.line, big)
        here = next((number for number, (_, end, _) in enumerate(runs) if end > column), None)
        if here is None:
            return Target((row, 0), "inclusive", start=(row, 0)) if command.times == 1 else None
        first, last = here, here - 1
        starts_white = runs[here][2]
        for _ in range(command.times):
            wanted = 1
            if around and last + 2 < len(runs) and (starts_white or runs[last + 2][2]):
                wanted = 2
            if last + wanted >= len(runs) or (around and starts_white and last + 2 >= len(runs)):
                return None
            last += wanted
        if around and not starts_white and not runs[last][2] and first and runs[first - 1][2]:
            first -= runs[first - 1][0] > 0  # the indentation of a line is no white space of a word
        return Target((row, runs[last][1] - 1), "inclusive", start=(row, runs[first][0]))

    return take


def _quoted(quote: str, around: bool) -> TextObject:
    def take(scene: Scene, command: Command) -> Target | None:
        row, column = scene.caret
        line = scene.line
        marks = [at for at, sign in enumerate(line) if sign == quote and not _is_escaped(line, at)]
        if column in marks:
            place = marks.index(column)
            place -= place % 2
        else:
            place = sum(at < column for at in marks)
            place = max(place - 1, 0)
        if place + 1 >= len(marks):
            return None
        start, end = marks[place], marks[place + 1] + 1
        if not around and command.times == 1:
            return _between((row, start + 1), (row, end - 1))
        if around:
            after = len(line[end:]) - len(line[end:].lstrip())
            before = start - len(line[:start].rstrip())
            end += after
            start -= 0 if after else before
        return _between((row, start), (row, end))

    return take


def _is_escaped(line: str, at: int) -> bool:
    before = line[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _between(start: Place, end: Place) -> Target:
    """From one place up to another; may be empty."""
    return Target(end, "exclusive", start=start)


def _bracketed(bracket: str, around: bool) -> TextObject:
    def take(scene: Scene, command: Command) -> Target | None:
        flat, at = scene.text.flat, scene.at
        start: int | None = at if flat[at : at + 1] == bracket else brackets.opening(flat, at, bracket)
        if start is None:
            start = flat.find(bracket, at)  # outside of all: the next ones
            start = None if start < 0 else start
        for _ in range(command.times - 1):
            start = None if start is None else brackets.opening(flat, start, bracket)
        end = None if start is None else brackets.closing(flat, start + 1, bracket)
        if start is None or end is None:
            return None
        if around:
            return _between(scene.text.place(start), scene.text.place(end + 1))
        return _inside(scene.text, start + 1, end)

    return take


def _inside(text: Text, start: int, end: int) -> Target:
    """Between brackets; where these end and start their lines, only the lines between."""
    first, last = text.place(start), text.place(end)
    if first[1] == len(text.lines[first[0]]) and first[0] < last[0]:
        first = (first[0] + 1, 0)
    if not text.lines[last[0]][: last[1]].strip() and last[0] > first[0]:
        last = (last[0], 0)
    elif not text.lines[last[0]][: last[1]].strip() and last[0] == first[0] and first[1] == 0:
        last = first
    return _between(first, last)


def _paragraph(around: bool) -> TextObject:
    def take(scene: Scene, command: Command) -> Target | None:
        lines = scene.text.lines
        blank = [not line.strip() for line in lines]
        first = last = scene.caret[0]
        while first and blank[first - 1] == blank[first]:
            first -= 1
        last = _run_end(blank, first)
        starts_blank = blank[first]
        for _ in range(command.times * (2 if around else 1) - 1):
            if last + 1 < len(lines):
                last = _run_end(blank, last + 1)
            elif around and command.times == 1 and not starts_blank:
                while first and blank[first - 1]:
                    first -= 1
            else:
                return None
        return Target((last, 0), "linewise", start=(first, 0))

    return take


def _run_end(blank: list[bool], row: int) -> int:
    while row + 1 < len(blank) and blank[row + 1] == blank[row]:
        row += 1
    return row


OBJECTS: dict[str, TextObject] = {
    f"{'a' if around else 'i'}{letter}": take(around)
    for around in (False, True)
    for letters, take in (
        ("w", lambda around: _word(False, around)),
        ("W", lambda around: _word(True, around)),
        ("p", _paragraph),
        ("(b)", lambda around: _bracketed("(", around)),
        ("[]", lambda around: _bracketed("[", around)),
        ("{B}", lambda around: _bracketed("{", around)),
        ("<>", lambda around: _bracketed("<", around)),
        ('"', lambda around: _quoted('"', around)),
        ("'", lambda around: _quoted("'", around)),
        ("`", lambda around: _quoted("`", around)),
    )
    for letter in letters
}
