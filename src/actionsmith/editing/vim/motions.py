"""Where motions lead: one function per motion, by the keys that name it."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from actionsmith.editing.vim import words
from actionsmith.editing.vim.brackets import matching
from actionsmith.editing.vim.finding import FINDING
from actionsmith.editing.vim.scene import Motion, Scene
from actionsmith.editing.vim.shapes import Command, Target
from actionsmith.editing.vim.text import Text


def _left(scene: Scene, command: Command) -> Target | None:
    row, column = scene.caret
    return Target((row, max(column - command.times, 0))) if column else None


def _right(scene: Scene, command: Command) -> Target | None:
    row, column = scene.caret
    past_end = scene.selecting or bool(scene.operator)
    most = len(scene.line) - (not past_end)
    return Target((row, min(column + command.times, most))) if column < most else None


def _back(scene: Scene, command: Command) -> Target | None:
    """Backspace: left, on to the line before."""
    return _step(scene, -1, command.times)


def _on(scene: Scene, command: Command) -> Target | None:
    """Space: right, on to the next line."""
    return _step(scene, 1, command.times)


def _step(scene: Scene, step: int, times: int) -> Target | None:
    row, column = scene.caret
    for _ in range(times):
        line = scene.text.lines[row]
        if step < 0:
            if column:
                column -= 1
            elif row:
                row -= 1
                column = max(
                    len(scene.text.lines[row]) - (not (scene.operator in ("d", "c") or scene.selecting)), 0
                )
        elif column < len(line) - (not (scene.operator or scene.selecting)):
            column += 1
        elif row < scene.text.last_row:
            row, column = row + 1, 0
    if (row, column) == scene.caret:
        return None
    return Target((row, column), "exact" if step < 0 else "exclusive")


def _vertical(step: int) -> Motion:
    def move(scene: Scene, command: Command) -> Target | None:
        row, column = scene.caret
        there = min(max(row + step * command.times, 0), scene.text.last_row)
        if there == row:
            return None
        goal = scene.memory.goal if scene.memory.goal is not None else column
        place = scene.text.within((there, int(min(goal, 1 << 30))), past_end=scene.selecting)
        return Target(place, "linewise", goal)

    return move


def _first_filled(offset: int, counted: int) -> Motion:
    """Whole lines: `offset` rows away, `counted` times the count more; the caret to what is filled."""

    def move(scene: Scene, command: Command) -> Target | None:
        row, last = scene.caret[0], scene.text.last_row
        wanted = row + offset + counted * command.times
        there = min(max(wanted, 0), last)
        if there == row and wanted != row:
            return None
        return Target(scene.text.first_filled(there), "linewise")

    return move


def _line_start(scene: Scene, command: Command) -> Target:
    return Target((scene.caret[0], 0))


def _indent_end(scene: Scene, command: Command) -> Target:
    return Target(scene.text.first_filled(scene.caret[0]))


def _line_end(scene: Scene, command: Command) -> Target | None:
    row = scene.caret[0] + command.times - 1
    if row > scene.text.last_row:
        if scene.caret[0] == scene.text.last_row:
            return None
        row = scene.text.last_row
    line = scene.text.lines[row]
    return Target((row, len(line) if scene.selecting else max(len(line) - 1, 0)), "inclusive", inf)


def _last_filled(scene: Scene, command: Command) -> Target | None:
    row = min(scene.caret[0] + command.times - 1, scene.text.last_row)
    if row == scene.caret[0] and command.times > 1:
        return None
    return Target((row, max(len(scene.text.lines[row].rstrip()) - 1, 0)), "inclusive")


def _column(scene: Scene, command: Command) -> Target:
    return Target((scene.caret[0], max(min(command.times, len(scene.line)) - 1, 0)), goal=command.times - 1)


def _line_number(default_last: bool) -> Motion:
    def move(scene: Scene, command: Command) -> Target:
        last = scene.text.last_row
        row = (last if default_last else 0) if command.given is None else min(command.given - 1, last)
        return Target(scene.text.first_filled(row), "linewise")

    return move


def _word(step: Callable[[Text, int, bool], int], big: bool, inclusive: bool) -> Motion:
    def move(scene: Scene, command: Command) -> Target | None:
        at = scene.at
        for _ in range(command.times):
            if not at and step is words.previous_end and scene.operator:
                return None
            at = step(scene.text, at, big)
            if at < 0:
                break
        return _there(scene, max(at, 0), inclusive)

    return move


def _there(scene: Scene, at: int, inclusive: bool) -> Target | None:
    if at == scene.at and scene.operator and not inclusive:
        return Target(scene.caret) if at >= len(scene.text.flat) else None
    if at == scene.at and not scene.operator:
        return None
    if at >= len(scene.text.flat) and (inclusive or not scene.operator):
        at = len(scene.text.flat) - (not scene.text.is_empty_at(len(scene.text.flat)))
        if at == scene.at and not scene.operator:
            return None
    return Target(scene.text.place(at), "inclusive" if inclusive else "exclusive")


def _word_start(big: bool) -> Motion:
    """`w`; after `c` on a word it is `e` that may stay; after operators it does not end on the next line."""

    def move(scene: Scene, command: Command) -> Target | None:
        flat, at = scene.text.flat, scene.at
        if scene.operator == "c" and words.kind(flat[at : at + 1], big):
            for step in range(command.times):
                at = words.next_end(scene.text, at, big, may_stay=step == 0)
            return Target(scene.text.place(min(at, len(flat) - 1)), "inclusive")
        for left in reversed(range(command.times)):
            stay = bool(scene.operator) and not left
            at = words.next_start(scene.text, at, big, stay_in_line=stay)
        return _there(scene, at, False)

    return move


def _paragraph(step: int) -> Motion:
    def move(scene: Scene, command: Command) -> Target | None:
        row, lines = scene.caret[0], scene.text.lines
        for left in reversed(range(command.times)):
            is_filled = bool(lines[row])
            while 0 <= row + step < len(lines):
                row += step
                if is_filled and not lines[row]:
                    break
                is_filled = is_filled or bool(lines[row])
            else:
                if left:
                    return None
        if not lines[row] or step < 0:
            return Target((row, 0))
        return Target((row, len(lines[row]) - 1), "inclusive")

    return move


def _partner(scene: Scene, command: Command) -> Target | None:
    if command.given is not None:
        if command.given > 100:
            return None
        row = max((command.given * len(scene.text.lines) + 99) // 100 - 1, 0)
        return Target(scene.text.first_filled(row), "linewise")
    there = matching(scene.text.flat, scene.at)
    return None if there is None else Target(scene.text.place(there), "inclusive")


def _on_screen(name: str) -> Motion:
    def move(scene: Scene, command: Command) -> Target:
        last = min(scene.top + scene.height - 1, scene.text.last_row)
        row = {
            "H": min(scene.top + command.times - 1, last),
            "M": (scene.top + last) // 2,
            "L": max(last - command.times + 1, scene.top),
        }[name]
        return Target(scene.text.first_filled(row), "linewise")

    return move


MOTIONS: dict[str, Motion] = {
    **dict.fromkeys(("h", "left"), _left),
    **dict.fromkeys(("l", "right"), _right),
    "backspace": _back,
    " ": _on,
    **dict.fromkeys(("j", "down", "ctrl+j"), _vertical(1)),
    **dict.fromkeys(("k", "up"), _vertical(-1)),
    **dict.fromkeys(("+", "enter"), _first_filled(0, 1)),
    "-": _first_filled(0, -1),
    "_": _first_filled(-1, 1),
    "line": _first_filled(-1, 1),
    **dict.fromkeys(("0", "home"), _line_start),
    "^": _indent_end,
    **dict.fromkeys(("$", "end"), _line_end),
    "g_": _last_filled,
    "|": _column,
    "G": _line_number(True),
    "gg": _line_number(False),
    "w": _word_start(False),
    "W": _word_start(True),
    "b": _word(words.previous_start, False, False),
    "B": _word(words.previous_start, True, False),
    "e": _word(words.next_end, False, True),
    "E": _word(words.next_end, True, True),
    "ge": _word(words.previous_end, False, True),
    "gE": _word(words.previous_end, True, True),
    "}": _paragraph(1),
    "{": _paragraph(-1),
    "%": _partner,
    **FINDING,
    "H": _on_screen("H"),
    "M": _on_screen("M"),
    "L": _on_screen("L"),
}
