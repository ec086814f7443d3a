"""The language services of the workbench: the contract's at once, the others when the first screen is up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from textual.dom import DOMNode

from actionsmith.language.contract_service import ContractService
from actionsmith.language.service import LanguageService, Status
from actionsmith.threads import in_thread
from actionsmith.tui.notices import toast

LOOK_SECONDS = 0.2
LOOK_SELDOM_SECONDS = 1.0
"""How often a service that is starting is looked at, and one that is there."""

CLOSING_SECONDS = 1.0


def _javascript() -> Callable[[], LanguageService]:
    from actionsmith.workshop.language_tools import javascript_service

    return javascript_service


def _python() -> Callable[[], LanguageService]:
    from actionsmith.language.python.service import PythonService

    return PythonService


LOADERS: dict[str, Callable[[], Callable[[], LanguageService]]] = {
    "javascript": _javascript,
    "python": _python,
}
"""By language what imports the service, in a thread because it takes long, and gives what makes one."""


class Languages:
    """Which services answer for a language, the quick one first.

    A server is started when its language is first asked about, but not before `start`. `changed` is called
    whenever the state of one changes, for a screen that shows it and asks again.
    """

    def __init__(self, node: DOMNode, changed: Callable[[], None]) -> None:
        self._node, self._changed = node, changed
        self._contract = ContractService()
        self._servers: dict[str, LanguageService] = {}
        self._wanted: set[str] = set()
        self._may_start = False

    def start(self) -> None:
        """From now on servers may be started."""
        self._may_start = True
        self._changed()

    def services(self, language: str) -> tuple[LanguageService, ...]:
        """The services for `javascript` or `python`."""
        server = self._servers.get(language)
        if self._may_start and language in LOADERS and language not in self._wanted:
            self._wanted.add(language)
            bringing: Callable[[], Awaitable[None]] = partial(self._bring, language)
            self._node.run_worker(bringing, exit_on_error=False)
        return (self._contract,) if server is None else (self._contract, server)

    async def _bring(self, language: str) -> None:
        """Start the service of a language and watch it."""
        make = await in_thread(LOADERS[language])
        if self._may_start:
            server = self._servers[language] = make()
            server.start()
            await self._watch(server)

    async def _watch(self, server: LanguageService) -> None:
        """Tell how the service is whenever that changes: it starts, is there, is missing, died. What is
        missing is told once, however often it is looked for again."""
        before: Status | None = None
        told = ""
        while True:
            status = server.status
            if status != before:
                self._changed()
                if status.state in ("missing", "failed") and status.note not in ("", told):
                    toast(self._node, status.note, "warning")
                    told = status.note
                elif status.state == "ready":
                    told = ""
            before = status
            await asyncio.sleep(LOOK_SECONDS if status.state == "starting" else LOOK_SELDOM_SECONDS)

    async def close(self) -> None:
        """End their processes."""
        self._may_start = False
        closing = [asyncio.ensure_future(server.close()) for server in self._servers.values()]
        if closing:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.gather(*closing, return_exceptions=True), CLOSING_SECONDS)
