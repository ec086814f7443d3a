"""`actionsmith doctor` tells what held an Action, because it has run one."""

from __future__ import annotations

import pytest

from actionsmith import packages
from actionsmith.errors import UserError
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
    assert "'actionsmith doctor --install'" in facts["typescript"]


def test_typescript_is_told_and_why_it_cannot_be_had(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise UserError("npm's registry cannot be reached")

    monkeypatch.setattr(packages, "ensure", refused)
    told = cli("doctor", "--install", "--json").json["typescript"]
    assert told.startswith("not installed: ") and told.endswith("npm's registry cannot be reached")
