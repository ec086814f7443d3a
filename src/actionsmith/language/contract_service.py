"""The language service that is always there: the contract and what the Action owns, without a process."""

from __future__ import annotations

import asyncio

from actionsmith.language.completion import CompletionResult
from actionsmith.language.service import Code, Hover, LanguageService, Signature


class ContractService(LanguageService):
    """Completion, hover and signatures of `event` and `api`, in both languages. Answers in a thread, where
    the contract is loaded when it is first asked for."""

    async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
        from actionsmith.language.contract_completion import contract_completions

        return await asyncio.to_thread(contract_completions, code, row, column)

    async def hover(self, code: Code, row: int, column: int) -> Hover | None:
        from actionsmith.language.contract_completion import contract_hover

        return await asyncio.to_thread(contract_hover, code, row, column)

    async def signature(self, code: Code, row: int, column: int) -> Signature | None:
        from actionsmith.language.contract_signature import contract_signature

        return await asyncio.to_thread(contract_signature, code, row, column)
