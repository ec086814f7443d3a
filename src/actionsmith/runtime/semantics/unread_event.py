"""An event that is known as text only: of many events in a row the program itself looks into few."""

from __future__ import annotations

from typing import Any

import msgspec

from actionsmith.runtime.semantics.json_paths import found

_members = msgspec.json.Decoder(dict[str, msgspec.Raw])


class UnreadEvent:
    """A JSON object as text, read as far as it is asked for. The text must be right."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._raw: dict[str, msgspec.Raw] | None = None

    def at(self, path: str) -> Any:
        """What is at a path of the event (without `event.`), or None."""
        if self._raw is None:
            self._raw = _members.decode(self._text)
        name, _, rest = path.partition(".")
        if name not in self._raw:
            return None
        member = msgspec.json.decode(self._raw[name])
        return found(member, rest) if rest else member

    def whole(self) -> dict[str, Any]:
        """The event as data."""
        event: dict[str, Any] = msgspec.json.decode(self._text)
        return event
