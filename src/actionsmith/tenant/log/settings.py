"""How long a tenant keeps its executions."""

from __future__ import annotations

from actionsmith.errors import UserError
from actionsmith.tenant.storage.store import Store
from actionsmith.triggers import loader

SETTING = "log_days"
MOST_DAYS = 3650


def log_days(store: Store) -> int:
    """The tenant's own number of days, else the platform's (limits.yaml: execution_log.retention)."""
    own = store.index.setting(SETTING)
    return int(own) if own.isdecimal() else loader.limit("execution_log.retention")


def keep_log(store: Store, days: int | None) -> None:
    """Keep executions so many days; None is the platform's number. Raises UserError for one out of range."""
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise UserError(f"executions are kept for 1 to {MOST_DAYS} days, not {days}")
    with store.lock():
        store.index.put_setting(SETTING, "" if days is None else str(days))
