"""Real npm and uv; the tests without the mark need no registry."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Literal

import pytest

from actionsmith import nodejs
from actionsmith.errors import UserError
from actionsmith.packages import Installed, ensure, install, npm, pypi, store

CLOSED = "http://127.0.0.1:9/"
Language = Literal["javascript", "python"]


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
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Registry, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("UV_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple")
    yield folder
    server.shutdown()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each request."""

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Registry(Quiet):
    """Lists the files of one package under /simple/<name>/ and hands them out."""

    def do_GET(self) -> None:
        name = self.path.strip("/").rpartition("/")[2]
        files = [path.name for path in Path(self.directory).glob(f"{name}-*")]
        if not self.path.startswith("/simple/"):
            super().do_GET()
        elif files:
            page = "".join(f'<a href="/{file}">{file}</a>' for file in files).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)
        else:
            self.send_error(404)


def wheel(folder: Path, name: str, version: str) -> None:
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}.py", f"VERSION = '{version}'\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


def npm_tarball(folder: Path, files: dict[str, str]) -> Path:
    path = folder / "package.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return path


def test_the_newest_is_resolved_pinned_and_can_be_imported(shelf: Path) -> None:
    lines: list[str] = []
    folder, installed = install("python", [("tiny", "")], lines.append)
    assert installed == [Installed(name="tiny", version="1.1", requested="")]
    assert (folder / "tiny.py").read_text() == "VERSION = '1.1'\n"
    assert lines[0] == "asking PyPI for tiny"
    assert lines[-1] == "installed tiny 1.1"


def test_what_is_there_costs_no_registry_and_no_time(shelf: Path) -> None:
    folder, _ = install("python", [("tiny", "1.0")])
    for path in shelf.iterdir():
        path.unlink()
    lines: list[str] = []
    assert install("python", [("tiny", "1.0")], lines.append)[0] == folder
    assert ensure("python", [("tiny", "1.0")], lines.append) == folder
    assert lines == []


def test_what_npm_looks_up_is_not_called_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_registry: None
) -> None:
    """A registry that knows one version of `tiny`; another one is refused before anything is fetched."""
    registry = tmp_path / "registry"
    registry.mkdir()
    npm_tarball(registry, {"package.json": '{"name": "tiny", "version": "1.0.0"}'})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(registry)))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    (registry / "package.tgz").rename(registry / "tiny-1.0.0.tgz")
    (registry / "tiny").write_text(
        json.dumps(
            {
                "name": "tiny",
                "dist-tags": {"latest": "1.0.0"},
                "versions": {
                    "1.0.0": {
                        "name": "tiny",
                        "version": "1.0.0",
                        "dist": {"tarball": f"{address}/tiny-1.0.0.tgz"},
                    }
                },
            }
        )
    )
    monkeypatch.setenv("npm_config_registry", address)
    lines: list[str] = []
    try:
        with pytest.raises(UserError, match="npm has no version that fits tiny@99"):
            install("javascript", [("tiny", "99")], lines.append)
        assert lines == ["asking npm for tiny 99", "looked up tiny"]
    finally:
        server.shutdown()
        server.server_close()


def test_different_wishes_for_one_version_share_a_folder(shelf: Path) -> None:
    newest, _ = install("python", [("tiny", "")])
    ranged, installed = install("python", [("tiny", ">=1.1")])
    assert installed[0].requested == ">=1.1"
    assert newest == ranged == ensure("python", [("tiny", "1.1")])
    assert ensure("python", [("tiny", "1.0")]) != newest


def test_ensure_installs_what_is_missing(shelf: Path) -> None:
    assert (ensure("python", [("tiny", "1.0")]) / "tiny.py").read_text() == "VERSION = '1.0'\n"


def test_no_dependencies_need_no_tool(no_registry: None) -> None:
    for language in ("javascript", "python"):
        assert list(ensure(language, []).iterdir()) == []


def test_an_old_answer_is_asked_again_and_serves_without_a_network(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, installed = install("python", [("tiny", "")])
    wheel(shelf, "tiny", "2.0")
    assert install("python", [("tiny", "")]) == (folder, installed)

    monkeypatch.setattr(store, "ANSWER_LASTS_S", 0)
    registry = os.environ["UV_INDEX_URL"]
    monkeypatch.setenv("UV_INDEX_URL", CLOSED + "simple")
    lines: list[str] = []
    assert install("python", [("tiny", "")], lines.append) == (folder, installed)
    assert "using what was resolved before" in lines[-1]

    monkeypatch.setenv("UV_INDEX_URL", registry)
    assert install("python", [("tiny", "")])[1][0].version == "2.0"


def test_a_failed_installation_leaves_nothing_behind(shelf: Path, home: Path) -> None:
    with pytest.raises(UserError, match="PyPI knows no package absent"):
        install("python", [("tiny", ""), ("absent", "")])
    left = [path for path in (home / "cache/actionsmith/packages").rglob("*") if path.is_dir()]
    assert {path.name for path in left} == {"python", "making"}


def test_a_broken_off_installation_is_cleaned_up_and_made_anew(shelf: Path) -> None:
    def stop(_line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install("python", [("tiny", "")], stop)
    assert install("python", [("tiny", "")])[1][0].version == "1.1"


def test_two_processes_install_the_same_at_once(shelf: Path) -> None:
    code = (
        "from actionsmith.packages import install; folder, _ = install('python', [('tiny', '1.0')]);"
        "print((folder / 'tiny.py').read_text().strip(), folder)"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    answers = [process.communicate(timeout=60)[0] for process in both]
    assert answers[0] == answers[1]
    assert answers[0].startswith("VERSION = '1.0'")


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (("tiny", "9"), "PyPI has no version that fits tiny==9"),
        (("tiny", ">=9"), "PyPI has no version that fits tiny>=9"),
        (("raw", ""), "no wheel for this machine"),
        (("tiny", ">>1"), "'tiny>>1' is not a package with a version"),
    ],
)
def test_what_pypi_cannot_give_is_a_sentence(shelf: Path, wanted: tuple[str, str], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        install("python", [wanted])


@pytest.mark.parametrize(("language", "registry"), [("javascript", "npm's registry"), ("python", "PyPI")])
def test_no_network_is_a_sentence(no_registry: None, language: Language, registry: str) -> None:
    with pytest.raises(UserError, match=rf"six.* cannot be installed: {registry} cannot be reached"):
        install(language, [("six", "1.0")])


def test_install_scripts_are_not_run_but_mentioned(tmp_path: Path, no_registry: None) -> None:
    manifest = {"name": "eager", "version": "1.2.3", "scripts": {"install": f"touch {tmp_path}/ran"}}
    tarball = npm_tarball(tmp_path, {"package.json": json.dumps(manifest), "index.js": ""})
    folder, lines = tmp_path / "target", list[str]()
    folder.mkdir()
    installed = npm.install_into(folder, [("eager", f"file:{tarball}")], lines.append)
    assert installed[0].version == "1.2.3"
    assert lines == ["eager has an install script, which was not run"]
    assert not (tmp_path / "ran").exists()


def test_a_package_that_must_be_compiled_is_refused(tmp_path: Path, no_registry: None) -> None:
    manifest = {"name": "native", "version": "2.0.0", "scripts": {"install": "node-gyp rebuild"}}
    tarball = npm_tarball(tmp_path, {"package.json": json.dumps(manifest), "binding.gyp": "{}"})
    folder = tmp_path / "target"
    folder.mkdir()
    with pytest.raises(UserError, match=r"native 2\.0\.0 has to be compiled"):
        npm.install_into(folder, [("native", f"file:{tarball}")], lambda _line: None)


@pytest.mark.network
def test_real_packages_from_npm() -> None:
    folder, installed = install("javascript", [("ms", "2.1.3"), ("left-pad", "")])
    assert installed[0] == Installed(name="ms", version="2.1.3", requested="2.1.3")
    assert installed[1].version
    code = "console.log(require('ms')('2 days'))"
    answer = subprocess.run(
        [nodejs.bundled_node(), "-e", code], cwd=folder, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "172800000"


@pytest.mark.network
@pytest.mark.parametrize(
    ("name", "requested", "sentence"),
    [
        ("ms", "999", "npm has no version that fits ms@999"),
        ("no-such-package-8c1f5e", "", "npm knows no package no-such-package-8c1f5e"),
        ("@no-such-scope-8c1f5e/x", "1", "npm knows no package @no-such-scope-8c1f5e/x@1"),
        ("ms", "=!=", "npm does not accept ms@=!="),
    ],
)
def test_what_npm_cannot_give_is_a_sentence(name: str, requested: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        install("javascript", [(name, requested)])


@pytest.mark.network
def test_a_real_package_from_pypi_with_its_own_dependencies() -> None:
    folder, installed = install("python", [("httpx", ">=0.27")])
    assert installed[0].name == "httpx"
    assert (folder / "httpx").is_dir() and (folder / "httpcore").is_dir()
    assert pypi.canonical("Typing_Extensions") == "typing-extensions"
