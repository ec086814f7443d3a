"""The life of the Python language server: it comes back when it dies, and never outlives the program."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from python_asking import HANDLER, code, proposals

from actionsmith.language.python.server_process import COMMAND, SERVER
from actionsmith.language.python.service import PythonService

pytestmark = pytest.mark.xdist_group("python_service")


@pytest.fixture(autouse=True)
def warm_cache(server_cache: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(server_cache))


@pytest_asyncio.fixture
async def service() -> AsyncIterator[PythonService]:
    service = PythonService(SERVER)
    yield service
    await service.close()


async def until(true: Callable[[], object]) -> None:
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("what was waited for did not happen")


async def test_killed_while_asked_it_comes_back(service: PythonService) -> None:
    assert "user" in await proposals(service, f"{HANDLER}e.us|")
    first = service.pid
    assert first is not None
    asked = asyncio.create_task(proposals(service, f"{HANDLER}e.user.|"))
    await asyncio.sleep(0)
    os.kill(first, signal.SIGKILL)
    await asked  # whatever it got: it does not raise, and it does not wait for ever
    await until(lambda: service.status.state == "ready" and service.pid not in (first, None))
    assert "user" in await proposals(service, f"{HANDLER}e.us|")


async def test_one_that_dies_at_once_is_given_up_for_a_while(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    line = f"open({str(starts)!r}, 'a').write('x')"
    service = PythonService((sys.executable, "-I", "-S", "-c", line), (0, 0.01, 0.02))
    await service.diagnose(code("x"))
    await until(lambda: service.status.state == "failed")
    assert service.status.note
    assert 1 <= len(starts.read_text()) <= 3
    assert (await service.complete(code("x."), 0, 2)).items == ()
    await service.close()


async def test_a_program_that_is_not_there_is_said_and_started_once_it_is(tmp_path: Path) -> None:
    program = tmp_path / "missing"
    service = PythonService((str(program), *SERVER[1:]), (0.0, 0.1, 0.1, 0.1))
    assert await service.diagnose(code("x")) == ()
    assert service.status.state == "failed" and "cannot be started" in service.status.note
    made = tmp_path / "made"
    made.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    made.chmod(0o755)
    made.rename(program)
    await until(lambda: service.status.state == "ready")
    await service.close()


async def test_of_two_questions_the_newer_counts(service: PythonService) -> None:
    text = "".join(f"def f{n}(event):\n    return event.user\n" for n in range(300))
    older = asyncio.create_task(service.complete(code(f"{text}f1(1)."), 600, 6))
    newer = asyncio.create_task(service.complete(code("import json\njson.du"), 1, 7))
    assert (await older).items == ()
    assert {"dump", "dumps"} <= {item.label for item in (await newer).items}


async def test_packages_are_read_ahead_once(tmp_path: Path, server_cache: Path) -> None:
    package = tmp_path / "cool_pkg.py"
    package.write_text("def chill(): ...\n")
    service = PythonService(COMMAND)
    facts = {"packages": (str(tmp_path),), "dependencies": ("cool-pkg",)}
    await service.hover(code("x", **facts), 0, 0)
    kept = server_cache / "actionsmith" / "jedi"
    await until(lambda: list(kept.glob("warm-????????????????")))
    await service.close()
    assert [item for item in kept.rglob("*.pkl") if b"chill" in item.read_bytes()]


def test_it_ends_when_the_program_is_killed() -> None:
    program = """
import asyncio
from actionsmith.language.python.server_process import SERVER
from actionsmith.language.python.service import PythonService
from actionsmith.language.service import Code
async def main():
    service = PythonService(SERVER)
    await service.hover(Code("x", "post-login", "python"), 0, 0)
    print(service.pid, flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        child = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
    for _ in range(500):
        if not _lives(child):
            return
        time.sleep(0.02)
    raise AssertionError("the server outlived the program")


def _lives(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
