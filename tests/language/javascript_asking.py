"""A JavaScript service for tests, and code with a caret in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from actionsmith.language.javascript import JavaScriptService, ServerFiles
from actionsmith.language.service import Code

CARET = "¦"


class Place(NamedTuple):
    """Code and a caret, in the order the questions of a service take them."""

    code: Code
    row: int
    column: int


def javascript(text: str, trigger: str = "post-login", **more: object) -> Place:
    """Code with its caret at the mark `¦`, at the start without one."""
    before, _, after = text.partition(CARET)
    rows = before.split("\n")
    place = (len(rows) - 1, len(rows[-1])) if CARET in text else (0, 0)
    return Place(Code(before + after, trigger, "javascript", **more), *place)


def in_handler(body: str, trigger: str = "post-login", **more: object) -> Place:
    """The same for the body of a handler."""
    return javascript(
        f"exports.onExecutePostLogin = async (event, api) => {{\n{body}\n}};\n", trigger, **more
    )


@asynccontextmanager
async def running(files: ServerFiles) -> AsyncIterator[JavaScriptService]:
    """A service whose server is there, ended afterwards."""
    service = JavaScriptService(lambda _progress: files)
    try:
        assert (await service.settled()).state == "ready"
        yield service
    finally:
        await service.close()
