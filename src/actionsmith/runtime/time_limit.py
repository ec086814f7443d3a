"""The time an execution has."""

from __future__ import annotations

from actionsmith.triggers import loader


def time_limit_s(trigger_id: str | None) -> float:
    """Seconds that all Actions of one execution have together (limits.yaml: execution.timeout).

    None is a trigger that is not known yet: it gets what most have.
    """
    own = f"execution.timeout.{trigger_id}"
    return float(loader.limit(own if own in loader.limits() else "execution.timeout"))
