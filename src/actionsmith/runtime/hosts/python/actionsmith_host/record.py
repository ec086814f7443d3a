"""Objects of the event, as an Action meets them."""

from __future__ import annotations

from typing import Any


class Record(dict[str, Any]):
    """An object of the event: members as attributes, absent ones are None.

    Members keep their JSON names; `country_code` finds `countryCode`, `from_` finds `from`.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self:
            return self[name]
        if name.endswith("_") and name[:-1] in self:
            return self[name[:-1]]
        first, *rest = name.split("_")
        return self.get(first + "".join(part.capitalize() for part in rest))

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value
