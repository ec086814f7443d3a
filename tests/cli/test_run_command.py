"""`actionsmith run`: what it prints, and one sentence for every bad input."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from actionsmith import paths
from actionsmith.runtime.time_limit import time_limit_s
from actionsmith.triggers import loader

GROUPS = ("action", "secret", "dependency", "event", "flow", "cache", "trigger", "sample", "tenant")
DENY = """exports.onExecutePreUserRegistration = async (event, api) => {
  api.access.deny('too_many_signups', "We are not accepting sign-ups at the moment.");
};
"""


def mfa(language: str) -> str:
    ending = {"javascript": "js", "python": "py"}[language]
    return str(paths.shipped("samples") / "mfa-for-role" / f"mfa-for-role.{ending}")


@pytest.fixture
def deny(tmp_path: Path) -> str:
    path = tmp_path / "deny.js"
    path.write_text(DENY)
    return str(path)


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_mfa_sample(cli, language):
    admin = cli("run", mfa(language), "--set", 'authorization.roles=["Admin"]', "--json")
    nobody = cli("run", mfa(language), "--set", "authorization.roles=[]", "--json")
    assert (admin.code, nobody.code) == (0, 0)
    assert [(c["path"], c["args"]) for c in admin.json["commands"]] == [("multifactor.enable", ["any"])]
    assert admin.json["outcome"] == {"multifactor": {"provider": "any"}}
    assert nobody.json["commands"] == []
    assert nobody.json["outcome"] == {}


def test_the_object_has_every_member_of_the_contract(cli, deny):
    ended = cli("run", deny, "--json")
    assert ended.code == 0
    result = ended.json
    assert set(result) == {
        "action", "version", "trigger", "language", "handler", "status", "commands", "outcome",
        "console", "http", "warnings", "error", "stats",
    }  # fmt: skip
    assert result["status"] == "denied"
    assert result["trigger"] == "pre-user-registration"
    assert result["outcome"]["access"]["denied"] == {
        "reason": "too_many_signups",
        "userMessage": "We are not accepting sign-ups at the moment.",
    }
    assert set(result["stats"]) >= {"duration_ms", "host_ms", "boot_ms", "cpu_ms", "memory_bytes"}
    assert result["stats"].pop("external_ms") == 0
    assert all(value > 0 for name, value in result["stats"].items() if name != "confinement")


def test_text_names_status_calls_and_lines(cli, deny):
    ended = cli("run", deny)
    assert ended.out.startswith("denied  deny (draft, javascript)  pre-user-registration")
    assert 'api.access.deny("too_many_signups", ' in ended.out
    assert "(line 2)" in ended.out


def test_event_from_file_and_standard_input_with_changes(cli, tmp_path):
    path = tmp_path / "show.py"
    path.write_text(
        "def on_execute_post_login(event, api):\n    print(event.user.email, event.secrets.KEY)\n"
    )
    event = loader.default_event_text("post-login")
    file = tmp_path / "event.json"
    file.write_text(event)
    change = ["--set", 'user.email="a@example.com"', "--secret", "KEY=v=1", "--json"]
    for given in (["--event", str(file)], ["--event", "-"], []):
        ended = cli("run", str(path), *given, *change, stdin=event)
        assert ended.json["console"][0]["text"] == "a@example.com v=1"
        assert ended.json["warnings"] == []


def test_an_odd_event_runs_with_a_warning_per_fault_and_strict_refuses_it(cli, tmp_path, deny):
    file = tmp_path / "event.json"
    file.write_text('{\n  "client": {"nme": "x"},\n  "user": {"email": 3}\n}\n')
    ended = cli("run", deny, "--event", str(file), "--json")
    assert ended.code == 0
    unknown = next(text for text in ended.json["warnings"] if "event.client.nme" in text)
    assert "line 2" in unknown
    assert "'name'" in unknown
    wrong = next(text for text in ended.json["warnings"] if "event.user.email" in text)
    assert "line 3" in wrong
    assert "string" in wrong
    strict = cli("run", deny, "--event", str(file), "--strict")
    assert strict.code == 2
    assert "event.client.nme" in strict.err
    assert strict.out == ""


def test_a_failing_action_exits_with_1(cli, tmp_path):
    path = tmp_path / "bad.js"
    path.write_text("exports.onExecutePostLogin = async () => {\n  throw new Error('x');\n};\n")
    ended = cli("run", str(path), "--json")
    assert ended.code == 1
    assert ended.json["status"] == "failed"
    assert (ended.json["error"]["line"], ended.json["error"]["column"]) == (2, 9)


def test_time_limit_option(cli, tmp_path):
    path = tmp_path / "endless.py"
    path.write_text("def on_execute_post_login(event, api):\n    while True: pass\n")
    ended = cli("run", str(path), "--timeout", "0.5", "--json")
    assert (ended.code, ended.json["status"]) == (1, "timed_out")


def test_cache_file_and_local_package(cli, tmp_path):
    cache = tmp_path / "cache.json"
    cache.write_text('{"k": {"value": "v", "expires_at": 99999999999999}}')
    for name, code in {
        "a.js": "const greet = require('greet');\nexports.onExecutePostLogin = async (e, api) => console.log(greet, api.cache.get('k').value);",
        "a.py": "import greet\ndef on_execute_post_login(event, api): print(greet.text, api.cache.get('k').value)",
    }.items():
        (tmp_path / name).write_text(code)
    package = tmp_path / "greet"
    package.mkdir()
    (package / "index.js").write_text("module.exports = 'hello';")
    (package / "__init__.py").write_text("text = 'hello'")
    for name in ("a.js", "a.py"):
        ended = cli(
            "run", str(tmp_path / name), "--cache", str(cache), "--package", f"greet={package}", "--json"
        )
        assert ended.json["console"][0]["text"] == "hello v", ended.json["error"]


def test_the_time_limit_is_that_of_the_trigger_in_the_code(cli, tmp_path, monkeypatch):
    def limit(trigger_id):
        return 0.3 if trigger_id == "event-stream" else time_limit_s(trigger_id)

    monkeypatch.setattr("actionsmith.cli.run.time_limit_s", limit)
    file = tmp_path / "stream.js"
    file.write_text("exports.onExecuteEventStream = async () => { for (;;); };")
    for more in ([], ["--trigger", "event-stream"]):
        ended = cli("run", str(file), *more)
        assert ended.code == 1
        assert "did not end within its time limit of 0.3 s" in ended.out


@pytest.mark.parametrize("group", ["", *GROUPS])
def test_the_help_shows_whole_sentences_on_lines_of_their_own(cli, monkeypatch, group):
    monkeypatch.setenv("COLUMNS", "80")
    shown = cli(*group.split(), "--help").out
    listed = shown.partition("\nCommands:\n")[2].splitlines()
    assert listed
    for line in listed:
        assert len(line) <= 80
        assert re.fullmatch(r"  \w+ +\S.*[^.]\.", line), line


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["run", "missing.js"], "there is no file 'missing.js'"),
        (
            ["run", "{deny}", "--trigger", "post-logn"],
            "there is no trigger 'post-logn'; did you mean 'post-login'?",
        ),
        (["run", "{deny}", "--trigger", "post-login"], "it exports onExecutePreUserRegistration"),
        (["run", "{deny}", "--handler", "onContinuePostLogin"], "has no handler onContinuePostLogin"),
        (
            ["run", "{deny}", "--handler", "onExecutePreUserRegistraton"],
            "'onExecutePreUserRegistraton' is not a handler of any trigger; "
            "did you mean 'onExecutePreUserRegistration'?",
        ),
        (
            ["run", "{deny}", "--trigger", "post-login", "--handler", "onExecutePreUserRegistration"],
            "is not a handler of post-login; expected onExecutePostLogin or onContinuePostLogin",
        ),
        (["run", "{deny}", "--handler", ""], "'' is not a handler of any trigger; expected onExec"),
        (["run", "{deny}", "--event", "nowhere.json"], "there is no file 'nowhere.json'"),
        (["run", "{deny}", "--event", "{text}"], "line 2, column 12"),
        (["run", "{deny}", "--event", "{list}"], "object"),
        (["run", "{deny}", "--set", "user.email=plain"], "user.email"),
        (["run", "{deny}", "--set", "user..email=1"], "user..email"),
        (["run", "{deny}", "--set", "nonsense"], "nonsense"),
        (["run", "{deny}", "--set", "user.email.deep=1"], "user.email"),
        (["run", "{deny}", "--secret", "KEY"], "--secret 'KEY' is not NAME=VALUE"),
        (["run", "{deny}", "--timeout", "0"], "--timeout 0"),
        (["run", "{deny}", "--timeout", "soon"], "soon"),
        (["run", "{deny}", "--timeout", "inf"], "--timeout inf"),
        (["run", "{deny}", "--timeout", "nan"], "--timeout nan"),
        (["run", "{deny}", "--now", "today"], "--now 'today'"),
        (["run", "{deny}", "--now", ""], "--now '' is not an ISO 8601 time"),
        (["run", "{deny}", "--cache", ""], "the cache"),
        (["run", "{deny}", "--http", ""], "the answers to HTTP requests"),
        (["run", "{deny}", "--cache", "{text}"], "is no cache"),
        (["run", "{deny}", "--cache", "{list}"], "is no cache: it must be an object, not an array; expected"),
        (
            ["run", "{deny}", "--cache", "{entry}"],
            """$["my key"].expires_at must be a number, not a string""",
        ),
        (
            ["run", "{deny}", "--cache", "{bare}"],
            """$["k"] must be an object, not a string; expected somet""",
        ),
        (["run", "{deny}", "--cache", "{deep}"], "is no cache: it is nested too deeply to be read; expected"),
        (["run", "{deny}", "--package", "a=nowhere"], "no folder 'nowhere'"),
        (["run", "{deny}", "--package", "a="], "--package a=: there is no folder ''"),
        (["run", "{deny}", "--package", "../evil=."], "'../evil' is not the name of a package; expected"),
        (["run", "{deny}", "--package", "a/b/c=."], "'a/b/c' is not the name of a package"),
        (["run", "{deny}", "--package", "@a/b/c=."], "'@a/b/c' is not the name of a package"),
        (["run", "{deny}", "--version", "2"], "--version"),
        (["run", "{deny}", "--bogus"], "--bogus"),
        (["run", "{text}"], "must end in .js, .cjs, .py"),
        (["run"], "SOURCE"),
        (
            ["run", "No Such Action"],
            "there is no Action 'No Such Action' in this tenant; 'actionsmith action list' shows",
        ),
        (["nonsense"], "there is no command 'nonsense'"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(cli, tmp_path, deny, args, sentence):
    (tmp_path / "text.txt").write_text('{"user":\n  {"email" 3}}')
    (tmp_path / "list.json").write_text("[1, 2]")
    (tmp_path / "entry.json").write_text(
        '{"a": {"value": "b", "expires_at": 1}, "my key": {"value": "b", "expires_at": "c"}}'
    )
    (tmp_path / "deep.json").write_text('{"k": ' + "[" * 2000 + "]" * 2000 + "}")
    (tmp_path / "bare.json").write_text('{"k": "v"}')
    names = {path.stem: str(path) for path in tmp_path.iterdir()} | {"deny": deny}
    ended = cli(*(arg.format(**names) if arg.startswith("{") else arg for arg in args))
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.startswith("actionsmith: ")
    assert sentence in ended.err
    assert "Traceback" not in ended.err


def test_a_run_imports_neither_the_workbench_nor_a_database(tmp_path, deny):
    program = (
        "import sys\nfrom actionsmith.cli.root import root\n"
        f"code = root.main(['run', {deny!r}, '--json'], standalone_mode=False)\n"
        "heavy = {'textual', 'jedi', 'tinydb', 'cryptography', 'yaml', 'asyncio', 'pygments'} & set(sys.modules)\n"
        "sys.exit(f'{code} {sorted(heavy)}' if code or heavy else 0)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["status"] == "denied"


def test_a_byte_order_mark_does_no_harm(cli, tmp_path):
    action, event = tmp_path / "a.py", tmp_path / "event.json"
    action.write_text(
        "def on_execute_post_login(event, api): print(event.user.email)\n", encoding="utf-8-sig"
    )
    event.write_text('{"user": {"email": "a@b"}}', encoding="utf-8-sig")
    ran = cli("run", str(action), "--event", str(event), "--json")
    assert [line["text"] for line in ran.json["console"]] == ["a@b"]


def test_a_node_that_is_not_there_is_one_sentence(deny):
    ended = subprocess.run(
        [sys.executable, "-c", "from actionsmith.cli import main; main()", "run", deny],
        env={**os.environ, "ACTIONSMITH_NODE": "/no/node"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("actionsmith: ACTIONSMITH_NODE is '/no/node'")
    assert "Traceback" not in ended.stderr


WAITING = {
    "js": "exports.onExecutePostLogin = async () => { setInterval(() => {}, 1000); await new Promise(() => {}); };",
    "py": "import time\ndef on_execute_post_login(event, api): time.sleep(600)\n",
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("ending", WAITING)
def test_a_run_that_is_ended_leaves_no_process_behind(tmp_path, ending, number):
    action = tmp_path / f"waits.{ending}"
    action.write_text(WAITING[ending])
    program = "from actionsmith.cli import main; main()"
    running = subprocess.Popen(
        [sys.executable, "-c", program, "run", str(action), "--timeout", "60"], stderr=subprocess.DEVNULL
    )
    hosts = until(lambda: processes_with(parent=running.pid))
    running.send_signal(number)
    assert running.wait(10) == (130 if number == signal.SIGINT else running.returncode)
    assert until(lambda: not any(alive(host) for host in hosts))


def until(condition, seconds=10.0):
    """What `condition` gives as soon as it is true."""
    limit = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < limit:
        time.sleep(0.02)
    return found


def processes_with(parent: int) -> list[str]:
    children = Path(f"/proc/{parent}/task/{parent}/children")
    threads = children.parent.parent.glob("*/children")
    return [child for path in threads for child in path.read_text().split()]


def alive(process: str) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False
