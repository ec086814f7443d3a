from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from actionsmith import nodejs
from actionsmith.errors import UserError


def test_the_bundled_node_and_npm_are_found_and_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(nodejs.CHOICE, raising=False)
    node, npm = nodejs.node_path(), nodejs.npm_cli()
    assert node == nodejs.bundled_node()
    answer = subprocess.run([node, npm, "--version"], capture_output=True, text=True, check=True)
    assert answer.stdout.count(".") == 2


def test_another_node_is_taken_by_path_or_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "my-node"
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    monkeypatch.setenv(nodejs.CHOICE, str(other))
    assert nodejs.node_path() == other
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(nodejs.CHOICE, "my-node")
    assert nodejs.node_path() == other


def test_a_choice_that_does_not_exist_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(nodejs.CHOICE, "/nowhere/node")
    with pytest.raises(UserError, match=r"ACTIONSMITH_NODE is '/nowhere/node'.*unset it"):
        nodejs.node_path()
