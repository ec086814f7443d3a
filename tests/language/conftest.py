"""A Python language server for the tests of a module; it keeps its caches in a folder of the tests' own."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from python_asking import code

from actionsmith.language.python.server_process import SERVER
from actionsmith.language.python.service import PythonService


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
