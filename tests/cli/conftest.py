"""The command line in this process: arguments in; exit code, output and messages out."""

from __future__ import annotations

import io
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from outside_drafts import CODE, PYTHON

from actionsmith.tenant.tenant import Tenant


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return msgspec.json.decode(self.out)


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ended]:
    """`cli("run", "a.js", stdin="...")`."""

    def call(*args: str, stdin: str = "") -> Ended:
        from actionsmith.cli.root import root

        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = root.main(list(args), standalone_mode=False, prog_name="actionsmith")
        sys.stdout.flush()
        sys.stderr.flush()
        captured = capfdbinary.readouterr()
        return Ended(code, captured.out.decode(), captured.err.decode())

    return call


@pytest.fixture
def tenant(cli) -> str:
    """An empty tenant called `work`, chosen for the test."""
    assert cli("tenant", "create", "work").code == 0
    return "work"


@pytest.fixture
def drafts(tenant: str, home: Path) -> Tenant:
    """The tenant `work` with a JavaScript and a Python Action."""
    drafts = Tenant.open(home / "data/actionsmith/tenants" / tenant)
    drafts.create_action("Gate: one/two", "post-login", "javascript", CODE)
    drafts.create_action("Tag", "post-login", "python", PYTHON)
    return drafts


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets $EDITOR to a program with this body; `$1` is the file."""

    def make(body: str) -> None:
        program = tmp_path / "my editor"
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"'{program}'")

    return make
