"""Signals that ask the program to end, such as ctrl+c: obeyed where that harms nothing, else a moment later.

Python raises the exception of a signal between any two instructions, also of a function that C code has
called. Some C code is not made for that: msgspec crashes when looking at a type fails halfway, and others
take the exception for one of their own and drop it.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType

_SOON_S = 0.01
_NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What is always brought to its end: loading a module, looking at a type, starting or ending a host.
_WHOLE = ("importlib.", "_frozen_importlib", "msgspec", "typing", "actionsmith.runtime.hosts.process")

_asked_by: list[int] = []  # signals that wait


def obey() -> None:
    """Leave in order when asked to by KeyboardInterrupt or SystemExit, so that a running Action ends, too."""
    for number in _NUMBERS:
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup has it ignored
            signal.signal(number, _asked)
    signal.signal(signal.SIGALRM, _again)


def obey_late() -> None:
    """Obey now what still waits."""
    _again(signal.SIGALRM, None)


def leave_to_asyncio() -> None:
    """Have ctrl+c cancel what an event loop runs: asyncio sees to that where Python's own handler stands."""
    if signal.getsignal(signal.SIGINT) is _asked:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def ignore() -> None:
    """The program is on its way out: nothing can be asked of it any more."""
    for number in (*_NUMBERS, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)


def _asked(number: int, frame: FrameType | None) -> None:
    if _within(frame):
        _asked_by.append(number)
        signal.setitimer(signal.ITIMER_REAL, _SOON_S)
        return
    _asked_by.clear()
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)


def _again(_number: int, frame: FrameType | None) -> None:
    if _asked_by:
        _asked(_asked_by.pop(), frame)


def _within(frame: FrameType | None) -> bool:
    """Whether what is running must not be interrupted."""
    while frame is not None:
        if str(frame.f_globals.get("__name__")).startswith(_WHOLE):
            return True
        frame = frame.f_back
    return False
