"""api.validation: a refusal because of bad input."""

from __future__ import annotations

from actionsmith.runtime.semantics.calls import Call, means


@means("validation.error")
def error(call: Call) -> None:
    """The flow ends with a code and a message of the Action's own."""
    denied = {"code": call.args["errorCode"], "message": call.args["errorMessage"]}
    call.ledger.put("validation.error", denied)
