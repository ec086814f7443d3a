"""Both tools, sent to registries of our own."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from registries import CLOSED, NpmShelf, Quiet, Registry, served, wheel


@pytest.fixture
def no_registry(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Both tools are sent to a port where nothing listens, with empty caches of their own."""
    for name in ("UV_FIND_LINKS", "UV_EXTRA_INDEX_URL", "UV_INDEX", "UV_DEFAULT_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UV_INDEX_URL", CLOSED + "simple")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("UV_CACHE_DIR", str(home / "uv"))
    monkeypatch.setenv("npm_config_registry", CLOSED)
    monkeypatch.setenv("npm_config_cache", str(home / "npm"))


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_registry: None) -> Iterator[Path]:
    """A PyPI of our own on this machine: `tiny` 1.0 and 1.1 as wheels, and `raw` as source only."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for version in ("1.0", "1.1"):
        wheel(folder, "tiny", version)
    with tarfile.open(folder / "raw-1.0.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo("raw-1.0/PKG-INFO")
        data = b"Metadata-Version: 2.1\nName: raw\nVersion: 1.0\n"
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
    with served(Registry, folder) as address:
        monkeypatch.setenv("UV_INDEX_URL", f"{address}/simple")
        yield folder


@pytest.fixture
def npm_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_registry: None) -> Iterator[NpmShelf]:
    """An npm registry of our own on this machine, empty at first."""
    folder = tmp_path / "npm-shelf"
    folder.mkdir()
    with served(Quiet, folder) as address:
        monkeypatch.setenv("npm_config_registry", address)
        yield NpmShelf(folder, address)
