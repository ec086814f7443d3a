"""The language services of the workbench: the contract's at once, the others when the first screen is up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from textual.dom import DOMNode

from actionsmith.language.contract_service import ContractService
from actionsmith.language.service import LanguageService, Status
from actionsmith.tui.notices import toast

LOOK_SECONDS = 0.2
LOOK_SELDOM_SECONDS = 1.0
"""How often a service that is starting is looked at, and one that is there."""

CLOSING_SECONDS = 1.0


def _javascript() -> LanguageService:
    from actionsmith.workshop.language_tools import javascript_service

    service = javascript_service()
    service.start()
    return service


def _python() -> LanguageService:
    from actionsmith.language.python.service import PythonService

    service = PythonService()
    service.start()
    return service


MAKERS: dict[str, Callable[[], LanguageService]] = {"javascript": _javascript, "python": _python}


class Languages:
    """Which services answer for a language, the quick one first.

    A server is started when its language is first asked about, but not before `start`. `changed` is called
    whenever the state of one changes, for a screen that shows it and asks again.
    """

    def __init__(self, node: DOMNode, changed: Callable[[], None]) -> None:
        self._node, self._changed = node, changed
        self._contract = ContractService()
        self._servers: dict[str, LanguageService] = {}
        self._may_start = False

    def start(self) -> None:
        """From now on servers may be started."""
        self._may_start = True
        self._changed()

    def services(self, language: str) -> tuple[LanguageService, ...]:
        """The services for `javascript` or `python`."""
        server = self._servers.get(language)
        if server is None and self._may_start and language in MAKERS:
            server = self._servers[language] = MAKERS[language]()
            watching: Callable[[], Awaitable[None]] = partial(self._watch, server)
            self._node.run_worker(watching, exit_on_error=False)
        return (self._contract,) if server is None else (self._contract, server)

    async def _watch(self, server: LanguageService) -> None:
        """Tell how the service is whenever that changes: it starts, is there, is missing, died."""
        before: Status | None = None
        while True:
            status = server.status
            if status != before:
                self._changed()
                if status.state in ("missing", "failed") and status.note:
                    toast(self._node, status.note, "warning")
            before = status
            await asyncio.sleep(LOOK_SECONDS if status.state == "starting" else LOOK_SELDOM_SECONDS)

    async def close(self) -> None:
        """End their processes."""
        closing = [asyncio.ensure_future(server.close()) for server in self._servers.values()]
        if closing:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.gather(*closing, return_exceptions=True), CLOSING_SECONDS)
