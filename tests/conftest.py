"""Shared fixtures: no test touches the real home of the person running it."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from actionsmith import paths
from actionsmith.triggers import loader


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: tests of the screen and of processes wait for half of their time."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Collect garbage seldom: every boot of the workbench makes many small objects that are not garbage."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_unconfigure() -> None:
    """The process ends: its memory goes with it, so nobody has to look through it for garbage."""
    gc.freeze()


@pytest.fixture(scope="session")
def decoded_contract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The decoded copy of the contract, made once, so that each test's home starts warm."""
    home = tmp_path_factory.mktemp("contract")
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(home)
    try:
        loader._decoded.cache_clear()
        loader.trigger_ids()
        return next((home / "actionsmith").glob("contract-*"))
    finally:
        if before is None:
            del os.environ["XDG_CACHE_HOME"]
        else:
            os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test cuts the power, so none has to wait until the disk has everything."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


_homes = itertools.count()


@pytest.fixture(autouse=True)
def home(
    tmp_path_factory: pytest.TempPathFactory, decoded_contract: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """An empty home directory of the test's own. Not in its `tmp_path`, which most tests do not need."""
    home = tmp_path_factory.getbasetemp() / f"home{next(_homes)}"
    for variable, folder in {
        "HOME": home,
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_STATE_HOME": home / "state",
    }.items():
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.delenv("ACTIONSMITH_TENANT", raising=False)
    paths.cache_dir().mkdir(parents=True, exist_ok=True)
    shutil.copy2(decoded_contract, paths.cache_dir())
    yield home
