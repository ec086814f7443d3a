"""A host dies with its parent, however the parent dies and whatever the Action is doing.

The parent alone holds both ends of a pipe into which nothing is ever written. When the parent is gone, the
kernel closes one end after the other, and signals the owner of the one that is still open, which is the
host's process group (fcntl(2), F_SETOWN and F_SETSIG). An Action has no part of it that it could close or
untie. Only Linux lets the signal be SIGKILL; elsewhere hosts look for their parent themselves.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal


class Lifeline:
    """Ties a process group to the life of this process, until `close`."""

    def __init__(self, group: int) -> None:
        self._ends = os.pipe() if hasattr(fcntl, "F_SETSIG") else ()
        for end in self._ends:  # which of them is closed first is the kernel's affair
            with contextlib.suppress(OSError):  # the group is gone already
                fcntl.fcntl(end, fcntl.F_SETOWN, -group)
                fcntl.fcntl(end, fcntl.F_SETSIG, signal.SIGKILL)
                flags = fcntl.fcntl(end, fcntl.F_GETFL)
                fcntl.fcntl(end, fcntl.F_SETFL, flags | os.O_ASYNC)

    def close(self) -> None:
        """Give the pipe back; the group must have ended."""
        for end in self._ends:
            os.close(end)
