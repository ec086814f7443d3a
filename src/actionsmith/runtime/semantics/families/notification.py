"""api.notification: what becomes of a message the provider could not deliver. The last call counts."""

from __future__ import annotations

from actionsmith.runtime.semantics.calls import Call, means
from actionsmith.triggers import loader

_STATES = {"api.notification.drop": "dropped", "api.notification.retry": "retry"}


@means("notification.drop", "notification.retry")
def give_up_or_retry(call: Call) -> None:
    """A reason that is too long is cut (limits.yaml: notification.reason_length)."""
    reason, most = call.args["reason"], loader.limit("notification.reason_length")
    if len(reason) > most:
        call.warn(f"reason was cut to {most:,} characters; it had {len(reason):,}")
        reason = reason[:most]
    call.ledger.put("notification", {"state": _STATES[call.method.path], "reason": reason})
