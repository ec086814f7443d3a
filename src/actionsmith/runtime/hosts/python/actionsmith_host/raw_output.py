"""What goes past the console, to standard output and error themselves: the parent gets it by other ways."""

from __future__ import annotations

import sys
from fcntl import ioctl  # an Action may replace it

from .codec import encode
from .pipe import Pipe

FIONREAD = 0x541B
"""Linux: how many bytes are in a pipe and not read yet. Elsewhere a writer is not told."""
STREAMS = (1, 2) if sys.platform == "linux" else ()


class RawOutput:
    """Lets the parent read it before it is told what came after it. `going_on`: the parent answers."""

    def __init__(self, pipe: Pipe) -> None:
        self.pipe = pipe
        self.going_on = False
        self.count = bytearray(4)

    def settle(self, at: float) -> None:
        """Wait until the parent has read what was written so far; `at` is this moment."""
        if not self._unread():
            return
        with self.pipe.lock:
            if self.going_on:  # else a thread that was left behind would take away the next order
                self.pipe.ask(encode({"t": "output", "at": at}))

    def _unread(self) -> bool:
        for stream in STREAMS:
            try:
                ioctl(stream, FIONREAD, self.count)
            except OSError:  # the Action has closed it
                continue
            if any(self.count):
                return True
        return False
