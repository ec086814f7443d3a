"""`actionsmith doctor` tells what held an Action, because it has run one."""

from __future__ import annotations

from pathlib import Path

import pytest

from actionsmith.runtime.confinement import kernel, seccomp


@pytest.mark.parametrize("language", ["JavaScript", "Python"])
def test_the_confinement_is_told_by_language(cli, language: str) -> None:
    held = cli("doctor", "--json").json[f"confinement, {language}"]
    assert set(held) == {"files", "programs", "other processes", "memory", "network"}
    assert f"files: {held['files']}" in cli("doctor").out


def test_what_the_kernel_does_not_hold_is_said(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "landlock_abi", lambda: 0)
    monkeypatch.setattr(seccomp, "outer", lambda *_, **__: None)
    held = cli("doctor", "--json").json["confinement, Python"]
    assert held["other processes"] == "not enforced"
    assert held["files"] == "audit hook"


def test_an_unusable_node_is_said(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONSMITH_NODE", "/nowhere/node")
    facts = cli("doctor", "--json").json
    assert "/nowhere/node" in facts["confinement, JavaScript"]["Actions"]
    assert "files" in facts["confinement, Python"]


def test_typescript_is_told_and_how_to_get_it(cli, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    assert "'actionsmith doctor --install'" in cli("doctor", "--json").json["typescript"]
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(home / "npm"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert "npm's registry cannot be reached" in cli("doctor", "--install", "--json").json["typescript"]
