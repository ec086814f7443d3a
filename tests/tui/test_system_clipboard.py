"""The clipboard of the system."""

from __future__ import annotations

import base64
import os
import time
from pathlib import Path

import pytest

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui import system_clipboard
from actionsmith.tui.app import ActionsmithApp
from actionsmith.tui.system_clipboard import clipboard_command, through_tmux


def program(folder: Path, name: str, body: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", "wl-copy"),
        ({"DISPLAY": ":0"}, "linux", "xclip"),
        ({"WSL_DISTRO_NAME": "x"}, "linux", "clip.exe"),
        ({}, "darwin", "pbcopy"),
        ({}, "linux", None),
    ],
)
def test_the_program_that_fits_is_used(
    tmp_path: Path, environment: dict[str, str], platform: str, expected: str | None
) -> None:
    for name in ("wl-copy", "xclip", "xsel", "pbcopy", "clip.exe"):
        program(tmp_path / "bin", name, "exit 0")
    command = clipboard_command({**environment, "PATH": str(tmp_path / "bin")}, platform)
    assert (command and command[0]) == expected
    assert clipboard_command({**environment, "PATH": str(tmp_path)}, platform) is None


def test_text_reaches_the_program_and_one_that_hangs_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", "xclip", f"cat > {tmp_path}/got; echo $$ > {tmp_path}/pid; exec sleep 60")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(system_clipboard, "MOST_SECONDS", 0.3)
    system_clipboard.put("größe")  # it returns at once, though the program does not
    for _ in range(500):
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip():
            break
        time.sleep(0.01)
    assert (tmp_path / "got").read_text() == "größe"
    pid = int((tmp_path / "pid").read_text())
    for _ in range(500):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.01)
    else:
        raise AssertionError("the program goes on")


def test_everything_that_is_copied_goes_there(
    tenant: Tenant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", "xclip", f"cat > {tmp_path}/part; mv {tmp_path}/part {tmp_path}/got")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    app = ActionsmithApp(tenant)
    app.copy_to_clipboard("copied")
    assert app.clipboard == "copied"
    for _ in range(500):
        if (tmp_path / "got").exists():
            break
        time.sleep(0.01)
    assert (tmp_path / "got").read_text() == "copied"


def test_tmux_is_asked_to_pass_it_on() -> None:
    sequence = through_tmux("text", {"TMUX": "/tmp/tmux,1,0"})
    assert sequence is not None and base64.b64encode(b"text").decode() in sequence
    assert sequence.startswith("\x1bPtmux;\x1b\x1b]52;c;") and sequence.endswith("\a\x1b\\")
    assert through_tmux("text", {}) is None
    assert through_tmux("x" * 100_000, {"TMUX": "1"}) is None
