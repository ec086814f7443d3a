"""Short ways to write rows."""

from __future__ import annotations

from typing import Any

from method_table.calls import Accepted, Refused


def accepted(
    trigger: str, path: str, *args: Any, gives: str = "undefined", outcome: Any = None, **more: Any
) -> Accepted:
    return Accepted(trigger=trigger, path=path, args=list(args), gives=gives, outcome=outcome or {}, **more)


def refused(trigger: str, path: str, *args: Any, message: str, **more: Any) -> Refused:
    return Refused(trigger=trigger, path=path, args=list(args), message=message, **more)


def nested(path: str, value: Any) -> dict[str, Any]:
    """`value` at a dotted path of an outcome."""
    for name in reversed(path.split(".")):
        value = {name: value}
    result: dict[str, Any] = value
    return result
