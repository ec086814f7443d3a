"""Texts that are not saved yet, on their way into the journal: written off the screen's thread, soon."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.dom import DOMNode

from actionsmith.tenant.journal import Journal, Recovered, text_digest
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.jobs import Jobs

JOURNAL_SECONDS = 0.3
LANE = "journal"

Key = tuple[str, str]
"""A trigger and the name of its event, or an empty trigger and the name of an Action."""


class KeptTexts:
    """The journal of this process. A text is on disk within `JOURNAL_SECONDS` and the time of a write."""

    def __init__(
        self, node: DOMNode, jobs: Jobs, tenant: Tenant, failed: Callable[[Exception], None]
    ) -> None:
        self._journal = Journal(tenant)
        self._node, self._jobs, self._failed = node, jobs, failed
        self._texts: dict[Key, tuple[str, str]] = {}
        self._pending: set[Key] = set()

    def keep(self, key: Key, text: str, base: str) -> None:
        """Keep a text that started from `base`."""
        self._texts[key] = text, base
        if not self._pending:
            self._node.set_timer(JOURNAL_SECONDS, self._write_pending)
        self._pending.add(key)

    def forget(self, key: Key) -> None:
        """Forget a text, what was recovered of it too: it was saved or discarded."""
        self._texts.pop(key, None)
        self._pending.discard(key)
        self._do(lambda: self._journal.clear(key[1], trigger=key[0]))

    def recoverable(self) -> list[Recovered]:
        """The texts of dead processes. Blocks; raises UserError when the journals cannot be taken over."""
        return self._journal.recoverable()

    def take_over(self, found: Recovered, base: str) -> None:
        """Keep a recovered text as one of this process, and only then forget the old one."""
        self.keep((found.trigger, found.action), found.text, base)
        self._write_pending()
        self.refuse(found)

    def refuse(self, found: Recovered) -> None:
        """Forget one recovered text and no other."""
        self._do(lambda: self._journal.discard(found))

    def close(self) -> None:
        """Write what is not saved and let go of the journal. Blocks; for the end of the program."""
        for key, (text, base) in self._texts.items():
            self._write(key, text, base)
        self._journal.close()

    def _write_pending(self) -> None:
        for key in tuple(self._pending):
            self._pending.discard(key)
            self._do(partial(self._write, key, *self._texts[key]))

    def _write(self, key: Key, text: str, base: str) -> None:
        trigger, name = key
        self._journal.write(name, text, text_digest(base), trigger=trigger)

    def _do(self, work: Callable[[], None]) -> None:
        self._jobs.in_order(LANE, work, lambda _: None, self._failed)
