"""`actionsmith run SOURCE --events FILE`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ACTION = """
exports.onExecutePostLogin = async (event, api) => {
  if (event.bad) throw new Error('bad');
  api.access.deny(event.user.name);
};
"""


@pytest.fixture
def go(tmp_path, cli):
    action = tmp_path / "deny.js"
    action.write_text(ACTION)

    def run(content: str, *options: str):
        file = tmp_path / "events.jsonl"
        file.write_text(content)
        return cli("run", str(action), "--events", str(file), *options)

    return run


@pytest.mark.parametrize(
    "content",
    [
        '{"user": {"name": "a"}}\n\n{"user": {"name": "b"}}',
        '[{"user": {"name": "a"}},\n {"user": {"name": "b"}}]',
        '\ufeff{"user": {"name": "a"}}\r\n{"user": {"name": "b"}}\r\n',
    ],
    ids=["lines", "array", "byte order mark"],
)
def test_one_result_a_line(go, content):
    result = go(content, "--json")
    found = [json.loads(line) for line in result.out.splitlines()]
    assert [one["outcome"]["access"]["denied"]["reason"] for one in found] == ["a", "b"]
    assert result.code == 0
    assert "2 events" in result.err


def test_text_has_a_line_for_each_and_failures_make_the_exit_code(go):
    result = go('{"user": {"name": "a"}}\n{"bad": true}\n')
    first, second = result.out.splitlines()
    assert 'api.access.deny("a")' in first
    assert "Error: bad (line 3)" in second
    assert result.code == 1


def test_changes_are_made_to_every_event(go):
    result = go('{"user": {}}\n{"user": {}}\n', "--set", 'user.name="z"')
    assert result.out.count('api.access.deny("z")') == 2


def test_events_come_from_standard_input(tmp_path):
    action = tmp_path / "deny.js"
    action.write_text(ACTION)
    command = [Path(sys.executable).with_name("actionsmith"), "run", action, "--events", "-"]
    ended = subprocess.run(command, input=b'{"user": {"name": "\xc3\xa4"}}', capture_output=True, check=True)
    assert 'api.access.deny("ä")' in ended.stdout.decode()


def test_a_line_that_is_no_event_is_named_after_the_others_have_run(go):
    result = go('{"user": {"name": "a"}}\n{"user": \n')
    assert result.out.count("api.access.deny") == 1
    assert result.code == 2
    assert "events.jsonl, line 2" in result.err


@pytest.mark.parametrize("content", ["", "[]", "\n\n"])
def test_a_file_without_events_is_said_to_be_one(go, content):
    result = go(content)
    assert (result.code, result.out) == (2, "")
    assert "holds no events" in result.err


def test_strict_refuses_before_anything_runs(go):
    result = go('{"user": {"name": "a"}}\n{"user": 3}\n', "--strict")
    assert (result.code, result.out) == (2, "")
    assert "--strict" in result.err


def test_events_go_without_an_event(go):
    result = go("{}", "--event", "x.json")
    assert result.code == 2
    assert "--events goes without --event" in result.err
