"""What an Action leaves in its temporary directory goes with it, whatever that is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from running import request

from actionsmith.runtime.engine import run
from actionsmith.runtime.hosts import leftovers

# Deeper than calls may nest; in Python, whose paths may be relative, also longer than a path may be.
DEEP = {
    "javascript": """const fs = require('fs');
exports.onExecutePostLogin = async () => {
  process.chdir(require('os').tmpdir());
  for (let n = 0; n < 1500; n += 1) {
    fs.mkdirSync('d');
    process.chdir('d');
  }
};""",
    "python": """import os, tempfile
def on_execute_post_login(event, api):
    os.chdir(tempfile.gettempdir())
    for _ in range(1500):
        open('file', 'w').close()
        os.mkdir('four')
        os.chdir('four')
""",
}
NOBODY = 65534
REMOVE = """import os, sys
from pathlib import Path
from actionsmith.runtime.hosts import leftovers
if os.geteuid() == 0:  # who may read everything
    os.setuid(int(sys.argv[2]))
leftovers.remove(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("language", DEEP)
def test_directories_in_each_other_without_end(language, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert run(request(DEEP[language], language)).status == "completed"
    assert list(tmp_path.iterdir()) == []


def test_directories_that_nobody_may_read(tmp_path):
    made = tmp_path / "actionsmith-run-1-x"
    for name in ("closed/inner", "shut/inner/most", "open"):
        (made / name).mkdir(parents=True)
    (made / "shut/file").touch()
    (made / "open/away").symlink_to(tmp_path)
    mode = {made / "shut/inner": 0o200, made / "shut": 0o500, made / "closed": 0, made: 0}
    if os.geteuid() == 0:
        for path in (tmp_path, made, *made.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    for path, bits in mode.items():
        path.chmod(bits)
    subprocess.run([sys.executable, "-c", REMOVE, made.name, str(NOBODY)], cwd=tmp_path, check=True)
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_leaves_alone_what_is_not_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    kept = [f"{leftovers.PREFIX}{parent}-x" for parent in (os.getpid(), "², me", 10**30, "")]
    for name in (*kept, f"{leftovers.PREFIX}{gone.pid}-x"):
        (tmp_path / name).mkdir()
    leftovers.sweep()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)
