"""Packages that want to run code while they are installed, or to bring something along from elsewhere."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from registries import NpmShelf, wheel

from actionsmith.errors import UserError
from actionsmith.packages import install


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A git repository: who installs from it with npm runs its program. Gives the file that appears then."""
    ran = tmp_path / "ran"
    files = {
        "package.json": json.dumps(
            {
                "name": "deep",
                "version": "1.0.0",
                "devDependencies": {"deeper": "git+file:///nowhere"},
                "scripts": {"prepare": "true"},  # for this npm installs into the repository first
            }
        ),
        ".npmrc": "git=./trap.sh\nscript-shell=./trap.sh\n",
        "trap.sh": f"#!/bin/sh\ntouch {ran}\n",
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "trap"\nbackend-path = ["."]\n',
        "trap.py": f"open({str(ran)!r}, 'w')\n",
    }
    repository = tmp_path / "repository"
    repository.mkdir()
    for name, text in files.items():
        (repository / name).write_text(text)
    (repository / "trap.sh").chmod(0o755)
    git = ["git", "-C", str(repository), "-c", "user.name=t", "-c", "user.email=t@example.com"]
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "trap"]):
        subprocess.run([*git, *command], check=True)
    return ran


ELSEWHERE = {
    "git+file://{repository}": "a git repository",
    "file:{repository}": "a folder",
    "file:{repository}/package.tgz": "a file",
    "{address}/deep-1.0.0.tgz": "a web address",
}


@pytest.mark.parametrize("place", ELSEWHERE)
def test_packages_of_npm_bring_nothing_from_elsewhere(
    npm_shelf: NpmShelf, tmp_path: Path, trap: Path, place: str
) -> None:
    npm_shelf.put("deep", "1.0.0")
    there = place.format(repository=tmp_path / "repository", address=npm_shelf.address)
    npm_shelf.put("shallow", "1.0.0", dependencies={"deep": there})
    with pytest.raises(UserError, match=f"shallow needs a package from {ELSEWHERE[place]} instead of"):
        install("javascript", [("shallow", "")])
    assert not trap.exists()


def test_what_is_optional_and_from_elsewhere_is_left_out(
    npm_shelf: NpmShelf, tmp_path: Path, trap: Path
) -> None:
    npm_shelf.put("shallow", "1.0.0", optionalDependencies={"deep": f"git+file://{tmp_path}/repository"})
    folder, _ = install("javascript", [("shallow", "")])
    assert not (folder / "node_modules" / "deep").exists()
    assert not trap.exists()


def test_packages_of_npm_may_need_others_of_the_registry(npm_shelf: NpmShelf) -> None:
    npm_shelf.put("deep", "1.0.0")
    npm_shelf.put("shallow", "1.0.0", dependencies={"deep": "^1.0.0"})
    folder, _ = install("javascript", [("shallow", "")])
    assert (folder / "node_modules" / "deep" / "index.js").exists()


@pytest.mark.parametrize(
    "place", ["git+file://{repository}", "file://{repository}", "file://{wheels}/tiny-1.0-py3-none-any.whl"]
)
def test_packages_of_pypi_bring_nothing_from_elsewhere(
    shelf: Path, tmp_path: Path, trap: Path, place: str
) -> None:
    there = place.format(repository=tmp_path / "repository", wheels=shelf)
    wheel(shelf, "shallow", "1.0", requires=f"tiny @ {there}")
    with pytest.raises(UserError, match="shallow needs a package from an address instead of the registry"):
        install("python", [("shallow", "")])
    assert not trap.exists()
