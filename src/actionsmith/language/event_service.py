"""The language service for the JSON of an event: the contract of its trigger, without a process."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence

import msgspec

from actionsmith.language.completion import CompletionResult
from actionsmith.language.event_json import complete_event, event_hover
from actionsmith.language.service import Code, Diagnostic, Hover, LanguageService, Span, TextEdit
from actionsmith.triggers.validation import Fault, check_event

Checker = Callable[[str, str], Sequence[Fault]]
"""Trigger id and text of an event to what is wrong with it. Called in a thread."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\w.+-]+|\S')


class EventService(LanguageService):
    """Completion, hover, faults and formatting. Without a `Code.trigger` there is nothing to say."""

    def __init__(self, check: Checker = check_event) -> None:
        self._check = check

    async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
        if not code.trigger:
            return await super().complete(code, row, column)
        return await asyncio.to_thread(complete_event, code.trigger, code.text, row, column)

    async def hover(self, code: Code, row: int, column: int) -> Hover | None:
        if not code.trigger:
            return None
        text = await asyncio.to_thread(event_hover, code.trigger, code.text, row, column)
        return Hover(text.partition("\n")[0], text.partition("\n")[2].strip()) if text else None

    async def diagnose(self, code: Code) -> tuple[Diagnostic, ...]:
        if not code.trigger:
            return ()
        faults = await asyncio.to_thread(self._check, code.trigger, code.text)
        lines = code.text.split("\n")
        return tuple(Diagnostic(_span(fault, lines), "warning", fault.message, "event") for fault in faults)

    async def format(self, code: Code) -> tuple[TextEdit, ...]:
        """The whole text, two spaces a level; nothing for a text that is not JSON or is so already."""
        return await asyncio.to_thread(_formatted, code.text)


def _formatted(text: str) -> tuple[TextEdit, ...]:
    try:
        new = msgspec.json.format(text.encode(), indent=2).decode()
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return ()
    new += text[len(text.rstrip()) :]
    lines = text.split("\n")
    whole = Span(0, 0, len(lines) - 1, len(lines[-1]))
    return (TextEdit(whole, new),) if new != text else ()


def _span(fault: Fault, lines: Sequence[str]) -> Span:
    """From the place of a fault to the end of the word there."""
    row = min(fault.line, len(lines)) - 1
    column = min(fault.column - 1, len(lines[row]))
    found = _TOKEN.match(lines[row], column)
    return Span(row, column, row, found.end() if found else len(lines[row]))
