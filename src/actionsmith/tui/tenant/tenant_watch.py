"""Noticing that another program has changed the tenant, without a key being pressed."""

from __future__ import annotations

from collections.abc import Callable

from textual.dom import DOMNode

from actionsmith.tenant.storage.store import Revision
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.jobs import Jobs

GROUP = "watch"
LOOK_SECONDS = 0.5


class TenantWatch:
    """Looks at the tenant's files again and again, in threads, as the log is followed.

    `changed` is called on the screen's thread after each change, this program's own among them.
    """

    def __init__(self, node: DOMNode, tenant: Tenant, changed: Callable[[], None]) -> None:
        self._jobs, self._tenant, self._changed = Jobs(node), tenant, changed
        self._seen: Revision | None = None
        self._busy = False
        node.set_interval(LOOK_SECONDS, self._look)
        self._look()

    def _look(self) -> None:
        if not self._busy:  # a slow disk is not asked twice
            self._busy = True
            self._jobs.newest(GROUP, self._tenant.revision, self._looked, self._failed)

    def _looked(self, revision: Revision) -> None:
        before, self._seen = self._seen, revision
        self._busy = False
        if before not in (None, revision):
            self._changed()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        raise error
