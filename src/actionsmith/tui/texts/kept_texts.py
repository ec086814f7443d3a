"""Texts that are not saved yet, on their way into the journal: written off the screen's thread, soon."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual.dom import DOMNode

from actionsmith.tenant.journal import Journal, Recovered, text_digest
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.texts.text_key import Key

JOURNAL_SECONDS = 0.3
AGAIN_SECONDS = 3.0
"""Until a text that could not be written is tried again."""
LANE = "journal"


class KeptTexts:
    """The journal of this process. A text is on disk within `JOURNAL_SECONDS` and the time of a write."""

    def __init__(
        self, node: DOMNode, jobs: Jobs, tenant: Tenant, failed: Callable[[Exception], None]
    ) -> None:
        self._journal = Journal(tenant)
        self._node, self._jobs, self._failed = node, jobs, failed
        self._texts: dict[Key, tuple[str, str]] = {}
        self._pending: set[Key] = set()
        self._is_failing = False

    def keep(self, key: Key, text: str, base: str) -> None:
        """Keep a text that started from `base`."""
        self._texts[key] = text, base
        self._wait(key, JOURNAL_SECONDS)

    def keep_renamed(self, old: Key, key: Key, text: str, base: str) -> None:
        """Keep a text under another name, and only then forget it under the old one."""
        self.keep(key, text, base)
        self._write_pending()
        self.forget(old)

    def lay_by(self, key: Key) -> None:
        """Leave a text to the next start, whatever is kept under its name from now on."""
        if key in self._texts:
            self._wait(key, JOURNAL_SECONDS)
            self._write_pending()
            del self._texts[key]
            self._do(lambda: self._journal.lay_by(key[1], trigger=key[0]))

    def forget(self, key: Key) -> None:
        """Forget a text: it was saved or discarded."""
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

    def unreadable(self) -> list[Path]:
        """The files of dead processes that cannot be read. Blocks."""
        return self._journal.unreadable()

    def write_all(self) -> None:
        """Write what is not saved, now. Blocks; raises UserError when that is not possible."""
        for key, (text, base) in self._texts.items():
            self._write(key, text, base)

    def close(self) -> None:
        """Write what is not saved and let go of the journal. Blocks; for the end of the program."""
        try:
            self.write_all()
        finally:
            self._journal.close()

    def _wait(self, key: Key, seconds: float) -> None:
        if not self._pending:
            self._node.set_timer(seconds, self._write_pending)
        self._pending.add(key)

    def _write_pending(self) -> None:
        for key in tuple(self._pending):
            self._pending.discard(key)
            work = partial(self._write, key, *self._texts[key])
            self._jobs.in_order(LANE, work, self._written, partial(self._not_written, key))

    def _write(self, key: Key, text: str, base: str) -> None:
        trigger, name = key
        self._journal.write(name, text, text_digest(base), trigger=trigger)

    def _written(self, _: None) -> None:
        self._is_failing = False

    def _not_written(self, key: Key, error: Exception) -> None:
        if key in self._texts:
            self._wait(key, AGAIN_SECONDS)
        if not self._is_failing:  # said once, not at each key
            self._is_failing = True
            self._failed(error)

    def _do(self, work: Callable[[], None]) -> None:
        self._jobs.in_order(LANE, work, lambda _: None, self._failed)
