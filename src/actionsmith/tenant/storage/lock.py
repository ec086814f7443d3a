"""One writer at a time, among threads and processes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from actionsmith.errors import UserError

PATIENCE_S = 60.0
POLL_S = 0.002


class TenantLock:
    """The lock of a tenant's directory; not to be entered again by its holder.

    The operating system frees it when its holder dies, so a killed process never leaves a tenant locked.
    """

    def __init__(self, root: Path) -> None:
        self._path = root / ".lock"

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Hold the lock. Raises UserError when another process keeps it longer than a minute."""
        # Imported here because reading a tenant needs no lock and the import costs more than the reading.
        from filelock import FileLock, Timeout

        lock = FileLock(self._path, timeout=PATIENCE_S, poll_interval=POLL_S)
        try:
            lock.acquire()
        except Timeout as error:
            raise UserError(
                f"another process has held the tenant's lock for {PATIENCE_S:.0f} seconds ({self._path}); "
                "end it or try again later"
            ) from error
        except OSError as error:
            raise UserError(
                f"{self._path} cannot be locked ({error.strerror}); check its permissions"
            ) from error
        try:
            yield
        finally:
            lock.release()
