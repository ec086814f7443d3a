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


def test_an_action_of_a_tenant_leaves_its_cache_and_log_alone(cli, tenant, tmp_path):
    code = tmp_path / "counts.py"
    code.write_text(
        "def on_execute_post_login(event, api):\n"
        "    found = api.cache.get('hits')\n"
        "    api.cache.set('hits', '1' if found is None else found.value + '1')\n"
        "    print(found and found.value)\n"
    )
    events, cache = tmp_path / "events.jsonl", tmp_path / "cache.json"
    events.write_text("{}\n{}\n")
    cache.write_text('{"hits": {"value": "x", "expires_at": 4000000000000}}')
    chosen = ("--tenant", tenant)
    cli(*chosen, "action", "new", "counts", "--trigger", "post-login", "--code", str(code))
    cli(*chosen, "run", "counts")
    for more, said in (([], "None"), (["--cache", str(cache)], "x")):
        result = cli(*chosen, "run", "counts", "--events", str(events), "--json", *more)
        results = [json.loads(line) for line in result.out.splitlines()]
        assert [one["console"][0]["text"] for one in results] == [said, said]
    assert cli(*chosen, "cache", "show", "post-login", "--json").json["hits"]["value"] == "1"
    assert len(cli(*chosen, "log", "--json").json) == 1


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


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            json.dumps({"user": {"name": "a"}}, indent=2),
            "the event goes on behind the end of the line; every line must",
        ),
        ('"text"', "it must be an object, not a string; expected one JSON object a line, or a JSON array"),
        ('{"a": ' + "[" * 2000 + "]" * 2000 + "}", "it is nested too deeply to be read; expected one"),
        ('{"a" 1}', "this is no event: JSON is malformed"),
    ],
)
def test_why_a_line_is_no_event(go, content, fault):
    result = go(content)
    assert (result.code, result.out) == (2, "")
    assert f"events.jsonl, line 1: {fault}" in result.err


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
