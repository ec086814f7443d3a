"""One api call as the functions that give it its meaning see it, and the table of those functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from actionsmith.runtime.semantics.answers import Answer, ApiError
from actionsmith.runtime.semantics.ledger import Ledger
from actionsmith.runtime.semantics.signature import opening
from actionsmith.triggers.model import Method


class Call:
    """A call whose arguments fit the contract. `args` has them by name; see Signature.bind."""

    def __init__(self, ledger: Ledger, method: Method, args: dict[str, Any]) -> None:
        self.ledger = ledger
        self.method = method
        self.args = args
        self.patches: list[tuple[str, Any]] = []

    def get(self, name: str, otherwise: Any = None) -> Any:
        """An argument or a member of one (`options.query`); `otherwise` when it was not given or null."""
        value: Any = self.args
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
            if value is None:
                return otherwise
        return value

    def error(self, text: str) -> ApiError:
        """An error to raise; `text` goes on after the method's name."""
        return ApiError(f"{opening(self.method)}{text}")

    def abort(self, text: str) -> ApiError:
        """An error to raise that ends the execution even when the Action catches it."""
        error = self.error(text)
        error.methods = (self.method.path.removeprefix("api."),)
        self.ledger.aborted = error
        return error

    def warn(self, text: str) -> None:
        """Keep a warning; `text` goes on after the method's name."""
        self.ledger.warn(f"{self.method.path}: {text}")

    def patch(self, path: str, value: Any) -> None:
        """Change the event at once, for the Action that runs and for later ones."""
        self.ledger.show(path, value)
        self.patches.append((path, value))


Effect = Callable[[Call], Answer | None]
"""What a method does. None as its result means: what the contract says it returns."""


class Meaning(msgspec.Struct, frozen=True):
    """What a method does.

    `unchecked` names parameters that it judges itself, whatever is given for them, or nothing.
    """

    effect: Effect
    unchecked: tuple[str, ...] = ()


MEANINGS: dict[str, Meaning] = {}
"""By path without `api.`. A method that is not here does what its `effect` line in the contract says."""

ENDINGS: list[Callable[[Ledger], None]] = []
"""What the families look at when an Action is done: see `at_end`."""


def means(*paths: str, unchecked: tuple[str, ...] = ()) -> Callable[[Effect], Effect]:
    """Make a function the meaning of the methods at `paths`."""

    def register(effect: Effect) -> Effect:
        for path in paths:
            MEANINGS[path] = Meaning(effect, unchecked)
        return effect

    return register


def at_end(check: Callable[[Ledger], None]) -> Callable[[Ledger], None]:
    """Have a function called when a handler has returned; it may raise ApiError."""
    ENDINGS.append(check)
    return check


def value(result: Any) -> Answer:
    """The answer of a method that returns a value."""
    return Answer(value=result, gives="value")
