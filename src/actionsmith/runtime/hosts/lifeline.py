"""A host dies with its parent, however the parent dies and whatever the Action is doing.

The parent holds the writing end of a pipe into which nothing is ever written. When the parent is gone, the
kernel closes it and signals the owner of the reading end, which is the host's process group (fcntl(2),
F_SETOWN and F_SETSIG). Only Linux lets the signal be SIGKILL; elsewhere hosts look for their
parent themselves.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal


def tie(group: int, reading_end: int) -> None:
    """Have the kernel kill the process group when the last writing end of the pipe is closed."""
    if not hasattr(fcntl, "F_SETSIG"):
        return
    with contextlib.suppress(OSError):  # the host is gone already
        fcntl.fcntl(reading_end, fcntl.F_SETOWN, -group)
        fcntl.fcntl(reading_end, fcntl.F_SETSIG, signal.SIGKILL)
        flags = fcntl.fcntl(reading_end, fcntl.F_GETFL)
        fcntl.fcntl(reading_end, fcntl.F_SETFL, flags | os.O_ASYNC)
