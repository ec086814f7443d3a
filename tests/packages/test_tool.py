from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from actionsmith.errors import UserError
from actionsmith.packages import tool
from actionsmith.threads import Stop


def ignore(_line: str) -> None:
    """For tests that do not look at the progress."""


def test_lines_come_as_they_are_written_and_output_is_kept_apart(tmp_path: Path) -> None:
    code = "import sys; print('one\\ntwo', file=sys.stderr); print('[answer]'); sys.exit(3)"
    lines: list[str] = []
    finished = tool.run_tool([sys.executable, "-c", code], tmp_path, lines.append)
    assert lines == ["one", "two"]
    assert finished == (3, "[answer]\n", "one\ntwo\n")


def test_a_tool_that_never_ends_is_given_up_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "PATIENCE_S", 0.3)
    with pytest.raises(UserError, match="given up after"):
        tool.run_tool(["sh", "-c", "sleep 60 & wait"], tmp_path, ignore)


def test_a_person_who_breaks_off_ends_the_tool(tmp_path: Path) -> None:
    def stop(_line: str) -> None:
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        tool.run_tool(["sh", "-c", "echo go >&2; sleep 60"], tmp_path, stop)
    assert time.monotonic() - began < 30


def test_another_thread_ends_the_tool_and_all_it_started_and_none_is_begun_after_that(tmp_path: Path) -> None:
    told, stop, ended = threading.Event(), Stop(), []

    def install() -> None:
        with stop:
            for _ in range(2):
                try:
                    tool.run_tool(["sh", "-c", "echo on >&2; sleep 60"], tmp_path, lambda _line: told.set())
                except UserError as error:
                    ended.append(str(error))

    thread = threading.Thread(target=install, daemon=True)
    thread.start()
    assert told.wait(20)
    stop.stop()
    thread.join(20)
    assert ended == ["the installation was cancelled"] * 2
    assert tool.run_tool(["true"], tmp_path, ignore).code == 0, "elsewhere nobody asks for an end"


def test_a_missing_tool_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="/nowhere/npm cannot be started"):
        tool.run_tool(["/nowhere/npm"], tmp_path, ignore)


def test_the_tools_see_the_registry_settings_and_no_other_secrets(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".npmrc").write_text("//npm.example.com/:_authToken=${COMPANY_TOKEN}\n")
    for name in ("COMPANY_TOKEN", "https_proxy", "npm_config_registry", "UV_INDEX_URL"):
        monkeypatch.setenv(name, "kept")
    for name in ("AWS_SECRET_ACCESS_KEY", "NODE_OPTIONS", "PYTHONPATH", "ACTIONSMITH_TENANT"):
        monkeypatch.setenv(name, "dropped")
    seen = tool.environment()
    kept = {"COMPANY_TOKEN", "https_proxy", "npm_config_registry", "UV_INDEX_URL", "PATH", "HOME"}
    assert kept <= set(seen)
    assert "dropped" not in seen.values()


def test_a_program_that_ends_in_the_midst_of_it_ends_the_tools(tmp_path: Path) -> None:
    told, ended = threading.Event(), threading.Event()

    def install() -> None:
        tool.run_tool(["sh", "-c", "echo on >&2; exec sleep 60"], tmp_path, lambda _line: told.set())
        ended.set()

    threading.Thread(target=install, daemon=True).start()
    assert told.wait(20)
    tool.end_tools()
    assert ended.wait(20)
