"""The pipe to the parent, and what happens when the parent is gone."""

from __future__ import annotations

import json
import os
import select
import signal
import threading
from typing import Any

from .record import Record


class Pipe:
    """Frames to and from the parent. Threads of the Action may write at the same time."""

    def __init__(self, read: int, write: int) -> None:
        self.incoming = open(read, "rb", buffering=1 << 16, closefd=False)
        self.write = write
        self.lock = threading.RLock()

    def receive(self) -> Record:
        line = self.incoming.readline()
        if not line:
            os._exit(0)  # the parent is gone
        frame: Record = json.loads(line, object_hook=Record)
        return frame

    def send(self, frame: dict[str, Any]) -> None:
        data = memoryview((json.dumps(frame) + "\n").encode())
        with self.lock:
            while data:
                data = data[os.write(self.write, data) :]

    def ask(self, frame: dict[str, Any]) -> Record:
        with self.lock:
            self.send(frame)
            return self.receive()


def end_with_parent(read: int) -> None:
    """Wait for the parent's end of the pipe to close, then end with everything that was started here.

    An Action that sleeps would outlive a parent that was killed.
    """
    poll = select.poll()
    poll.register(read, 0)  # hanging up is always told, and nothing else here
    poll.poll()
    os.killpg(os.getpid(), signal.SIGKILL)
