"""What goes back into an Action: a value, the api object, or an error thrown at the Action's own line."""

from __future__ import annotations

from typing import Any, Literal

import msgspec


class ApiError(Exception):
    """Thrown inside the Action. `name` is what the language calls the kind: `Error` or `TypeError`.

    `message` is a whole sentence part that starts with the method, such as
    `api.cache.set: key must be a string, not a number`. An error that is found when the Action is done
    is thrown nowhere: `methods` are the paths, without `api.`, of those whose calls led to it.
    """

    def __init__(
        self,
        message: str,
        name: Literal["Error", "TypeError"] = "Error",
        methods: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.name = name
        self.message = message
        self.methods = methods


class Undefined:
    """The kind of UNDEFINED; there is one object of it."""

    def __repr__(self) -> str:
        return "undefined"

    def __bool__(self) -> bool:
        return False


UNDEFINED = Undefined()
"""Stands for a JavaScript `undefined` given as an argument; None stands for `null`."""


class Answer(msgspec.Struct):
    """What a call gives back, and what it changes at once in the event of the Action that called.

    `patches` are event paths without `event.`, each with the value that replaces what is there.
    """

    value: Any = None
    gives: Literal["api", "value", "undefined"] = "undefined"
    patches: list[tuple[str, Any]] = []
