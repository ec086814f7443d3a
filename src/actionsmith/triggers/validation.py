"""Whether an event fits its trigger: every fault with its JSON path, its line and what was expected."""

from __future__ import annotations

from typing import Any

import msgspec

from actionsmith.errors import did_you_mean
from actionsmith.triggers.contract_types import Part, Type
from actionsmith.triggers.event_path import Steps, format_path
from actionsmith.triggers.event_text import (
    NotJson,
    Position,
    decode,
    kind_of,
    not_json,
    parse_event,
    position_of,
    positions,
)
from actionsmith.triggers.shape import Node, event_shape

__all__ = ["Fault", "check_event", "parse_event", "position_of"]

SECRETS = "secrets"
"""The member of the event that a runner fills in: whatever stands there is not looked at."""

_KINDS = {
    "string": "a string",
    "number": "a number",
    "boolean": "a boolean",
    "array": "an array",
    "object": "an object",
    "map": "an object",
    "null": "null",
}
_SUGGESTIONS = 50  # looking for a near name costs far more than finding the fault


class Fault(msgspec.Struct, frozen=True):
    """One thing in an event that does not fit the contract.

    `path` is the JSON path of the value (`event.user.email`, empty when the text is not JSON),
    `line` and `column` its place in the text from 1, `message` a sentence that names the path.
    """

    path: str
    line: int
    message: str
    column: int = 1


def check_event(trigger_id: str, event_text: str) -> list[Fault]:
    """All faults of an event, in the order of the text; empty when it fits the trigger.

    A text that is not JSON, or not an object, has that as its only fault. Raises UserError for an
    unknown trigger.
    """
    shape = event_shape(trigger_id)
    try:
        event = decode(event_text)
    except NotJson as problem:
        return [Fault("", problem.line, not_json(problem), problem.column)]
    check = _Check(trigger_id)
    check.value(shape, event, ())
    if not check.found:
        return []
    places = positions(event_text, [steps for steps, _ in check.found])
    start = Position(1, 1)
    faults = [
        Fault(format_path(steps), place.line, message, place.column)
        for steps, message in check.found
        for place in (places.get(steps, start),)
    ]
    return sorted(faults, key=lambda fault: fault.line)


class _Check:
    """One pass over an event; `found` collects the steps and the message of each fault."""

    def __init__(self, trigger_id: str) -> None:
        self._trigger_id = trigger_id
        self.found: list[tuple[Steps, str]] = []

    def value(self, node: Node, value: Any, steps: Steps) -> None:
        if node.anything or (value is None and node.facts.nullable):
            return
        part = next((part for part in node.type if _fits(part, value)), None)
        if part is None:
            self._wrong_kind(node, value, steps)
        elif isinstance(value, dict):
            self._members(node, value, steps)
        elif isinstance(value, list):
            if node.element is not None:
                for index, item in enumerate(value):
                    self.value(node.element, item, (*steps, index))
        elif node.facts.enum and not node.facts.enum_open and value not in node.facts.enum:
            expected = ", ".join(node.facts.enum)
            self._add(steps, f"is {_shown(value)}, but only these are possible: {expected}")

    def _members(self, node: Node, value: dict[str, Any], steps: Steps) -> None:
        for name, member in value.items():
            if not steps and name == SECRETS:
                continue
            below = node.members.get(name) or node.element
            if below is not None:
                if not below.anything:  # most of a big event is metadata of any kind
                    self.value(below, member, (*steps, name))
            elif not node.accepts_unlisted:
                self._unknown(node, name, (*steps, name))
        for name, below in node.members.items():
            if (
                name in value
                or below.facts.optional
                or not below.advertised
                or (not steps and name == SECRETS)
            ):
                continue
            expected = _expected(below.type)
            self._add(steps, f"lacks the member '{name}', which is always there ({expected})")

    def _unknown(self, node: Node, name: str, steps: Steps) -> None:
        near = did_you_mean(name, node.members) if len(self.found) < _SUGGESTIONS else ""
        parent = format_path(steps[:-1])
        self._add(steps, f"is not a member that {parent} has in {self._trigger_id}{near}")

    def _wrong_kind(self, node: Node, value: Any, steps: Steps) -> None:
        leave_out = (
            "; leave the member out when there is none" if value is None and node.facts.optional else ""
        )
        self._add(steps, f"is {_shown(value)}, but {_expected(node.type)} was expected{leave_out}")

    def _add(self, steps: Steps, message: str) -> None:
        self.found.append((steps, f"{format_path(steps)} {message}"))


def _fits(part: Part, value: Any) -> bool:
    expected = _KINDS.get(part.name)
    return expected is None or expected == kind_of(value)


def _expected(kind: Type) -> str:
    return " or ".join(_KINDS.get(part.name, "any value") for part in kind)


def _shown(value: Any) -> str:
    """A value in a sentence: scalars as JSON (cut when long), the others by their kind."""
    if value is None or isinstance(value, dict | list):
        return kind_of(value)
    text = msgspec.json.encode(value).decode()
    return f"{kind_of(value)} ({text if len(text) <= 40 else text[:39] + '…'})"
