"""Undo and redo by command: what is a step, and what is selected afterwards."""

from __future__ import annotations

import random

import pytest
from bare_editor import Bench, bench
from textual.document._document import Selection

from actionsmith.editing.edit import Place, apply, indent_of
from actionsmith.editing.operations import OPERATIONS

SOURCE = {
    "javascript": "if (a) {\n  // one  \n  f('x', [1, 2]);\n}\n\nlet b = {\n\tc: `d`\n};",
    "python": "def f(a):\n    # one  \n    if a:\n        return [1,\n                2]\n\nx = 'y'",
    "json": '{\n  "a": [1, 2, {"b": null}],\n  "c": "d"  \n}',
}


async def typed(desk: Bench, text: str) -> None:
    names = {" ": "space", "\n": "enter", "(": "left_parenthesis", ")": "right_parenthesis"}
    await desk.pilot.press(*(names.get(character, character) for character in text))


async def test_words_that_are_typed_are_steps() -> None:
    async with bench() as desk:
        editor = desk.editor
        await typed(desk, "ab cd\nf(x)y")
        steps = []
        while editor.text:
            steps.append(editor.text)
            editor.undo()
        assert steps == ["ab cd\nf(x)y", "ab cd\n", "ab cd", "ab "]
        for text in reversed(steps):
            editor.redo()
            assert editor.text == text


async def test_a_move_of_the_caret_and_a_pause_begin_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    async with bench() as desk:
        editor = desk.editor
        await typed(desk, "ab")
        await desk.pilot.press("left", "c", "backspace", "backspace", "d")
        assert editor.text == "db"
        texts = []
        for _ in range(4):
            editor.undo()
            texts.append((editor.text, editor.cursor_location))
        assert texts == [("b", (0, 0)), ("acb", (0, 2)), ("ab", (0, 1)), ("", (0, 0))]
        await typed(desk, "x")
        now = editor.history._get_time()
        monkeypatch.setattr(editor.history, "_get_time", lambda: now + 60)
        await typed(desk, "y")
        editor.undo()
        assert editor.text == "x"


class Model:
    """The text as a list of lines, what each command makes of it, and the way there."""

    def __init__(self, desk: Bench, language: str) -> None:
        self.editor, self.language = desk.editor, language
        self.chance = random.Random(language)
        self.states = [self.state]

    @property
    def state(self) -> tuple[list[str], Selection]:
        return list(self.editor.document.lines), self.editor.selection

    def any_place(self) -> Place:
        row = self.chance.randrange(self.editor.document.line_count)
        return row, self.chance.randint(0, len(self.editor.document.get_line(row)))

    def carry_out(self, name: str) -> None:
        """Do a command at a random selection, and compare with what it should have done."""
        editor = self.editor
        anchor, caret = self.any_place(), self.any_place()
        editor.selection = Selection(anchor, caret)
        lines, before = list(editor.document.lines), self.state
        (first, left), (last, right) = start, end = sorted((anchor, caret))
        head, tail = [*lines[:first], lines[first][:left]], [lines[last][right:], *lines[last + 1 :]]
        expected = lines
        if name in OPERATIONS:
            edit = OPERATIONS[name](lines, anchor, caret, self.language)
            editor.action_edit(name)
            if edit:
                expected = apply(lines, edit)
                assert editor.selection == (edit.anchor, edit.caret), name
        elif name == "paste":
            editor.paste("p\nq")
            indent = indent_of(lines[first][:left])
            expected = [*head[:-1], f"{head[-1]}p", f"{indent if left else ''}q{tail[0]}", *tail[1:]]
        elif name == "cut" and start != end:
            editor.action_cut()
            expected = [*head[:-1], head[-1] + tail[0], *tail[1:]]
        elif name == "set":
            expected = [*lines[:-1], f"{lines[-1]} z"]
            editor.set_text("\n".join(expected))
        elif name == "two":
            with editor.history.step():
                editor.insert("1", (0, 0))
                editor.insert("2\n", editor.document.end)
            expected = f"1{chr(10).join(lines)}2\n".split("\n")
        assert editor.document.lines == expected, name
        if expected == lines:
            return
        editor.undo()
        assert self.state == before, name
        if sum(map(len, expected)) < 600:
            editor.redo()
            self.states[-1] = before
            self.states.append(self.state)


@pytest.mark.parametrize("language", sorted(SOURCE))
async def test_any_commands_do_what_the_model_says_and_can_be_undone_and_redone(language: str) -> None:
    async with bench(SOURCE[language], language) as desk:
        model = Model(desk, language)
        names = [*OPERATIONS, "paste", "cut", "set", "two"] * 9
        model.chance.shuffle(names)
        for name in names:
            model.carry_out(name)
        assert len(model.states) > 40
        after = model.states[-1]
        for state in model.states[-2::-1]:
            desk.editor.undo()
            assert model.state == state
        assert desk.editor.text == SOURCE[language]
        for lines, _ in model.states[1:]:
            desk.editor.redo()
            assert desk.editor.document.lines == lines
        assert model.state == after
        assert len(desk.editor._widths) == desk.editor.document.line_count
