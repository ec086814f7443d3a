"""One flow's transaction: what its Actions ask for, kept or dropped Action by Action."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, Literal

from actionsmith.runtime.semantics.answers import Answer, ApiError
from actionsmith.runtime.semantics.cache import Cache
from actionsmith.runtime.semantics.calls import Call
from actionsmith.runtime.semantics.endings import settle
from actionsmith.runtime.semantics.ledger import Ledger
from actionsmith.runtime.semantics.methods import meaning_of
from actionsmith.runtime.semantics.pending import with_pending
from actionsmith.runtime.semantics.signature import signature
from actionsmith.triggers.model import Trigger


class Transaction:
    """What one flow accumulates over all its Actions.

    Per Action: `start`, `call` for each api call, then `commit` or `discard`. `event` is not changed.
    `now_ms` is the clock, epoch milliseconds; without `cache` the flow begins with an empty one.
    """

    def __init__(
        self,
        trigger: Trigger,
        event: dict[str, Any],
        *,
        now_ms: Callable[[], float],
        cache: Cache | None = None,
    ) -> None:
        self.trigger = trigger
        self.cache = cache if cache is not None else Cache()
        self._ledger = Ledger(trigger, event, now_ms, self.cache)

    def start(self, handler: str) -> dict[str, Any]:
        """A new Action begins with `handler` (JavaScript name): the event it is given.

        It holds what earlier Actions left: transaction metadata, pending user metadata and so on. Members
        may be set at its top; what is inside them is shared with the caller's event and must stay as it is.
        """
        self._ledger.begin(handler)
        return dict(with_pending(self._ledger))

    def call(self, path: str, args: list[Any]) -> Answer:
        """Carry out one api call; `path` is without `api.`, in JavaScript names.

        Raises ApiError, to be thrown inside the Action.
        """
        ledger = self._ledger
        meaning = meaning_of(self.trigger.id, path)
        taken = signature(self.trigger.id, path, meaning.unchecked)
        method = taken.method
        if method.only_in and ledger.handler not in method.only_in:
            handlers = " and ".join(method.only_in)
            raise ApiError(
                f"{method.path} is only available in {handlers}, not in {ledger.handler}", "TypeError"
            )
        if method.deprecated:
            ledger.warn(f"{method.path} is deprecated: {method.deprecated}")
        call = Call(ledger, method, taken.bind(args, ledger.warn))
        answer = meaning.effect(call)
        ledger.called.append(path)
        ledger.stopped = ledger.stopped or method.flow == "stop"
        ledger.suspends = ledger.suspends or method.flow == "suspend"
        if answer is None:
            answer = Answer(gives="api" if method.chain else "undefined")
        answer.patches = call.patches
        return answer

    def commit(self) -> None:
        """The handler returned normally: keep what it asked for.

        Raises ApiError when what it asked for cannot be done; nothing of it is kept then.
        """
        try:
            settle(self._ledger)
        except ApiError:
            self.discard()
            raise

    def discard(self) -> None:
        """The handler failed: drop everything it asked for. Warnings stay."""
        self._ledger.take_back()

    @property
    def status(self) -> Literal["completed", "denied", "suspended"]:
        """How the last Action left the flow. A refusal beats waiting for the user."""
        if self._ledger.stopped:
            return "denied"
        return "suspended" if self._ledger.suspends else "completed"

    @property
    def outcome(self) -> dict[str, Any]:
        """What has changed, nested by the paths of the contract's outcome model; a copy."""
        return copy.deepcopy(self._ledger.outcome)

    @property
    def warnings(self) -> list[str]:
        """What the platform would do silently, or nearly full limits: whole sentences, oldest first."""
        return list(self._ledger.warnings)
