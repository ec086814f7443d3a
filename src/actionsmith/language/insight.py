"""All that is known about the text of one editor: the answers of its language services put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeVar

import msgspec

from actionsmith.language.completion import Completion, CompletionResult
from actionsmith.language.service import (
    SEVERITIES,
    Code,
    Diagnostic,
    Hover,
    LanguageService,
    Signature,
    Span,
    Status,
    Target,
    TextEdit,
)

T = TypeVar("T")


class Insight:
    """Asks the services of a text, the quick ones first, and prefers the answer of the earlier.

    `code` makes the question of a text: what it belongs to. It gives None when there is nothing to know. The
    services are looked up at every question, so that one that was started meanwhile is heard.
    """

    def __init__(
        self, code: Callable[[str], Code | None], services: Callable[[str], tuple[LanguageService, ...]]
    ) -> None:
        self._code, self._services = code, services

    def status(self, text: str = "") -> Status:
        """How the last, most knowing of the services is."""
        _, services = self._question(text)
        return services[-1].status if services else Status("ready")

    async def completions(self, text: str, row: int, column: int) -> AsyncGenerator[CompletionResult]:
        """The proposals so far, each time a service has added to them; those of earlier services first."""
        code, services = self._question(text)
        together: CompletionResult | None = None
        tasks = (
            [asyncio.ensure_future(service.complete(code, row, column)) for service in services]
            if code
            else []
        )
        try:
            for task in tasks:
                found = await task
                if not found.items:
                    continue
                together = found if together is None else _joined(together, found)
                yield together
        finally:
            for task in tasks:
                task.cancel()

    async def describe(self, text: str, row: int, column: int, item: Completion) -> Completion:
        """The proposal with its documentation. One without a `handle` has it already."""
        code, services = self._question(text)
        if code is None or item.handle < 0:
            return item
        for service in services:
            described = await service.describe(code, row, column, item)
            if described is not item:
                return described
        return item

    async def hover(self, text: str, row: int, column: int) -> Hover | None:
        return await self._first(text, lambda service, code: service.hover(code, row, column))

    async def signature(self, text: str, row: int, column: int) -> Signature | None:
        return await self._first(text, lambda service, code: service.signature(code, row, column))

    async def definition(self, text: str, row: int, column: int) -> tuple[Target, ...]:
        return await self._first(text, lambda service, code: service.definition(code, row, column)) or ()

    async def references(self, text: str, row: int, column: int) -> tuple[Span, ...]:
        return await self._first(text, lambda service, code: service.references(code, row, column)) or ()

    async def rename(self, text: str, row: int, column: int, new_name: str) -> tuple[TextEdit, ...]:
        found = await self._first(text, lambda service, code: service.rename(code, row, column, new_name))
        return found or ()

    async def format(self, text: str) -> tuple[TextEdit, ...]:
        return await self._first(text, lambda service, code: service.format(code)) or ()

    async def diagnose(self, text: str) -> tuple[Diagnostic, ...]:
        """What is wrong, from top to bottom; said once where two services say the same."""
        code, services = self._question(text)
        if code is None:
            return ()
        answers = await asyncio.gather(*(service.diagnose(code) for service in services))
        found = {(each.span, each.message): each for answer in reversed(answers) for each in answer}
        return tuple(sorted(found.values(), key=lambda it: (it.span, SEVERITIES.index(it.severity))))

    def _question(self, text: str) -> tuple[Code | None, tuple[LanguageService, ...]]:
        code = self._code(text)
        return code, (self._services(code.language) if code else ())

    async def _first(
        self, text: str, ask: Callable[[LanguageService, Code], Awaitable[T | None]]
    ) -> T | None:
        code, services = self._question(text)
        if code is None:
            return None
        for service in services:
            answer = await ask(service, code)
            if answer:
                return answer
        return None


def _joined(first: CompletionResult, second: CompletionResult) -> CompletionResult:
    """Both lists, without what the first has already. A list about another word is left out."""
    if (first.start_column, first.replaces_after) != (second.start_column, second.replaces_after):
        return first
    known = {item.label for item in first.items}
    new = tuple(item for item in second.items if item.label not in known)
    return msgspec.structs.replace(first, items=(*first.items, *new), is_part=first.is_part or second.is_part)
