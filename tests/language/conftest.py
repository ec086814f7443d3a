"""TypeScript's server, installed and started once for all tests that ask it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from javascript_asking import running

from actionsmith.language.javascript import JavaScriptService, ServerFiles
from actionsmith.workshop import language_tools


@pytest.fixture(scope="session")
def typescript(tmp_path_factory: pytest.TempPathFactory) -> ServerFiles:
    """The server in a cache of the test session's own. Ask for it in the group `typescript` only."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "typescript"))
        return language_tools.javascript_server()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def service(typescript: ServerFiles) -> AsyncIterator[JavaScriptService]:
    """One service for tests that leave it as it is."""
    async with running(typescript) as started:
        yield started
