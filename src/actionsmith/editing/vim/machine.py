"""Vim keys: one key and what is seen of the text in, effects out."""

from __future__ import annotations

from collections.abc import Sequence

from actionsmith.editing.edit import Place, apply
from actionsmith.editing.vim import beginning, commands, ex, typing, visual
from actionsmith.editing.vim.grammar import LINES, MISSING, NORMAL, Unfinished, parse
from actionsmith.editing.vim.grammar import SELECTING as SELECTING_NAMES
from actionsmith.editing.vim.motions import MOTIONS
from actionsmith.editing.vim.objects import OBJECTS
from actionsmith.editing.vim.operating import operate, range_of
from actionsmith.editing.vim.scene import Scene
from actionsmith.editing.vim.shapes import SELECTING, TYPING, Command, Effects, Mode, Request, View
from actionsmith.editing.vim.state import Change, State
from actionsmith.editing.vim.text import Text
from actionsmith.errors import UserError

NAMED = {name for name in (*MOTIONS, *NORMAL, *SELECTING_NAMES) if len(name) > 2}
"""The keys that are no character and still are vim's."""

SEARCHES = ("/", "?", "n", "N", "*", "#")


class Vim:
    """The machine. `state` may be read; `press` changes it."""

    def __init__(self) -> None:
        self.state = State()
        self._caret: Place | None = None

    @property
    def mode(self) -> Mode:
        return self.state.mode

    @property
    def pending(self) -> str:
        """The keys of a command that is not complete, as they were typed."""
        return "" if self.line else "".join(self.state.keys)

    @property
    def line(self) -> str:
        """The line that is being typed, with the `:`, `/` or `?` it began with; empty when there is none."""
        keys, selecting = self.state.keys, self.mode in SELECTING
        if not keys or parse(keys, selecting=selecting) is not Unfinished.INCOMPLETE:
            return ""
        command = parse([*keys, "enter"], selecting=selecting)
        if isinstance(command, Unfinished) or command.name not in LINES:
            return ""
        return command.name + command.argument

    def select(self, anchor: Place, caret: Place) -> None:
        """Something was selected with the mouse, from one character to another."""
        self.state.keys.clear()
        if self.mode not in TYPING:
            self.state.mode, self.state.anchor = Mode.VISUAL, anchor
            self._caret = caret

    def reset(self) -> None:
        """Back to normal mode; registers and the last change stay."""
        self.state.mode, self.state.insertion = Mode.NORMAL, None
        self.state.keys.clear()

    def press(self, key: str, view: View) -> Effects:
        """Take a key: a character, or the name of a key that is none, such as `escape` or `ctrl+r`."""
        if self.mode in TYPING:
            effects = typing.press(self.state, key, view)
        else:
            if view.caret != self._caret:
                self.state.memory.goal = None
            effects = self._press(key, view)
        return self._settled(effects, view)

    def _press(self, key: str, view: View) -> Effects:
        keys = self.state.keys
        if self.line:
            return self._edit_line(key, view)
        if key == "escape":
            return self._escape(view)
        if len(key) > 1 and key not in NAMED and not (keys and key == "tab"):
            keys.clear()
            return Effects(handled=False)
        selecting = self.mode in SELECTING
        if key == ":" and selecting and not keys:
            visual.leave(self.state, view.caret)
            keys.extend(":'<,'>")
            return Effects()
        keys.append(key)
        command = parse(keys, selecting=selecting)
        if command is Unfinished.INCOMPLETE:
            return Effects()
        keys.clear()
        return Effects() if isinstance(command, Unfinished) else self._run(command, view)

    def _escape(self, view: View) -> Effects:
        if self.state.keys:
            self.state.keys.clear()
        elif self.mode in SELECTING:
            visual.leave(self.state, view.caret)
            return Effects(caret=view.caret)
        else:
            return Effects(handled=False)
        return Effects()

    def _edit_line(self, key: str, view: View) -> Effects:
        """A key while a line is typed."""
        keys, line = self.state.keys, self.line
        known = self.state.lines.setdefault(line[0], [])
        if key == "enter":
            command = parse([*keys, "enter"], selecting=self.mode in SELECTING)
            keys.clear()
            if line[1:] and line[1:] not in known[-1:]:
                known.append(line[1:])
            return self._run(command, view) if isinstance(command, Command) else Effects()
        if key == "escape" or (key == "backspace" and len(line) == 1):
            keys.clear()
        elif len(key) == 1:
            keys.append(key)
        elif key == "backspace":
            keys.pop()
        elif key == "ctrl+u":
            del keys[len(keys) - len(line) + 1 :]
        elif key in ("up", "down"):
            there = known.index(line[1:]) if line[1:] in known else len(known)
            there = min(max(there + (-1 if key == "up" else 1), 0), len(known))
            keys[len(keys) - len(line) + 1 :] = known[there] if there < len(known) else ""
        else:
            return Effects(handled=key in NAMED)
        return Effects()

    def _run(self, command: Command, view: View) -> Effects:
        try:
            if command.name == ":":
                return self._ex(command.argument, view)
            if command.name == ".":
                return self._repeat(command, view)
            return self._lit(command, self._carry_out(command, view))
        except UserError as error:
            return Effects(requests=(Request("fail", str(error)),))

    def _lit(self, command: Command, effects: Effects) -> Effects:
        """A search shows all there is of what it looks for."""
        search = self.state.memory.search
        if command.name not in SEARCHES or search is None:
            return effects
        return effects._replace(requests=(*effects.requests, Request("light", search[0])))

    def _carry_out(self, command: Command, view: View) -> Effects:
        if command.name in MISSING:
            raise UserError(MISSING[command.name])
        state, text = self.state, Text(view.lines)
        selecting = self.mode in SELECTING
        scene = Scene(
            text, view.caret, state.memory, view.top, view.height, selecting, operator=command.operator
        )
        if command.operator:
            return self._operate(scene, command, view)
        if selecting and (effects := visual.command(state, text, command, view)) is not None:
            return effects
        if selecting and command.name in OBJECTS:
            return visual.extend(state, scene, command)
        if command.name in MOTIONS:
            return self._move(scene, command)
        if command.name in beginning.BEGINNING:
            return typing.start(state, command, beginning.begin(command, text, view), view)
        return commands.COMMANDS[command.name](state, scene, command, view)

    def _move(self, scene: Scene, command: Command) -> Effects:
        target = MOTIONS[command.name](scene, command)
        if target is None:
            return _not_found(scene) if command.name in SEARCHES else Effects()
        scene.memory.goal = target.goal
        return Effects(caret=target.place)

    def _operate(self, scene: Scene, command: Command, view: View) -> Effects:
        span = range_of(scene, command)
        if span is None:
            return _not_found(scene) if command.name in SEARCHES else Effects()
        done = operate(self.state, scene.text, command, span, view.language)
        if done is None:
            return Effects()
        if command.operator == "c" and done.edit is not None:
            start = beginning.Beginning(done.edit, done.edit.caret, indented=span.linewise)
            effects = typing.start(self.state, command, start, view)
            return effects._replace(caret=span.start, requests=done.requests)
        if command.operator != "y":
            self.state.last_change = Change(command)
        caret = (
            view.caret
            if command.operator == "y" and command.name in ("line", "_")
            else done.caret or span.start
        )
        return Effects(edit=done.edit, caret=caret, requests=done.requests)

    def _repeat(self, dot: Command, view: View) -> Effects:
        change = self.state.last_change
        if change is None:
            return Effects()
        if dot.given is not None:
            change = change._replace(command=change.command._replace(given=dot.given))
            self.state.last_change = change
        if change.extent is not None:
            effects = visual.again(self.state, change, view)
        else:
            effects = self._carry_out(change.command, view)
        if self.mode not in TYPING:
            return effects
        begun = self.state.insertion
        self.state.mode, self.state.insertion = Mode.NORMAL, None
        caret = effects.edit.caret if effects.edit else effects.caret or view.caret
        start = beginning.Beginning(effects.edit, caret, indented=bool(begun and begun.indented))
        self.state.last_change = change
        return effects._replace(edit=beginning.type_again(change, start, view))

    def _ex(self, line: str, view: View) -> Effects:
        state, text = self.state, Text(view.lines)
        last = state.last_selection
        rows = (min(last.anchor[0], last.caret[0]), max(last.anchor[0], last.caret[0])) if last else None
        pattern = state.memory.search[0] if state.memory.search else ""
        outcome = ex.run(line, text, view.caret[0], rows, pattern)
        if outcome.row is not None:
            return Effects(caret=text.first_filled(outcome.row))
        if outcome.lines is None:
            return Effects(requests=outcome.requests)
        state.memory.search = (outcome.pattern, 1)
        caret = Text(outcome.lines).first_filled(outcome.caret[0])
        edit = commands.rewritten(view.lines, outcome.lines, caret)
        requests = (*outcome.requests, Request("light", outcome.pattern))
        return Effects(edit=edit, caret=text.first_filled(edit.start[0]), requests=requests)

    def _settled(self, effects: Effects, view: View) -> Effects:
        """The caret within the text as the mode allows it."""
        edit, caret = effects.edit, effects.caret
        past_end = self.mode is not Mode.NORMAL
        if edit is not None:
            place = _within(apply(view.lines, edit), edit.caret, past_end)
            before = None if caret is None else _within(view.lines, caret, True)
            effects = effects._replace(edit=edit._replace(anchor=place, caret=place), caret=before)
            self._caret = place
        elif caret is not None:
            place = _within(view.lines, caret, past_end)
            effects = effects._replace(caret=place)
            self._caret = place
        elif effects.handled:
            self._caret = view.caret
        return effects


def undone(lines: Sequence[str], caret: Place) -> Place:
    """Where the caret belongs after an undo or redo: where it stood before, as far as that exists."""
    return Text(lines).within(caret)


def _within(lines: Sequence[str], place: Place, past_end: bool) -> Place:
    return Text(lines).within(place, past_end=past_end)


def _not_found(scene: Scene) -> Effects:
    pattern = scene.memory.search[0] if scene.memory.search else ""
    said = f"Not found: {pattern}" if pattern else "There is no last search."
    return Effects(requests=(Request("fail", said),))
