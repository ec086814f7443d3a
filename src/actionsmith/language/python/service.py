"""The language service for Python, as the editor asks it."""

from __future__ import annotations

from typing import Any

import msgspec

from actionsmith.language.completion import NOTHING, Completion, CompletionResult
from actionsmith.language.python.messages import ANSWERS, Question, Topic
from actionsmith.language.python.server_process import COMMAND, DELAYS_S, ServerProcess
from actionsmith.language.service import (
    Code,
    Diagnostic,
    Hover,
    Signature,
    Span,
    Status,
    Target,
    TextEdit,
)

_LIMITS_S: dict[Topic, float] = {
    "complete": 15.0,
    "describe": 10.0,
    "hover": 10.0,
    "signature": 10.0,
    "definition": 15.0,
    "references": 15.0,
    "rename": 15.0,
    "diagnose": 10.0,
    "format": 10.0,
}
"""The first look into a package takes jedi seconds. Whoever asked goes on writing meanwhile, and an answer
that is out of date when it comes is dropped."""

_FIRST_LIMIT_S = 10.0
"""How long the first questions may take, while the server is still starting."""


class PythonService:
    """Implements `LanguageService` with jedi and ruff in a process of its own.

    The process starts with `start` or the first question, on the event loop of that moment.
    """

    def __init__(self, command: tuple[str, ...] = COMMAND, delays_s: tuple[float, ...] = DELAYS_S) -> None:
        self._server = ServerProcess(command, delays_s)
        self._newest: dict[tuple[Topic, str], int] = {}

    @property
    def status(self) -> Status:
        return self._server.status

    @property
    def pid(self) -> int | None:
        """The process that answers now."""
        return self._server.pid

    def start(self) -> None:
        """Warm up ahead of the first question. Needs a running event loop; returns at once."""
        self._server.start()

    async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
        answer: CompletionResult | None = await self._ask("complete", code, row, column)
        return answer or NOTHING

    async def describe(self, code: Code, row: int, column: int, item: Completion) -> Completion:
        if item.handle < 0:  # the contract's: everything is told already
            return item
        answer: Completion | None = await self._ask("describe", code, row, column, item=item)
        return answer or item

    async def hover(self, code: Code, row: int, column: int) -> Hover | None:
        answer: Hover | None = await self._ask("hover", code, row, column)
        return answer

    async def signature(self, code: Code, row: int, column: int) -> Signature | None:
        answer: Signature | None = await self._ask("signature", code, row, column)
        return answer

    async def definition(self, code: Code, row: int, column: int) -> tuple[Target, ...]:
        answer: tuple[Target, ...] | None = await self._ask("definition", code, row, column)
        return answer or ()

    async def references(self, code: Code, row: int, column: int) -> tuple[Span, ...]:
        answer: tuple[Span, ...] | None = await self._ask("references", code, row, column)
        return answer or ()

    async def rename(self, code: Code, row: int, column: int, new_name: str) -> tuple[TextEdit, ...]:
        answer: tuple[TextEdit, ...] | None = await self._ask("rename", code, row, column, new_name=new_name)
        return answer or ()

    async def diagnose(self, code: Code) -> tuple[Diagnostic, ...]:
        answer: tuple[Diagnostic, ...] | None = await self._ask("diagnose", code)
        return answer or ()

    async def format(self, code: Code) -> tuple[TextEdit, ...]:
        answer: tuple[TextEdit, ...] | None = await self._ask("format", code)
        return answer or ()

    async def close(self) -> None:
        await self._server.close()

    async def _ask(
        self,
        topic: Topic,
        code: Code,
        row: int = 0,
        column: int = 0,
        new_name: str = "",
        item: Completion | None = None,
    ) -> Any:
        """The answer; None when there is none, or when a newer question of this kind came after it."""
        key, mine = (topic, code.name), 0

        def numbered(number: int) -> Question:
            nonlocal mine
            mine = self._newest[key] = number
            return Question(number, topic, row, column, new_name, item)

        value = await self._server.ask(code, numbered, _LIMITS_S[topic], _FIRST_LIMIT_S)
        if value is None or self._newest.get(key) != mine or bytes(value) == b"\xc0":
            return None
        return msgspec.msgpack.decode(value, type=ANSWERS[topic])
