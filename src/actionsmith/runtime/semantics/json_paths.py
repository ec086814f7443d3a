"""Reading and changing nested JSON by dotted paths. The event may be big, so it is never copied whole."""

from __future__ import annotations

from typing import Any

_CONTAINERS = (dict, list)


def found(data: Any, path: str) -> Any:
    """What is at `path` (`transaction.metadata`), or None when any part of the way is missing."""
    if "." not in path:
        return data.get(path) if isinstance(data, dict) else None
    for name in path.split("."):
        if not isinstance(data, dict):
            return None
        data = data.get(name)
    return data


def replaced(data: Any, path: str, value: Any) -> dict[str, Any]:
    """`data` with `value` at `path`; only the objects on the way are new, missing ones are made."""
    name, _, rest = path.partition(".")
    members = data if isinstance(data, dict) else {}
    return {**members, name: replaced(members.get(name), rest, value) if rest else value}


def put(data: dict[str, Any], path: str, value: Any) -> None:
    """Set `path` in `data` itself; missing objects on the way are made."""
    *way, last = path.split(".")
    for name in way:
        data = data.setdefault(name, {})
    data[last] = value


def drop(data: dict[str, Any], path: str) -> None:
    """Remove `path` from `data` itself, and every object on the way that is empty afterwards."""
    name, _, rest = path.partition(".")
    if rest and isinstance(data.get(name), dict):
        drop(data[name], rest)
        if data[name]:
            return
    data.pop(name, None)


def copied(data: Any) -> Any:
    """A copy that shares no object and no list with `data`."""
    if not data:
        return data.copy() if isinstance(data, dict | list) else data
    if isinstance(data, dict):
        return {
            name: copied(member) if isinstance(member, _CONTAINERS) else member
            for name, member in data.items()
        }
    return [copied(item) for item in data] if isinstance(data, list) else data
