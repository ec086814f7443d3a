"""An event that is known as text only: of many events in a row the program itself looks into few."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec


class UnreadEvent:
    """A JSON object as text, read as far as it is asked for. The text must be right."""

    def __init__(self, text: bytes) -> None:
        self._text = text

    def at(self, path: str) -> Any:
        """What is at a path of the event (without `event.`), or None."""
        try:
            value = _reader(path).decode(self._text)
        except msgspec.ValidationError:  # something on the way is no object
            return None
        for _ in path.split("."):
            value = value and value.member
        return value

    def says(self, path: str, word: str) -> bool:
        """Whether a path has the text `word`, letters and dashes; mostly known without reading the event."""
        may_hold = word.encode() in self._text or b"\\" in self._text  # it may be spelled with escapes
        return may_hold and bool(self.at(path) == word)

    def whole(self) -> dict[str, Any]:
        """The event as data."""
        event: dict[str, Any] = msgspec.json.decode(self._text)
        return event


@cache
def _reader(path: str) -> msgspec.json.Decoder[Any]:
    """Reads the objects on the way to `path` with one member each, `member`, and skips all else."""
    shape: Any = Any
    for name in reversed(path.split(".")):
        field = ("member", shape | None if shape is not Any else Any, None)
        shape = msgspec.defstruct("OnTheWay", [field], rename={"member": name})
    return msgspec.json.Decoder(shape)
