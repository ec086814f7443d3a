"""Unsaved text, kept so that it outlives a crash of the program that holds it.

Each process writes one file of its own, and holds a lock for as long as it lives. A file whose lock is free
belongs to a dead process: the next one takes it over by renaming it, so that two cannot offer the same text,
and the text stays on disk until it is discarded, or saved as it is. A file that cannot be read is left alone.
"""

from __future__ import annotations

import hashlib
import os
import threading
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from actionsmith import atomic, paths
from actionsmith.errors import UserError
from actionsmith.tenant.storage.database import encode
from actionsmith.tenant.storage.records import now
from actionsmith.triggers import loader

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from actionsmith.tenant.tenant import Tenant


class Recovered(msgspec.Struct, frozen=True, kw_only=True):
    """Text that a dead process had not saved: the code of an Action, or with a `trigger` its event `action`,
    which is empty for the default event.

    `saved` is what is saved now, None when that is gone. `draft_moved`: it is not what the text started from.
    """

    action: str
    text: str
    written_at: datetime
    draft_moved: bool
    saved: str | None
    trigger: str = ""


class _Entry(msgspec.Struct, frozen=True):
    action: str
    text: str
    base: str
    written_at: datetime
    trigger: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.trigger, self.action


def text_digest(code: str) -> str:
    """What `Journal.write` wants to know of the saved code that an edited text started from."""
    return hashlib.blake2b(code.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Journal:
    """The journal of one process for one tenant. Calls block for a file write and may come from any thread.

    When text turns equal to the saved draft again, `clear` it; `close` at a normal end of the program.
    """

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._folder = paths.state_dir() / "journal" / tenant.id
        self._owner = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._own: dict[tuple[str, str], _Entry] = {}
        self._lock: BaseFileLock | None = None
        self._closed = False
        self._turn = threading.Lock()

    def write(self, action: str, text: str, base_digest: str, *, trigger: str = "") -> None:
        """Keep the unsaved text of an Action, or with a `trigger` of its event of that name (empty: default).

        `base_digest` is the `text_digest` of the saved text it started from.

        Survives the end of the process, not a power cut. Raises UserError when the disk refuses.
        """
        with self._turn:
            if self._closed:  # what `close` was preceded by is newer than what a thread still brings
                return
            entry = _Entry(action, text, base_digest, now(), trigger)
            self._own[entry.key] = entry
            self._write_own()

    def clear(self, action: str, *, trigger: str = "") -> None:
        """Forget what was written of an Action or event: it was saved or discarded.

        What was recovered of it is another text, which nobody has decided about.
        """
        with self._turn:
            if not self._closed and self._own.pop((trigger, action), None) is not None:
                self._write_own()

    def lay_by(self, action: str, *, trigger: str = "") -> None:
        """Keep what was written of an Action for a later start, whatever is written of its name by then."""
        with self._turn:
            entry = self._own.get((trigger, action))
            if entry is not None and not self._closed:
                self._live()
                self._put(self._another(), [entry])
                del self._own[entry.key]
                self._write_own()

    def discard(self, found: Recovered) -> None:
        """Forget one recovered text and no other: it was refused, or is kept by `write` from now on."""
        with self._turn:
            for path in self._claimed():
                self._keep_only(path, lambda entry: not _is(entry, found))

    def recoverable(self) -> list[Recovered]:
        """The texts of dead processes, newest first, without those that equal what is saved by now.

        They stay recoverable, also by a later process, until `discard`.
        Raises UserError when the folder of the journals cannot be changed.
        """
        with self._turn:
            try:
                self._claim()
            except OSError as error:
                raise UserError(f"kept texts in {self._folder} cannot be taken ({error.strerror})") from error
            entries = [entry for path in self._claimed() for entry in _entries(path) or ()]
            found = {entry: self._compared(entry) for entry in entries}
            with suppress(UserError):
                for path in self._claimed():  # what is saved as it is needs no keeping any more
                    self._keep_only(path, lambda entry: found.get(entry) is not None)
        texts: dict[tuple[str, ...], Recovered] = {}
        for entry in sorted(found, key=lambda entry: entry.written_at, reverse=True):
            if (text := found[entry]) is not None:
                texts.setdefault((*entry.key, entry.text), text)
        return list(texts.values())

    def unreadable(self) -> list[Path]:
        """Files of dead processes that are damaged or cannot be read. They stay as they are."""
        with self._turn:
            return [path for path in self._claimed() if path.exists() and _entries(path) is None]

    def close(self) -> None:
        """Let go of the journal at a normal end; text that was never cleared stays recoverable."""
        with self._turn:
            self._closed = True
            if self._lock is None:
                return
            if not self._own and not self._claimed():
                self._lock_path(self._owner).unlink(missing_ok=True)
            self._lock.release()
            self._lock = None

    def _compared(self, entry: _Entry) -> Recovered | None:
        saved = self._saved(entry)  # when it is gone, the text is still its author's
        if saved == entry.text:
            return None
        return Recovered(
            action=entry.action,
            text=entry.text,
            written_at=entry.written_at,
            draft_moved=saved is None or text_digest(saved) != entry.base,
            saved=saved,
            trigger=entry.trigger,
        )

    def _saved(self, entry: _Entry) -> str | None:
        if not entry.trigger:
            return self._tenant.saved_code(entry.action)
        try:
            if not entry.action:
                return loader.default_event_text(entry.trigger)
            return self._tenant.event(entry.trigger, entry.action).text
        except UserError:
            return None

    def _claim(self) -> None:
        """Take over the files of the dead; after a crash in between they are the next process's to take."""
        if not self._folder.is_dir():
            return
        owners = {path.name.split(".")[0] for path in self._folder.glob("*.json")} - {self._owner}
        for owner in sorted(owners):
            lock = _try_lock(self._lock_path(owner))
            if lock is None:
                continue
            self._live()
            for path in self._folder.glob(f"{owner}.*json"):
                path.replace(self._another())
            for half_written in self._folder.glob(f".{owner}.*"):
                half_written.unlink(missing_ok=True)
            self._lock_path(owner).unlink(missing_ok=True)
            lock.release()

    def _another(self) -> Path:
        return self._folder / f"{self._owner}.{uuid.uuid4().hex[:8]}.json"

    def _claimed(self) -> list[Path]:
        return sorted(self._folder.glob(f"{self._owner}.*.json"))

    def _write_own(self) -> None:
        self._live()
        self._put(self._folder / f"{self._owner}.json", list(self._own.values()))

    def _keep_only(self, path: Path, wanted: Callable[[_Entry], bool]) -> None:
        """Let go of the other entries of a file; one that cannot be read is nobody's to change."""
        entries = _entries(path)
        kept = [entry for entry in entries or () if wanted(entry)]
        if entries is not None and kept != entries:
            self._put(path, kept)

    def _put(self, path: Path, entries: list[_Entry]) -> None:
        try:
            if entries:
                atomic.write_bytes(path, encode(entries, path), durable=False)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                f"unsaved text cannot be kept in {path} ({error.strerror}); save it soon"
            ) from error

    def _live(self) -> None:
        """Show by a held lock that this process is alive."""
        if self._lock is not None:
            return
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"no journal can be kept in {self._folder} ({error.strerror})") from error
        self._lock = _try_lock(self._lock_path(self._owner))

    def _lock_path(self, owner: str) -> Path:
        return self._folder / f"{owner}.lock"


def _try_lock(path: Path) -> BaseFileLock | None:
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except (Timeout, OSError):
        return None
    return lock


def _is(entry: _Entry, found: Recovered) -> bool:
    return (*entry.key, entry.text) == (found.trigger, found.action, found.text)


def _entries(path: Path) -> list[_Entry] | None:
    """What a file holds; None when it is gone meanwhile, damaged, or cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[_Entry])
    except (OSError, msgspec.DecodeError):
        return None
