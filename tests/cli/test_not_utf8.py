"""What is not UTF-8 text is refused in one sentence, wherever it comes in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BYTES = os.fsdecode(b"a\xff")
RUN = ["run", "a.js"]
RESUME = ["flow", "run", "post-login", "--resume", "x.json"]


@pytest.mark.parametrize(
    ("args", "place"),
    [
        ([*RUN, "--secret", f"KEY={BYTES}"], "argument 4 (--secret) is not UTF-8 text (byte 5)"),
        ([*RUN, f"--secret={BYTES}=value"], "argument 3 (--secret) is not UTF-8 text (byte 10)"),
        ([*RUN, "--set", f"user.ü{BYTES}=1"], "argument 4 (--set) is not UTF-8 text (byte 8)"),
        ([*RESUME, "--body", f"a={BYTES}"], "argument 7 (--body) is not"),
        ([*RESUME, "--query", f"{BYTES}=a"], "argument 7 (--query) is not"),
        (["secret", "set", "Gate", "KEY", BYTES], "argument 5 is not UTF-8 text (byte 1)"),
        (["secret", "set", "Gate", "KEY", BYTES, "--plain"], "argument 5 is not"),
        (["--tenant", BYTES, "log"], "argument 2 (--tenant) is not"),
        (["run", f"{BYTES}.js"], "argument 2 is not UTF-8 text (byte 1); write it in UTF-8; a file of such"),
    ],
)
def test_an_argument(cli, args, place):
    ended = cli(*args)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"actionsmith: {place}")
    assert ended.err.count("\n") == 1
    assert "KEY=" not in ended.err


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
@pytest.mark.parametrize(
    "args",
    [
        ["secret", "set", "Gate", "KEY"],
        ["secret", "set", "Gate", "KEY", "--plain"],
        ["run", "Gate", "--event", "-"],
    ],
)
def test_standard_input(cli, tenant, tmp_path, args, locale):
    code = tmp_path / "gate.js"
    code.write_text("exports.onExecutePostLogin = async (event) => { console.log(event.user.name); };")
    assert (
        cli("--tenant", tenant, "action", "new", "Gate", "--trigger", "post-login", "--code", str(code)).code
        == 0
    )
    program = Path(sys.executable).with_name("actionsmith")
    for data, code in ((b'{"user": "\xc3\xbc\xff"}', 2), ('{"user": {"name": "ü"}}'.encode(), 0)):
        ended = subprocess.run(
            [program, "--tenant", tenant, *args],
            input=data,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": locale},
        )
        assert ended.returncode == code, ended.stderr
        if code == 2:
            told = b"actionsmith: standard input is not UTF-8 text (byte 12); send it as UTF-8\n"
            assert (ended.stdout, ended.stderr) == (b"", told)
