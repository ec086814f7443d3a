"""One flow's transaction: what its Actions ask for, kept or dropped Action by Action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from actionsmith.runtime.host_kind import Language
from actionsmith.runtime.semantics.answers import Answer, ApiError
from actionsmith.runtime.semantics.cache import Cache
from actionsmith.runtime.semantics.calls import Call, Meaning
from actionsmith.runtime.semantics.endings import settle
from actionsmith.runtime.semantics.json_paths import copied
from actionsmith.runtime.semantics.ledger import GivenEvent, Ledger
from actionsmith.runtime.semantics.methods import meaning_of
from actionsmith.runtime.semantics.pending import with_pending
from actionsmith.runtime.semantics.signature import Signature, signature
from actionsmith.runtime.semantics.wording import worded
from actionsmith.triggers.model import Method, Trigger


class Transaction:
    """What one flow accumulates over all its Actions.

    Per Action: `start`, `call` for each api call, then `commit` or `discard`. `event` is not changed.
    `now_ms` is the clock, epoch milliseconds; without `cache` the flow begins with an empty one.

    A flow that has to wait for its user goes on in another transaction: `carry` gives what that takes as
    `carried`, together with the event the flow began with. Then, as long as `waiting` says so, `resume`,
    `mfa_passed` or `mfa_failed` answer, before the next `start`.
    """

    def __init__(
        self,
        trigger: Trigger,
        event: GivenEvent,
        *,
        now_ms: Callable[[], float],
        cache: Cache | None = None,
        carried: dict[str, Any] | None = None,
    ) -> None:
        self.trigger = trigger
        self.cache = cache if cache is not None else Cache()
        self._ledger = Ledger(trigger, event, now_ms, self.cache)
        self._language: Language = "javascript"
        if carried is not None:
            from actionsmith.runtime.semantics.carried import restore  # only here: most flows never wait

            restore(self._ledger, carried)

    def start(self, handler: str, language: Language = "javascript") -> dict[str, Any]:
        """A new Action begins with `handler` (JavaScript name): the event it is given.

        `language` is the one whose names errors and warnings use from here on.

        It holds what earlier Actions left: transaction metadata, pending user metadata and so on. Members
        may be set at its top; what is inside them is shared with the caller's event and must stay as it is.
        """
        self.begin(handler, language)
        return dict(with_pending(self._ledger))

    def begin(self, handler: str, language: Language = "javascript") -> None:
        """The same for a caller that has the event in another form: it is the one the flow began with."""
        self._language = language
        self._ledger.begin(handler)

    def call(self, path: str, args: list[Any], keywords: bool = False) -> Answer:
        """Carry out one api call; `path` is without `api.`, in JavaScript names.

        `keywords` tells that members of the last argument were keywords of their own in the Action. Raises
        ApiError, to be thrown inside the Action.
        """
        meaning = meaning_of(self.trigger.id, path)
        taken = signature(self.trigger.id, path, meaning.unchecked)
        try:
            return self._carry_out(path, args, meaning, taken)
        except ApiError as error:
            raise self._worded(error, taken.method, keywords) from None

    def _carry_out(self, path: str, args: list[Any], meaning: Meaning, taken: Signature) -> Answer:
        ledger, method = self._ledger, taken.method
        if method.only_in and ledger.handler not in method.only_in:
            handlers = " and ".join(method.only_in)
            raise ApiError(
                f"{method.path} is only available in {handlers}, not in {ledger.handler}", "TypeError"
            )
        if method.deprecated:
            why = method.deprecated[0].lower() + method.deprecated[1:].rstrip(".")
            ledger.warn(f"{method.path} is deprecated ({why})")
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
        except ApiError as error:
            self.discard()
            raise self._worded(error) from None

    def finish(self) -> None:
        """The flow has ended, after its last Action: settle what only the end decides.

        Target scopes that the client grant does not allow are dropped from the outcome. To be called once,
        and not when the flow is suspended.
        """
        from actionsmith.runtime.semantics.families.scopes import drop_outside_grant

        drop_outside_grant(self._ledger)

    def discard(self) -> None:
        """The handler failed: drop everything it asked for. Warnings stay."""
        self._ledger.take_back()

    def carry(self) -> dict[str, Any]:
        """Everything a resumed flow needs beside its event and its cache, as plain JSON."""
        from actionsmith.runtime.semantics.carried import carry

        return carry(self._ledger)

    @property
    def waiting(self) -> Literal["redirect", "form", "mfa"] | None:
        """What the flow waits for after `commit`, or after an answer: an Action may ask for several things.

        After a redirect or form the continue handler of the same Action comes next, after the last factor
        the next Action.
        """
        return self._ledger.waits[0].kind if self._ledger.waits else None

    @property
    def waiting_details(self) -> dict[str, Any]:
        """The details of what the flow waits for, as execution.WaitsFor describes them; a copy."""
        return copied(self._ledger.waits[0].details) if self._ledger.waits else {}

    def resume(self, request: dict[str, Any], prompt: dict[str, Any] | None = None) -> None:
        """The user is back from a redirect or form, with a new `event.request` and `event.prompt`.

        Members that `request` does not have stay as they were, its `query` and `body` excepted. `prompt`
        has `fields` and `vars`; the form's `id` is added. Raises UserError when the flow waits for
        something else.
        """
        from actionsmith.runtime.semantics.waiting import came_back

        came_back(self._ledger, request, prompt)

    def mfa_passed(self, factor_type: str | None = None) -> None:
        """The user has passed, or has enrolled, a factor; without a type the first one that was offered.

        The request that goes on has no query and no body: what the user sent concerned the factor.
        Raises UserError when the flow does not wait for that factor. Look at `waiting` and `status` again
        afterwards: the same Action may have asked for another one.
        """
        from actionsmith.runtime.semantics.waiting import factor_passed

        factor_passed(self._ledger, factor_type)

    def mfa_failed(self) -> None:
        """The user did not pass: the flow is refused. Raises UserError when it does not wait for a factor."""
        from actionsmith.runtime.semantics.waiting import factor_failed

        factor_failed(self._ledger)

    @property
    def status(self) -> Literal["completed", "denied", "suspended"]:
        """How the last Action left the flow. A refusal beats waiting for the user."""
        if self._ledger.stopped:
            return "denied"
        return "suspended" if self._ledger.suspends or self._ledger.waits else "completed"

    @property
    def earlier(self) -> dict[str, Any]:
        """The outcome as it was when the last Action began; not to be changed."""
        return self._ledger.before

    @property
    def outcome(self) -> dict[str, Any]:
        """What has changed, nested by the paths of the contract's outcome model; a copy."""
        outcome: dict[str, Any] = copied(self._ledger.outcome)
        return outcome

    @property
    def warnings(self) -> list[str]:
        """What the platform would do silently, or nearly full limits: whole sentences, oldest first."""
        warnings = self._ledger.warnings
        return [worded(warning, self._language) for warning in warnings] if warnings else []

    def _worded(self, error: ApiError, method: Method | None = None, keywords: bool = False) -> ApiError:
        message = worded(error.message, self._language, method, keywords=keywords)
        return ApiError(message, error.name, error.methods)
