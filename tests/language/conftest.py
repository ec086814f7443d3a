"""Language servers for the tests: jedi's for the tests of a module, TypeScript's for all that ask it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from javascript_asking import running
from python_asking import code

from actionsmith.language.javascript import JavaScriptService, ServerFiles
from actionsmith.language.python.server_process import SERVER
from actionsmith.language.python.service import PythonService
from actionsmith.workshop import language_tools


@pytest.fixture(scope="session")
def server_cache(tmp_path_factory: pytest.TempPathFactory, decoded_contract: Path) -> Path:
    """What servers read and write; shared, so that only the first one parses the standard library."""
    home = tmp_path_factory.mktemp("server")
    (home / "actionsmith").mkdir()
    shutil.copy2(decoded_contract, home / "actionsmith")
    return home


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def python_service(server_cache: Path) -> AsyncIterator[PythonService]:
    """A service that is ready."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(server_cache))
        service = PythonService(SERVER)
        await service.hover(code("x"), 0, 0)
    yield service
    await service.close()


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
