"""Completion in the JSON text of an event: the members and values the contract lists for the place."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from actionsmith.language.completion import NOTHING, Completion, CompletionResult
from actionsmith.triggers.event_path import Step
from actionsmith.triggers.hover import hover
from actionsmith.triggers.model import Property
from actionsmith.triggers.shape import Node, descend, event_shape

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"?|[{}\[\],:]|[^\s{}\[\],:"]+')
_EMPTY = {"string": '""', "object": "{}", "map": "{}", "array": "[]"}


class _Container(msgspec.Struct):
    """An object or array that is open at the caret."""

    is_object: bool
    keys: list[str] = msgspec.field(default_factory=list)
    index: int = 0
    expects_value: bool = False


def complete_event(trigger: str, text: str, line: int, column: int) -> CompletionResult:
    """Proposals at `line` and `column` (from 0). Never raises: the text may be anything."""
    rows = text.split("\n")
    if line >= len(rows):
        return NOTHING
    ahead = "\n".join([*rows[:line], rows[line][:column]])
    stack, partial = _read(ahead)
    if not stack:
        return NOTHING
    node = descend(event_shape(trigger), tuple(_steps(stack)))
    if node is None:
        return NOTHING
    start = column - len(partial)
    behind = rows[line][column:]
    word_behind = re.match(r'[\w-]*"?', behind) if partial.startswith('"') else None
    after = word_behind.end() if word_behind else 0
    if not stack[-1].is_object or stack[-1].expects_value:
        value = node if stack[-1].is_object else node.element or node
        return _result(_values(value), partial, start, after)
    has_value = behind[after:].lstrip().startswith(":")
    items = [
        _member(below, trigger, (*_steps(stack), name), has_value=has_value)
        for name, below in node.members.items()
        if below.advertised and name not in stack[-1].keys
    ]
    return _result(items, partial, start, after)


def event_hover(trigger: str, text: str, line: int, column: int) -> str | None:
    """What the contract says about the member whose name or value is at `line` and `column` (from 0)."""
    rows = text.split("\n")
    if line >= len(rows):
        return None
    token = next((it for it in _TOKEN.finditer(rows[line]) if it.start() <= column <= it.end()), None)
    if token is None:
        return None
    stack, _ = _read("\n".join([*rows[:line], rows[line][: token.start()]]))
    if not stack:
        return None
    steps = _steps(stack)
    if stack[-1].is_object and not stack[-1].expects_value:
        steps.append(token[0].strip('"'))
    return hover(trigger, _path(steps)) if steps else None


def _path(steps: Iterable[Step]) -> str:
    return "event" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _result(items: Iterable[Completion], partial: str, start: int, after: int) -> CompletionResult:
    if partial.startswith('"'):
        unquoted = (msgspec.structs.replace(item, insert=item.insert.removeprefix('"')) for item in items)
        return CompletionResult(tuple(unquoted), start + 1, after)
    return CompletionResult(tuple(items), start, after)


def _read(ahead: str) -> tuple[list[_Container], str]:
    """The containers that are open at the end of `ahead`, and the token that is being written there."""
    stack: list[_Container] = []
    partial = ""
    for found in _TOKEN.finditer(ahead):
        token = found[0]
        here = stack[-1] if stack else None
        closed = len(token) > 1 and token.endswith('"')
        if found.end() == len(ahead) and token not in "{}[],:" and not closed:
            partial = token
        elif token in "{[":
            stack.append(_Container(token == "{"))
        elif token in "}]":
            stack = stack[:-1]
        elif here is None:
            continue
        elif token == ":":
            here.expects_value = True
        elif token == ",":
            here.expects_value = False
            here.index += 1
        elif here.is_object and not here.expects_value:
            here.keys.append(token.strip('"'))
    return stack, partial


def _steps(stack: list[_Container]) -> list[Step]:
    """The path to the value the caret is in: every open member but the last container's key."""
    steps: list[Step] = []
    for depth, container in enumerate(stack):
        inside = depth < len(stack) - 1 or container.expects_value
        if container.is_object and inside and container.keys:
            steps.append(container.keys[-1])
        elif not container.is_object and depth < len(stack) - 1:
            steps.append(container.index)
    return steps


def _member(node: Node, trigger: str, steps: tuple[Step, ...], *, has_value: bool) -> Completion:
    facts = node.facts
    value = _empty(facts)
    text = f'"{node.name}"' if has_value else f'"{node.name}": {value}'
    about = (hover(trigger, _path(steps)) or "").partition("\n")[2].strip()
    optional = "?" if facts.optional else ""
    back = 0 if has_value or value not in ('""', "{}", "[]") else 1
    return Completion(node.name, text, "property", f"{facts.type}{optional}", about, caret_back=back)


def _values(node: Node) -> list[Completion]:
    facts = node.facts
    known = [Completion(value, f'"{value}"', "value", "") for value in facts.enum]
    if facts.type == "boolean":
        known = [Completion(word, word, "value", "boolean") for word in ("true", "false")]
    if facts.nullable:
        known.append(Completion("null", "null", "value", ""))
    return known


def _empty(facts: Property) -> str:
    if facts.type == "boolean":
        return "false"
    return next((text for kind, text in _EMPTY.items() if facts.type.startswith(kind)), "")
