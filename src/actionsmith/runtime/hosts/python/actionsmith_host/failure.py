"""Exceptions as the frames of the pipe tell them."""

from __future__ import annotations

import os
import traceback
from typing import Any

HOST_FOLDER = os.path.dirname(__file__)
MOST_CAUSES = 20  # they may go round in a circle
MOST_TEXT = 100_000  # characters of a message or stack
LAST_LINE = 2**31 - 1


def describe(error: BaseException, file: str) -> dict[str, Any]:
    """Name, message and stack of `error`, and the line and column of `file`, the Action, it comes from.

    The host's own frames are no part of the stack.
    """
    line = column = None
    if isinstance(error, SyntaxError) and error.filename == file:
        line, column = error.lineno, error.offset
    else:
        for frame, number in traceback.walk_tb(error.__traceback__):
            if frame.f_code.co_filename == file:
                line, column = number, None
        for summary in traceback.extract_tb(error.__traceback__):
            if summary.filename == file and summary.colno is not None:
                column = summary.colno + 1
    return {
        "name": type(error).__name__[:MOST_TEXT],
        "message": _cut(_message(error)),
        "line": _place(line),
        "column": _place(column),
        "stack": _cut(_stack(error)),
    }


def _cut(text: str) -> str:
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}... ({len(text)} characters)"


def _place(number: Any) -> int | None:
    """A line or column, unless there is none with that number: an Action makes SyntaxErrors as it likes."""
    return number if isinstance(number, int) and 1 <= number <= LAST_LINE else None


def _message(error: BaseException) -> str:
    """The exception's text. Some of httpx have none: then the first that is told of what caused it."""
    try:
        text = str(error.msg if isinstance(error, SyntaxError) else error)
        cause = error.__cause__
        for _ in range(MOST_CAUSES):
            if text or cause is None:
                break
            text, cause = str(cause), cause.__cause__ or cause.__context__
        return text
    except Exception:
        return "<the exception cannot be shown as text>"


def _stack(error: BaseException) -> str:
    shown = traceback.TracebackException.from_exception(error)
    waiting: list[traceback.TracebackException | None] = [shown]
    while waiting:
        one = waiting.pop()
        if one is not None:
            one.stack = traceback.StackSummary.from_list(
                [frame for frame in one.stack if os.path.dirname(frame.filename) != HOST_FOLDER]
            )
            waiting += [one.__cause__, one.__context__, *(getattr(one, "exceptions", None) or ())]
    return "".join(shown.format()).rstrip("\n")
