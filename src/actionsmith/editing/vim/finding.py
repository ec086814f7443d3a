"""Motions to a letter of the line and to what a search finds."""

from __future__ import annotations

import re

from actionsmith.editing.vim import words
from actionsmith.editing.vim.scene import Motion, Scene
from actionsmith.editing.vim.searching import compiled, find, word_at
from actionsmith.editing.vim.shapes import Command, Target


def _find(name: str, scene: Scene, letter: str, times: int, again: bool = False) -> Target | None:
    row, column = scene.caret
    forwards, before = name in "ft", name in "tT"
    step = 1 if forwards else -1
    at = column
    if again and before and times == 1 and scene.line[at + step : at + step + 1] == letter and at + step >= 0:
        at += step  # a repeated `t` does not stay where it is
    for _ in range(times):
        at = scene.line.find(letter, at + 1) if forwards else scene.line.rfind(letter, 0, max(at, 0))
        if at < 0:
            return None
    return Target((row, at - step * before), "inclusive" if forwards else "exclusive")


def _find_letter(scene: Scene, command: Command) -> Target | None:
    scene.memory.find = (command.name, command.argument)
    return _find(command.name, scene, command.argument, command.times)


def _find_again(other_way: bool) -> Motion:
    def move(scene: Scene, command: Command) -> Target | None:
        if scene.memory.find is None:
            return None
        name, letter = scene.memory.find
        name = name.swapcase() if other_way else name
        return _find(name, scene, letter, command.times, again=True)

    return move


def _search(step: int) -> Motion:
    def move(scene: Scene, command: Command) -> Target | None:
        pattern = command.argument or (scene.memory.search[0] if scene.memory.search else "")
        if not pattern:
            return None
        scene.memory.search = (pattern, step)
        return _found(scene, pattern, step, command.times)

    return move


def _found(scene: Scene, pattern: str, step: int, times: int) -> Target | None:
    at, expression = scene.at, compiled(pattern)
    for _ in range(min(times, 1000)):
        there = find(scene.text.flat, expression, at, step)
        if there is None:
            return None
        at = there
    return Target(scene.text.within(scene.text.place(at), past_end=scene.selecting))


def _search_again(other_way: bool) -> Motion:
    def move(scene: Scene, command: Command) -> Target | None:
        if scene.memory.search is None:
            return None
        pattern, step = scene.memory.search
        return _found(scene, pattern, -step if other_way else step, command.times)

    return move


def _word_search(step: int) -> Motion:
    def move(scene: Scene, command: Command) -> Target | None:
        found = word_at(scene.line, scene.caret[1])
        if found is None:
            return None
        start, word = found
        pattern = rf"\b{word}\b" if words.kind(word[0]) == words.WORD else re.escape(word)
        scene.memory.search = (pattern, step)
        scene.at = scene.text.offset((scene.caret[0], start))
        return _found(scene, pattern, step, command.times)

    return move


FINDING: dict[str, Motion] = {
    **dict.fromkeys("fFtT", _find_letter),
    ";": _find_again(False),
    ",": _find_again(True),
    "/": _search(1),
    "?": _search(-1),
    "n": _search_again(False),
    "N": _search_again(True),
    "*": _word_search(1),
    "#": _word_search(-1),
}
