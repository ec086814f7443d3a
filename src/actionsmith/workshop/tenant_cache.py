"""The cache of a tenant during one run: what `api.cache` finds, and what is kept of it afterwards."""

from __future__ import annotations

import msgspec

from actionsmith.errors import UserError
from actionsmith.runtime.semantics import Cache
from actionsmith.tenant.cache import CacheEntry
from actionsmith.tenant.tenant import Tenant


class TenantCache:
    """Read when it is made; `keep` writes the changes that the run has made to `cache`."""

    def __init__(self, tenant: Tenant, trigger: str) -> None:
        self._tenant, self._trigger = tenant, trigger
        self._before = {key: msgspec.to_builtins(entry) for key, entry in tenant.cache(trigger).items()}
        self.cache = Cache(self._before)

    def keep(self) -> str | None:
        """Write what has changed; returns a warning when that is not possible."""
        after = self.cache.dump()
        changes: dict[str, CacheEntry | None] = {key: None for key in self._before if key not in after}
        changes |= {
            key: CacheEntry(**record) for key, record in after.items() if record != self._before.get(key)
        }
        try:
            self._tenant.change_cache(self._trigger, changes)
        except UserError as error:
            return f"what this run has put into the cache is not kept: {error}"
        return None
