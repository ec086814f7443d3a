"""Every method of every trigger through the real hosts: what it does, and everything it refuses.

The rows are in `method_table`; its `refusals` derives those that the contract's parameters ask for.
"""

from __future__ import annotations

from functools import cache

import pytest
from method_table.calls import Accepted, Refused, methods, problems
from method_table.other_rows import all_rows
from method_table.refusals import refusals

from actionsmith.runtime.host_kind import Language
from actionsmith.triggers import loader


@cache
def table(trigger_id: str) -> tuple[Accepted | Refused, ...]:
    """All rows of a trigger."""
    rows = [row for row in all_rows() if row.trigger == trigger_id]
    derived: list[Refused] = []
    for path, method in methods(trigger_id).items():
        fitting = [row for row in rows if row.path == path and isinstance(row, Accepted)]
        assert fitting, f"{trigger_id}: {method.path} has no row"
        derived += refusals(method, fitting[0])
    return (*rows, *derived)


@pytest.mark.parametrize("language", ["javascript", "python"])
@pytest.mark.parametrize("trigger_id", loader.trigger_ids())
def test_every_row_of_the_table(trigger_id: str, language: Language) -> None:
    wrong = problems(table(trigger_id), language)
    assert not wrong, "\n".join(wrong)


def test_every_method_of_the_contract_has_its_rows() -> None:
    """A method without a row, or a row of no method, fails; so does one that nothing is refused by."""
    rows = [row for trigger_id in loader.trigger_ids() for row in table(trigger_id)]
    known = {(trigger_id, path) for trigger_id in loader.trigger_ids() for path in methods(trigger_id)}
    assert {(row.trigger, row.path) for row in rows if isinstance(row, Accepted)} == known
    never_refuse = {
        (trigger_id, path)
        for trigger_id, path in known
        if path.startswith("cache.") or methods(trigger_id)[path].signature.endswith("()")
    }
    assert {(row.trigger, row.path) for row in rows if isinstance(row, Refused)} == known - never_refuse


def test_every_method_with_an_effect_has_a_row_that_shows_it() -> None:
    rows = [row for trigger_id in loader.trigger_ids() for row in table(trigger_id)]
    shown = {(row.trigger, row.path) for row in rows if isinstance(row, Accepted) and row.outcome}
    for trigger_id in loader.trigger_ids():
        for path, method in methods(trigger_id).items():
            if method.effect.startswith("none") or path in ("cache.delete", "transaction.clearTargetScopes"):
                continue
            if (trigger_id, path) != (
                "post-login",
                "transaction.removeTargetScope",
            ):  # its event has no scopes
                assert (trigger_id, path) in shown, f"{trigger_id} {path}"
