"""The one Action of this process."""

from __future__ import annotations

import sys
import types
from typing import Any


class Action:
    """Its file, as errors and console lines name it, and its module's namespace, both set by loading."""

    def __init__(self) -> None:
        self.file = ""
        self.namespace: dict[str, Any] = {}

    def current_line(self) -> int | None:
        """The line of the Action's own file that is being run, in the thread that asks."""
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self.file:
                return frame.f_lineno
            frame = frame.f_back
        return None
