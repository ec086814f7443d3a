"""What a suspended flow takes along: plain JSON out of a ledger, and back into a new one."""

from __future__ import annotations

from typing import Any

import msgspec

from actionsmith.errors import UserError
from actionsmith.runtime.semantics.ledger import Ledger, Wait


class Carried(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The state of a flow between two Actions, beside the event it began with and its cache.

    `shown` has what became visible in the event, by path; the rest is as in Ledger.
    """

    shown: dict[str, Any]
    outcome: dict[str, Any]
    waits: list[Wait]
    passed: list[str]
    factors_asked: int
    saved: dict[str, dict[str, Any]]
    warnings: list[str]


def carry(ledger: Ledger) -> dict[str, Any]:
    """Everything a resumed flow needs, as plain JSON."""
    carried = Carried(
        shown=ledger.shown,
        outcome=ledger.outcome,
        waits=ledger.waits,
        passed=ledger.passed,
        factors_asked=ledger.factors_asked,
        saved=ledger.saved,
        warnings=ledger.warnings,
    )
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(carried))
    return plain


def restore(ledger: Ledger, carried: dict[str, Any]) -> None:
    """Put into a new ledger what `carry` gave. Raises UserError when it is something else."""
    try:
        kept = msgspec.convert(carried, Carried)
    except msgspec.ValidationError as error:
        raise UserError(f"what the suspended flow carries cannot be used: {error}") from None
    for path, value in kept.shown.items():
        ledger.show(path, value)
    ledger.outcome = kept.outcome
    ledger.waits = kept.waits
    ledger.passed = kept.passed
    ledger.factors_asked = kept.factors_asked
    ledger.saved = kept.saved
    ledger.warnings = kept.warnings
