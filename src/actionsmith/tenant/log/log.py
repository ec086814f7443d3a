"""The files of the log: `log/<date>.jsonl` in the tenant's folder, one line an execution, dates in UTC.

Writers append under a lock of the file that they append to, which the system frees when they die; readers
need none. A day's first record takes the files of the days before the retention away.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from actionsmith.errors import UserError
from actionsmith.tenant.log.reading import LogCursor, LogFilter, LogPage, decode, whole_lines
from actionsmith.tenant.log.record import LogRecord

_EVERYTHING = LogFilter()
_DAY = re.compile(r"\d{4}-\d\d-\d\d\.jsonl")


class Log:
    """The log of one tenant. Calls block for the disk and may come from any thread and process."""

    def __init__(self, folder: Path, retention_days: Callable[[], int]) -> None:
        """For `Tenant.log`; `retention_days` is asked when files may have to go."""
        self.folder = folder
        self._retention_days = retention_days

    def append(self, record: LogRecord) -> None:
        """Add an execution at the end. Raises UserError when the disk refuses; the log is then as it was."""
        path = self.folder / f"{datetime.now(UTC).date()}.jsonl"
        try:
            line = msgspec.json.encode(record) + b"\n"
        except (UnicodeEncodeError, RecursionError) as error:
            raise UserError(f"the execution cannot be written to the log: {error}") from error
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            is_new = not path.exists()
            handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                _append(handle, line)
            finally:
                os.close(handle)
        except OSError as error:
            raise UserError(
                f"the log {path} cannot be written ({error.strerror}); make room or check permissions"
            ) from error
        if is_new:
            with suppress(UserError):  # the execution is in the log; the next day tries again
                self.drop_old()

    def read(self, wanted: LogFilter = _EVERYTHING, limit: int | None = None) -> LogPage:
        """The newest `limit` executions that are wanted (None: all of them), oldest of these first.

        Raises UserError when a file cannot be read.
        """
        newest_first: list[LogRecord] = []
        damaged = 0
        read: dict[str, int] = {}
        for path in reversed(self._files()):
            if limit is not None and len(newest_first) >= limit:
                read[path.name] = _size(path)
                continue
            lines, read[path.name] = whole_lines(_bytes_from(path, 0))
            for line in reversed(lines):
                if limit is not None and len(newest_first) >= limit:
                    break
                record = decode(line)
                damaged += record is None
                if record is not None and wanted.takes(record):
                    newest_first.append(record)
        return LogPage(records=newest_first[::-1], damaged=damaged, cursor=LogCursor(read))

    def tail(self, cursor: LogCursor, wanted: LogFilter = _EVERYTHING) -> LogPage:
        """The executions that came after `cursor`, of which the `wanted` ones. Cheap when there are none.

        Raises UserError when a file cannot be read.
        """
        records: list[LogRecord] = []
        damaged = 0
        read: dict[str, int] = {}
        for path in self._files():
            size, start = _size(path), cursor.read.get(path.name, 0)
            if size < start:  # emptied or replaced by hand: what is there now is new
                start = 0
            read[path.name] = start
            if size == start:
                continue
            lines, length = whole_lines(_bytes_from(path, start))
            read[path.name] += length
            for line in lines:
                record = decode(line)
                damaged += record is None
                if record is not None and wanted.takes(record):
                    records.append(record)
        return LogPage(records=records, damaged=damaged, cursor=LogCursor(read))

    def drop_old(self) -> None:
        """Take away the days before the retention. What cannot be removed stays."""
        oldest = datetime.now(UTC).date() - timedelta(days=self._retention_days())
        for path in self._files():
            if path.stem < str(oldest):
                with suppress(OSError):
                    path.unlink()

    def _files(self) -> list[Path]:
        """The days' files, oldest first; other files in the folder are nobody's business."""
        try:
            return sorted(path for path in self.folder.iterdir() if _DAY.fullmatch(path.name))
        except OSError:
            return []


def _append(handle: int, line: bytes) -> None:
    """Write a line behind what is there, whole or not at all. The caller holds the file's lock."""
    size = os.fstat(handle).st_size
    if size and os.pread(handle, 1, size - 1) != b"\n":  # half a line of a writer that died
        line = b"\n" + line
    try:
        while line:
            line = line[os.write(handle, line) :]
    except OSError:
        os.ftruncate(handle, size)
        raise


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _bytes_from(path: Path, start: int) -> bytes:
    """What a file holds from a position on; nothing when it was taken away meanwhile."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            return file.read()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}); check its permissions") from error
