"""The process of TypeScript's server: found, started, started again when it dies, ended with the program."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from actionsmith.errors import UserError
from actionsmith.language.javascript.connection import READ_AHEAD, Connection, Method
from actionsmith.language.javascript.documents import Documents
from actionsmith.language.service import Status
from actionsmith.threads import in_thread

_T = TypeVar("_T")
Progress = Callable[[str], None]

START_PATIENCE_S = 30.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 30.0
STEADY_S = 20.0
"""A server that lived this long died of something new: the pauses before a restart begin anew."""

LOOK_AGAIN_S, LOOK_SELDOM_S = 60.0, 600.0
"""After how long a server that could not be had is looked for again, at first and in the end."""

_INITIALIZE = Method("initialize", dict[str, Any])
_KEPT = ("HOME", "PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LANG")


class ServerFiles(msgspec.Struct, frozen=True):
    """Where the server is: its program, and the folder `@types` with the types of Node.js."""

    program: Path
    types: Path


class Server:
    """Keeps a server running from `start` to `close`. Belongs to one event loop.

    `find` gives the files of the server; it is called in a thread of its own and may take its time to install
    them, with a line for each step. It raises UserError when they cannot be had.
    """

    def __init__(self, find: Callable[[Progress], ServerFiles]) -> None:
        self._find = find
        self._keeper: asyncio.Task[None] | None = None
        self._documents: Documents | None = None
        self._has_news = asyncio.Event()
        self._status = Status("starting")

    @property
    def status(self) -> Status:
        return self._status

    @property
    def documents(self) -> Documents | None:
        """The texts in the server, or None while there is no server; then one is on its way."""
        self.start()
        documents = self._documents
        return documents if documents is not None and documents.connection.is_open else None

    def start(self) -> None:
        """See to it that there will be a server."""
        if self._keeper is None:
            self._keeper = asyncio.create_task(self._keep())

    async def settled(self) -> Status:
        """The status as soon as it is another than `starting`."""
        self.start()
        while self._status.state == "starting":
            await self._has_news.wait()
            self._has_news.clear()
        return self._status

    def give_up(self) -> None:
        """The server hangs: end it, so that another one is started."""
        if self._documents is not None:
            self._documents.connection.kill()

    async def close(self) -> None:
        """End the server and whatever was under way to it."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.wait([self._keeper])
        self._tell(Status("missing", "the service was closed"))

    async def _keep(self) -> None:
        pause, look_again = FIRST_PAUSE_S, LOOK_AGAIN_S
        while True:
            born = time.monotonic()
            try:
                files = await in_thread(lambda: self._find(self._report))
                born = time.monotonic()
                await self._serve(files)
                look_again = LOOK_AGAIN_S
            except UserError as error:
                self._tell(Status("missing", str(error), "no TypeScript"))
                await asyncio.sleep(look_again)
                look_again = min(look_again * 2, LOOK_SELDOM_S)
                continue
            except Exception as error:  # of whatever kind: nobody else would start it again
                reason = f"TypeScript's server cannot be started: {error or type(error).__name__}"
                self._tell(Status("failed", reason, "TypeScript failed"))
            if time.monotonic() - born > STEADY_S:
                pause = FIRST_PAUSE_S
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    async def _serve(self, files: ServerFiles) -> None:
        """Run one server until it is gone."""
        process = await asyncio.create_subprocess_exec(
            files.program,
            "--lsp",
            "--stdio",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            cwd=files.types,
            start_new_session=True,
            limit=READ_AHEAD,
        )
        connection = Connection(process)
        try:
            agreed = await connection.ask(_INITIALIZE, _introduction(), patience_s=START_PATIENCE_S)
            if agreed is None:
                raise OSError("it ended before it answered")
            connection.notify("initialized", {})
            self._documents = Documents(connection, files.types)
            self._tell(Status("ready"))
            await connection.ended()
        finally:
            self._documents = None
            if self._status.state == "ready":
                reason = "TypeScript's server ended and is started again"
                self._tell(Status("starting", reason, "starting TypeScript"))
            await connection.close()

    def _report(self, line: str) -> None:
        """A step of the installation, told from its thread."""
        self._status = Status("starting", line)

    def _tell(self, status: Status) -> None:
        self._status = status
        self._has_news.set()


def _introduction() -> dict[str, Any]:
    """What the server is told of the editor. With the process id it also ends when the editor is killed."""
    text_document = {
        "completion": {
            "completionItem": {
                "snippetSupport": False,
                "documentationFormat": ["markdown"],
                "resolveSupport": {"properties": ["documentation", "detail"]},
            }
        },
        "hover": {"contentFormat": ["markdown"]},
        "signatureHelp": {
            "signatureInformation": {"documentationFormat": ["markdown"], "activeParameterSupport": True}
        },
        "diagnostic": {"relatedInformation": True, "tagSupport": {"valueSet": [1, 2]}},
        "publishDiagnostics": {"relatedInformation": True, "tagSupport": {"valueSet": [1, 2]}},
    }
    return {
        "processId": os.getpid(),
        "rootUri": None,
        "workspaceFolders": None,
        "capabilities": {"textDocument": text_document, "workspace": {"configuration": True}},
    }
