"""What is looked at when an Action is done: what only the sum of its calls can tell."""

from __future__ import annotations

from actionsmith.runtime.semantics.calls import ENDINGS
from actionsmith.runtime.semantics.ledger import Ledger


def settle(ledger: Ledger) -> None:
    """Check and complete what the running Action asked for. Raises ApiError when it cannot be done."""
    if ledger.aborted is not None:
        raise ledger.aborted
    for ending in ENDINGS:
        ending(ledger)
    _warn_of_missing_user(ledger)
    ledger.stopped = ledger.stopped or ledger.interaction_required
    if ledger.suspends and not ledger.stopped:
        from actionsmith.runtime.semantics.waiting import queue_up  # only here: most Actions never wait

        queue_up(ledger)
    ledger.suspends = False  # from here on `waits` tells


def _warn_of_missing_user(ledger: Ledger) -> None:
    """A custom token exchange without a user, and without a refusal, fails."""
    if ledger.trigger.id == "custom-token-exchange" and not ledger.stopped and ledger.at("user.by") is None:
        ledger.warn_once(
            "no user was chosen: without api.authentication.setUserById, setUserByConnection or "
            "a refusal the token exchange fails"
        )
