"""Which lines of the Action have run; imported only when a run asks for it.

From Python 3.12 on the interpreter tells each line of the Action once and costs nothing afterwards. Before,
a trace function is called for every line; what has been seen is traced no more, and an Action that computes
for long is let go, so that being watched never makes it miss its time limit.
"""

from __future__ import annotations

import ast
import sys
import threading
from collections.abc import Callable, Iterator
from sys import gettrace, settrace  # an Action may replace them
from types import CodeType, FrameType
from typing import Any

MOST_EVENTS = 500_000  # of the trace function: a fraction of a second

_Codes = list[tuple[CodeType, set[int]]]
"""Code objects, each with the lines it stands on."""


class Coverage:
    """The lines of the Action's code objects, and those of them that have run."""

    def __init__(self) -> None:
        self.lines: set[int] = set()
        self.ran: set[int] = set()
        self.is_whole: Callable[[], bool] = lambda: False

    def watch(self, code: CodeType, text: str) -> None:
        """Watch this code, which is about to run for the first time, and all that is defined in it."""
        codes = [(one, _own_lines(one)) for one in _all_codes(code)]
        self.lines = set().union(*(lines for _, lines in codes)) - _docstrings(text)
        if sys.version_info >= (3, 12):
            self.is_whole = _monitor(codes, self.ran)
        else:
            self.is_whole = _trace(codes, self.ran)

    def frame(self) -> dict[str, Any] | None:
        """The frame that tells what has run; None when it is not known as a whole."""
        if not self.is_whole():
            return None
        ran = self.lines & self.ran
        return {"t": "lines", "ran": sorted(ran), "missed": sorted(self.lines - ran)}


def _all_codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _all_codes(constant)


def _own_lines(code: CodeType) -> set[int]:
    """The lines code stands on. The one a function begins on belongs to the code that defines it."""
    lines = {
        line
        for start, end, line in code.co_lines()
        if line and not (start == 0 and end == 2)  # alone there, it is no code of anybody
    }
    return lines if code.co_name == "<module>" else lines - {code.co_firstlineno}


def _docstrings(text: str) -> set[int]:
    """Lines of docstrings of the module and its classes, which are stored; those of functions are no code."""
    found: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef) and ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            found.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return found


if sys.version_info >= (3, 12):

    def _monitor(codes: _Codes, ran: set[int]) -> Callable[[], bool]:
        """Have each line told once. Returns whether that is still so."""
        monitoring = sys.monitoring
        tool, lines, seen = monitoring.COVERAGE_ID, monitoring.events.LINE, monitoring.DISABLE
        get_tool, name = monitoring.get_tool, "actionsmith"

        def reached(code: CodeType, line: int) -> Any:
            ran.add(line)
            return seen

        monitoring.use_tool_id(tool, name)
        monitoring.register_callback(tool, lines, reached)
        for code, _ in codes:
            monitoring.set_local_events(tool, code, lines)
        return lambda: get_tool(tool) == name

else:

    def _trace(codes: _Codes, ran: set[int]) -> Callable[[], bool]:
        """Trace this thread and those that it starts. Returns whether that is still so."""
        unseen = {id(code): set(lines) for code, lines in codes}
        left = MOST_EVENTS

        def entered(frame: FrameType, event: str, argument: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                settrace(None)
            return reached if unseen.get(id(frame.f_code)) else None

        def reached(frame: FrameType, event: str, argument: Any) -> Any:
            nonlocal left
            if event == "line":
                lines, line = unseen[id(frame.f_code)], frame.f_lineno
                ran.add(line)
                lines.discard(line)
                left -= 1
                if not lines:
                    frame.f_trace_lines = False
                elif left < 0:
                    settrace(None)
            return reached

        threading.settrace(entered)
        settrace(entered)
        return lambda: gettrace() is entered
