"""Operators on a range of text: registers, the edit, where the caret stays, what comes next."""

from __future__ import annotations

from typing import NamedTuple

from actionsmith.editing.edit import Edit, Place
from actionsmith.editing.vim import operators
from actionsmith.editing.vim.motions import MOTIONS
from actionsmith.editing.vim.objects import OBJECTS
from actionsmith.editing.vim.registers import Register
from actionsmith.editing.vim.scene import Scene
from actionsmith.editing.vim.shapes import Command, Request, Span
from actionsmith.editing.vim.spans import span_of, text_of
from actionsmith.editing.vim.state import State
from actionsmith.editing.vim.text import Text

SIDEWAYS = ("h", "l", "left", "right", "backspace", " ", "delete")
"""Motions that an operator does not miss: where they are not possible the range is empty."""

LINES_ONLY = (">", "<", "=", "gc")
"""Operators that always take whole lines."""

REGISTERING = ("d", "c", "y")


class Done(NamedTuple):
    """What an operator did; `caret` where nothing was edited."""

    edit: Edit | None = None
    caret: Place | None = None
    requests: tuple[Request, ...] = ()


def range_of(scene: Scene, command: Command) -> Span | None:
    """The text that an operator with its motion or text object means. None: there is none."""
    find = OBJECTS.get(command.name) or MOTIONS[command.name]
    target = find(scene, command)
    if target is None:
        return Span(scene.caret, scene.caret) if command.name in SIDEWAYS else None
    return span_of(scene.text, scene.caret, target, command.operator)


def operate(
    state: State, text: Text, command: Command, span: Span, language: str, *, times: int = 1
) -> Done | None:
    """Carry out the operator of a command on a span. None: there is nothing to do."""
    operator = command.operator
    if operator in LINES_ONLY:
        span = Span(span.start, span.end, True)
    is_empty = not span.linewise and span.start == span.end
    if is_empty and operator != "c":
        return None
    requests: tuple[Request, ...] = ()
    if operator in REGISTERING and not is_empty:
        requests = keep(state, command.register, text, span, yanked=operator == "y")
    if operator == "y":
        return Done(caret=span.start, requests=requests)
    if operator == "d":
        return Done(operators.delete(text, span), requests=requests)
    if operator == "c":
        return Done(operators.clear(text, span), requests=requests)
    if operator in (">", "<"):
        return Done(operators.shift(text, span, language, times if operator == ">" else -times))
    if operator == "=":
        return Done(operators.reindent(text, span, language))
    if operator == "gc":
        edit = operators.toggle_comment(text, span, language)
        return None if edit is None else Done(edit)
    return Done(operators.change_case(text, span, operator))


def keep(state: State, name: str, text: Text, span: Span, *, yanked: bool) -> tuple[Request, ...]:
    """Write a span into a register; the clipboard's is the host's to write."""
    register = Register(text_of(text, span), span.linewise)
    if not state.registers.write(name, register, yanked=yanked):
        return ()
    return (Request("copy", register.text + "\n" * register.linewise),)
