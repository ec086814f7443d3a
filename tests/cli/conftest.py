"""The command line in this process: arguments in; exit code, output and messages out."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import NamedTuple

import msgspec
import pytest


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
