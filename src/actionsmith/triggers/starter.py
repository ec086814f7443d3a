"""The code a new, blank Action starts with, in each language."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from itertools import pairwise

from actionsmith.errors import UserError
from actionsmith.triggers import loader
from actionsmith.triggers.model import Starter, Trigger
from actionsmith.triggers.naming import snake

_EVENT = "what is known when the trigger fires"
_API = "what this Action may do about it"
_WIDTH = 72
"""Cells of a line of the comments: so that they can be read beside the event."""
_USUAL = Starter(args=("event", "api"))


def starter_code(trigger_id: str, language: str) -> str:
    """A blank Action of a trigger: its handlers, explained; those that few Actions need commented out.

    `language` is "javascript" or "python". Raises UserError for another one and for an unknown trigger.
    """
    writers: dict[str, tuple[Callable[[Trigger, str, Starter], str], str, str]] = {
        "javascript": (_javascript, "// ", "\n\n"),
        "python": (_python, "# ", "\n\n\n"),
    }
    if language not in writers:
        raise UserError(f"Actions are written in {' or '.join(writers)}, not in '{language}'")
    write, comment, gap = writers[language]
    trigger = loader.trigger(trigger_id)
    handlers = []
    for name in trigger.handlers:
        start = trigger.starter.get(name, _USUAL)
        text = write(trigger, name, start)
        handlers.append(_commented(text, comment) if start.commented_out else text)
    return gap.join(handlers) + "\n"


def body_line(code: str) -> int:
    """The line of starting code, from 1, where one begins to write: the empty body of its first handler."""
    lines = code.split("\n")
    for number, (before, line) in enumerate(pairwise(lines), 2):
        if line.strip() in ("", "pass") and before.endswith(("=> {", '"""')):
            return number
    return 1


def _javascript(trigger: Trigger, handler: str, start: Starter) -> str:
    types = {"event": f"{{Event}} event - {_EVENT}", "api": f"{{{trigger.api_type}}} api - {_API}"}
    lines = [*_about(trigger, handler), "", *(f"@param {types[name]}" for name in start.args)]
    comment = "\n".join(["/**", *(f" * {line}".rstrip() for line in lines), " */"])
    return f"{comment}\nexports.{handler} = async ({', '.join(start.args)}) => {{\n  \n}};"


def _python(trigger: Trigger, handler: str, start: Starter) -> str:
    meanings = {"event": _EVENT, "api": _API}
    lines = [*_about(trigger, handler), "", *(f"{name}: {meanings[name]}" for name in start.args)]
    docstring = textwrap.indent("\n".join(['"""' + lines[0], *lines[1:], '"""']), "    ")
    return f"def {snake(handler)}({', '.join(start.args)}):\n{docstring}\n    pass"


def _about(trigger: Trigger, handler: str) -> list[str]:
    notes = [trigger.when, trigger.handler_notes.get(handler, "")]
    return [line for note in notes for line in textwrap.wrap(note, _WIDTH)]


def _commented(text: str, sign: str) -> str:
    return "\n".join(f"{sign}{line}".rstrip() for line in text.split("\n"))
