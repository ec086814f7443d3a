"""Real npm and uv; the tests without the mark need no registry."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest
from registries import CLOSED, NpmShelf, wheel

from actionsmith import nodejs
from actionsmith.errors import UserError
from actionsmith.packages import Installed, ensure, install, pypi, store

Language = Literal["javascript", "python"]


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


def test_what_npm_looks_up_is_not_called_fetched(npm_shelf: NpmShelf) -> None:
    """A registry that knows one version of `tiny`; another one is refused before anything is fetched."""
    npm_shelf.put("tiny", "1.0.0")
    lines: list[str] = []
    with pytest.raises(UserError, match="npm has no version that fits tiny@99"):
        install("javascript", [("tiny", "99")], lines.append)
    assert lines == ["asking npm for tiny 99", "looked up tiny"]


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


def test_install_scripts_are_not_run_but_mentioned(tmp_path: Path, npm_shelf: NpmShelf) -> None:
    npm_shelf.put("eager", "1.2.3", scripts={"install": f"touch {tmp_path}/ran"})
    lines: list[str] = []
    _, installed = install("javascript", [("eager", "")], lines.append)
    assert installed[0].version == "1.2.3"
    assert "eager has an install script, which was not run" in lines
    assert not (tmp_path / "ran").exists()


def test_a_package_that_must_be_compiled_is_refused(npm_shelf: NpmShelf) -> None:
    npm_shelf.put("native", "2.0.0", {"binding.gyp": "{}"}, scripts={"install": "node-gyp rebuild"})
    with pytest.raises(UserError, match=r"native 2\.0\.0 has to be compiled"):
        install("javascript", [("native", "")])


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
