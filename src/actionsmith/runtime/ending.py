"""How a load or a call ended, and the words for a process that did not come to the end of its handler."""

from __future__ import annotations

import signal

import msgspec

from actionsmith.runtime.execution import ActionError, Stats, Status
from actionsmith.runtime.host_kind import Language


class Ending(msgspec.Struct, kw_only=True):
    """How a load or a call ended. `status` is `completed` when the host said that it returned."""

    status: Status
    error: ActionError | None = None
    stats: Stats = msgspec.field(default_factory=Stats)


def crash(name: str, message: str, line: int | None = None) -> Ending:
    """The ending of a process that did not come to the end of its handler."""
    return Ending(status="crashed", error=ActionError(name=name, message=message, line=line))


def timed_out(limit_s: float) -> Ending:
    """The Action took longer than it may."""
    message = f"the Action did not end within its time limit of {limit_s:g} s"
    return Ending(status="timed_out", error=ActionError(name="TimeLimit", message=message))


def exited(language: Language, code: int, line: int | None) -> Ending:
    """The Action ended its own process, and its host told so."""
    call = "process.exit" if language == "javascript" else "sys.exit"
    message = f"the Action ended its own process with {call}({code}); return from the handler instead"
    return crash("ProcessExit", message, line)


def out_of_memory(memory_mb: int) -> Ending:
    """The Action's process died for want of memory."""
    return crash("OutOfMemory", memory_message(memory_mb))


def memory_message(memory_mb: int) -> str:
    """What to say about an Action that wants more memory than it may have."""
    return f"the Action used more than its memory limit of {memory_mb} MB"


def died(code: int | None) -> Ending:
    """The process is gone; `code` is its exit code, negative for a signal, None when it is not known."""
    if code is None:
        how = "closed its pipe"
    elif code == -signal.SIGKILL:
        how = "was killed, by itself or by the system for want of memory,"
    else:
        how = f"ended with signal {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
    return crash("ProcessEnded", f"the Action's process {how} before the handler had returned")
