"""The log from the command line: every run of the tenant is in it, without secrets, and can be found again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime

import msgspec
import pytest

from actionsmith.triggers import loader

CODE = """
exports.onExecutePostLogin = async (event, api) => {
  console.log('hello', event.user.email, event.secrets.KEY);
  api.idToken.setCustomClaim('https://a/b', event.secrets.KEY);
  if (event.request.method === 'POST') throw new TypeError('bad ' + encodeURIComponent(event.secrets.KEY));
};
"""
PYTHON = """
def on_execute_post_login(event, api):
    print('from python', event.secrets.KEY, event.secrets.HOST)
    api.access.deny('not today')
"""
FAIL = ["--set", 'request.method="POST"']
PASS = ["--set", 'request.method="GET"']
SECRET = "correct horse/battery"


@pytest.fixture
def work(cli, tenant):
    """The command line on the tenant `work`."""
    return lambda *args, **more: cli("--tenant", tenant, *args, **more)


@pytest.fixture
def gate(work, tmp_path) -> str:
    """The Action `Gate`, which tells its secret KEY wherever it can."""
    file = tmp_path / "gate.js"
    file.write_text(CODE)
    assert work("action", "new", "Gate", "--trigger", "post-login", "--code", str(file)).code == 0
    assert work("secret", "set", "Gate", "KEY", SECRET).code == 0
    return "Gate"


def command(*args: str) -> list[str]:
    return [sys.executable, "-c", "from actionsmith.cli import main; main()", "--tenant", "work", *args]


def files_of_log(home) -> bytes:
    return b"".join(path.read_bytes() for path in (home / "data/actionsmith/tenants/work/log").iterdir())


def test_runs_and_flows_are_recorded(work, gate, tmp_path, home):
    assert work("log").err == "no executions\n"
    assert work("log", "--json").json == []
    tag = tmp_path / "tag.py"
    tag.write_text(PYTHON)
    work("action", "new", "Tag", "--trigger", "post-login", "--code", str(tag))
    work("secret", "set", "Tag", "KEY", "another-secret")
    work("secret", "set", "Tag", "HOST", "mail.example.com", "--plain")
    for name in (gate, "Tag"):
        assert work("action", "deploy", name).code == 0
    assert work("flow", "set", "post-login", gate, "Tag").code == 0
    assert work("run", gate, *FAIL).code == 1
    assert work("run", gate, "--version", "1", *PASS).code == 0
    assert work("flow", "run", "post-login", *PASS).code == 0

    failed, passed, flow = work("log", "--json").json
    assert (failed["kind"], failed["status"], failed["actions"][0]["version"]) == ("run", "failed", None)
    assert failed["actions"][0]["error"]["message"] == "bad [secret KEY]"
    assert (passed["status"], passed["actions"][0]["version"]) == ("completed", 1)
    assert passed["actions"][0]["console"][0]["text"].endswith("[secret KEY]")
    assert passed["actions"][0]["commands"][0]["args"] == ["https://a/b", "[secret KEY]"]
    assert passed["actions"][0]["outcome"] == {"idToken": {"customClaims": {"https://a/b": "[secret KEY]"}}}
    assert (flow["kind"], flow["status"], flow["stopped_by"]) == ("flow", "denied", "Tag")
    assert [(action["action_name"], action["status"]) for action in flow["actions"]] == [
        (gate, "completed"),
        ("Tag", "denied"),
    ]
    assert flow["actions"][1]["console"][0]["text"] == "from python [secret KEY] mail.example.com"
    times = [flow["created_at"]]
    for action in flow["actions"]:
        times += [action["started_at"], action["ended_at"]]
        figures = action["statistics"]
        assert 0 < figures["action_duration"] == figures["runtime_processing_duration"]
        assert figures["runtime_external_call_duration"] == 0
        runtime = figures["boot_duration"] + figures["action_duration"]
        assert figures["total_runtime_execution_duration"] == pytest.approx(runtime)
        assert figures["boot_duration"] > 0 and figures["network_duration"] >= 0
    assert times == sorted(times) and flow["updated_at"] == times[-1]
    stored = files_of_log(home)
    assert b"correct" not in stored and b"another-secret" not in stored


def test_a_run_of_a_file_is_nobodys(work, tmp_path):
    file = tmp_path / "a.js"
    file.write_text("exports.onExecutePostLogin = async () => {};")
    assert work("run", str(file)).code == 0
    assert work("log", "--json").json == []


def test_a_secret_of_the_command_line_is_masked_though_the_setting_is_plain(work, gate):
    work("secret", "set", gate, "KEY", "shown-to-all", "--plain")
    assert "shown-to-all" in work("run", gate, *PASS).out
    assert "given-for-once" not in "\n".join(
        line["text"]
        for line in work("run", gate, *PASS, "--secret", "KEY=given-for-once", "--json").json["console"]
    )
    texts = [record["actions"][0]["console"][0]["text"] for record in work("log", "--json").json]
    assert [text.split("com ")[1] for text in texts] == ["shown-to-all", "[secret KEY]"]


def test_text_shows_what_happened_and_how_it_failed(work, gate):
    work("run", gate, *FAIL)
    shown = work("log").out.splitlines()
    assert "failed" in shown[0] and "Gate (draft)" in shown[0] and "post-login" in shown[0]
    assert shown[1].split()[:2] == ["log", "hello"] and "[secret KEY]" in shown[1] and "(line 3)" in shown[1]
    assert "TypeError: bad [secret KEY]" in shown[2] and "(line 5)" in shown[2]
    local = datetime.fromisoformat(shown[0][:23])
    in_utc = datetime.fromisoformat(work("log", "--utc").out[:24])
    assert local.astimezone() == in_utc


def test_text_from_an_action_cannot_command_the_terminal(work, gate, tmp_path):
    file = tmp_path / "evil.js"
    file.write_text(
        "exports.onExecutePostLogin = async () => { console.log('\\x1b]0;owned\\x07 \\x9b2J'); };"
    )
    work("action", "save", gate, "--code", str(file))
    work("run", gate)
    shown = work("log").out
    assert "owned" in shown
    assert not {"\x1b", "\x07", "\x9b"} & set(shown)


def test_filters_and_limit(work, gate):
    for more in (PASS, FAIL, PASS):
        work("run", gate, *more)
    found = {
        text: [record["status"] for record in work("log", "--json", *text.split()).json]
        for text in (
            "--limit 1",
            "--limit 0",
            "--status failed",
            "--status failed --status completed",
            "--grep TYPEERROR",
            "--grep correct",
            "--trigger credentials-exchange",
            "--action Gate --since 1h",
            "--since 2999-01-01",
        )
    }
    every = ["completed", "failed", "completed"]
    assert list(found.values()) == [["completed"], [], ["failed"], every, ["failed"], [], [], every, []]
    assert work("log", "--grep", "nothing at all").err == "no executions fit\n"
    assert work("log", "--limit", "0")[1:] == ("", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--trigger", "post-logn"], "did you mean 'post-login'?"),
        (["--action", "Gat"], "there is no Action 'Gat' in this tenant or its log; did you mean 'Gate'?"),
        (["--status", "broken"], "'broken' is not one of"),
        (["--since", "yesterday"], "--since 'yesterday' is no time; write 30m, 2h, 7d or an ISO 8601 time"),
        (["--since", "999999d"], "is no time"),
        (["--limit", "-1"], "not in the range"),
        (["--keep", "0"], "kept for 1 to 3650 days, not 0"),
        (["--keep", "4", "--follow"], "--keep goes without --follow and what chooses executions"),
        (["--keep", "4", "--action", "Gate"], "--keep goes without --follow and what chooses executions"),
    ],
)
def test_bad_input_is_a_sentence(work, gate, arguments, sentence):
    ended = work("log", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert sentence in ended.err


def test_the_number_of_days_is_the_tenants(work, gate, home):
    work("run", gate, *PASS)
    (today,) = (home / "data/actionsmith/tenants/work/log").iterdir()
    old = today.with_name("2026-01-20.jsonl")
    old.write_bytes(today.read_bytes())
    assert "kept for 3650 days" in work("log", "--keep", "3650").err and old.exists()
    assert work("log", "--keep", "30", "--json").json == {"kept_days": 30}
    assert (today.exists(), old.exists()) == (True, False)


def test_damage_is_told_and_costs_nothing_else(work, gate, home):
    work("run", gate, *PASS)
    (file,) = (home / "data/actionsmith/tenants/work/log").iterdir()
    with file.open("ab") as stream:
        stream.write(b"oops\n{}\n")
    work("run", gate, *PASS)
    ended = work("log", "--json")
    assert len(ended.json) == 2
    assert "warning: passed over 2 damaged lines" in ended.err


def test_a_log_that_cannot_be_written_is_a_warning(work, gate, home):
    folder = home / "data/actionsmith/tenants/work/log"
    folder.write_text("in the way")
    ended = work("run", gate, *PASS)
    assert ended.code == 0 and "hello" in ended.out
    assert "warning: this execution is not in the log: the log" in ended.err
    work("action", "deploy", gate)
    work("flow", "set", "post-login", gate)
    flow = work("flow", "run", "post-login", *PASS, "--json")
    assert flow.code == 0
    assert "not in the log" in flow.out + flow.err


def test_long_console_output_is_cut_as_the_platform_does(work, gate, tmp_path):
    file = tmp_path / "long.js"
    file.write_text(
        "exports.onExecutePostLogin = async () => { for (let i = 0; i < 50; i++) console.log('0123456789'); };"
    )
    work("action", "save", gate, "--code", str(file))
    work("run", gate)
    (action,) = work("log", "--json").json[0]["actions"]
    assert sum(len(line["text"]) for line in action["console"]) == loader.limit("log.stored")
    assert "    warning  the log leaves out" in work("log").out
    assert action["warnings"] == [
        f"the log leaves out {500 - loader.limit('log.stored')} more characters of console output"
    ]


def test_huge_and_strange_data_is_recorded(work, gate, tmp_path):
    file = tmp_path / "huge.js"
    file.write_text(
        """
exports.onExecutePostLogin = async (event, api) => {
  let deep = 'x';
  for (let i = 0; i < 90; i++) deep = { deep };
  api.idToken.setCustomClaim('https://a/deep', deep);
  api.idToken.setCustomClaim('https://a/long', 'y'.repeat(50000));
  for (let i = 0; i < 700; i++) api.cache.get('k');
  console.log('half a pair: \\ud800');
};
"""
    )
    work("action", "save", gate, "--code", str(file))
    assert work("run", gate).err == ""
    (action,) = work("log", "--json").json[0]["actions"]
    assert action["status"] == "completed"
    assert len(msgspec.json.encode(action)) < 100_000
    assert "the log leaves out 202 more commands" in action["warnings"]
    assert action["commands"][0]["args"][1]["deep"]["deep"]["deep"]
    assert action["commands"][1]["args"][1].endswith("(45,904 more characters)")


def test_follow_streams_until_interrupted(work, gate, home):
    work("run", gate, *PASS)
    follower = subprocess.Popen(
        command("log", "--follow", "--json", "--limit", "1", "--status", "failed", "--status", "completed"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert follower.stdout is not None and follower.stderr is not None
        assert msgspec.json.decode(follower.stdout.readline())["status"] == "completed"
        runners = [
            subprocess.Popen(command("run", gate, *FAIL), stdout=subprocess.DEVNULL, env=os.environ)
            for _ in range(2)
        ]
        assert [runner.wait() for runner in runners] == [1, 1]
        for _ in runners:
            assert msgspec.json.decode(follower.stdout.readline())["status"] == "failed"
        follower.send_signal(signal.SIGINT)
        assert follower.wait(10) == 130
        assert follower.stderr.read().strip() == b"actionsmith: interrupted"
    finally:
        follower.kill()
        follower.communicate()


def test_a_reader_that_has_seen_enough_is_no_failure(work, gate):
    for _ in range(3):
        work("run", gate, *PASS)
    for form in ([], ["--json"], ["--follow"]):
        reading = subprocess.Popen(command("log", *form), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert reading.stdout is not None and reading.stderr is not None
        reading.stdout.close()
        if form == ["--follow"]:
            work("run", gate, *PASS)
        assert reading.wait(10) == 0
        assert reading.stderr.read() == b""
        reading.stderr.close()


def test_a_resumed_flow_is_recorded_in_two_parts(work, gate, tmp_path, home):
    file = tmp_path / "away.py"
    file.write_text(
        "def on_execute_post_login(event, api):\n    api.redirect.send_user_to('https://example.com')\n"
        "def on_continue_post_login(event, api):\n    print('back')\n"
    )
    work("action", "new", "Away", "--trigger", "post-login", "--code", str(file))
    for name in (gate, "Away"):
        work("action", "deploy", name)
    work("flow", "set", "post-login", gate, "Away")
    suspended = tmp_path / "suspended.json"
    assert work("flow", "run", "post-login", *PASS, "--save-resume", str(suspended)).code == 0
    assert work("flow", "run", "post-login", "--resume", str(suspended)).code == 0
    first, second = work("log", "--json").json
    assert (first["status"], [action["action_name"] for action in first["actions"]]) == (
        "suspended",
        [gate, "Away"],
    )
    assert (second["status"], [action["action_name"] for action in second["actions"]]) == (
        "completed",
        ["Away"],
    )
    assert second["actions"][0]["handler"] == "onContinuePostLogin"
    assert b"correct" not in files_of_log(home)
