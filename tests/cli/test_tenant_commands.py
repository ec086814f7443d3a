"""A developer's whole way through the commands, and their bad inputs."""

from __future__ import annotations

import pytest

DENY = "exports.onExecutePostLogin = async (event, api) => api.access.deny(event.secrets.WHY ?? 'first');\n"


@pytest.fixture
def gate(cli, tenant, tmp_path) -> str:
    """The Action `Gate` of the tenant `work`, not deployed."""
    file = tmp_path / "gate.js"
    file.write_text(DENY)
    assert (
        cli("--tenant", tenant, "action", "new", "Gate", "--trigger", "post-login", "--code", str(file)).code
        == 0
    )
    return "Gate"


@pytest.fixture
def work(cli, tenant):
    """The command line on the tenant `work`."""
    return lambda *args, **more: cli("--tenant", tenant, *args, **more)


def test_deploy_change_rollback_and_run_each_version(work, gate):
    assert work("action", "deploy", gate, "--json").json["number"] == 1
    assert work("action", "save", gate, "--code", "-", stdin=DENY.replace("first", "second")).code == 0
    assert "draft changed" in work("action", "list").out
    assert "second" in work("action", "diff", gate).out
    assert work("action", "deploy", gate, "--note", "louder", "--json").json["number"] == 2
    reason = [
        work("run", gate, *more, "--json").json["outcome"]["access"]["denied"]["reason"]
        for more in ([], ["--version", "1"])
    ]
    assert reason == ["second", "first"]
    assert work("action", "rollback", gate, "1", "--json").json["number"] == 3
    assert work("run", gate, "--json").json["outcome"]["access"]["denied"]["reason"] == "first"
    versions = work("action", "versions", gate, "--json").json
    assert [(item["number"], item["deployed"]) for item in versions] == [(3, True), (2, False), (1, False)]


def test_a_deploy_of_what_is_deployed_makes_a_version_and_says_so(work, gate):
    assert "nothing has changed" not in work("action", "deploy", gate).err
    again = work("action", "deploy", gate)
    assert (again.code, again.err) == (
        0,
        "deployed version 2 of 'Gate'; nothing has changed since version 1\n",
    )
    assert work("action", "deploy", gate, "--json").json["repeats"] is True


def test_secrets_reach_the_action_and_are_never_printed(work, gate):
    assert work("secret", "set", gate, "WHY", stdin="from a pipe\n").code == 0
    listed = work("secret", "list", gate, "--json")
    assert [item["name"] for item in listed.json] == ["WHY"]
    shown = work("action", "show", gate, "--json")
    assert "from a pipe" not in listed.out + shown.out
    result = work("run", gate, "--json").json
    assert result["outcome"]["access"]["denied"]["reason"] == "from a pipe"
    assert work("secret", "rm", gate, "WHY").code == 0
    assert work("run", gate, "--json").json["outcome"]["access"]["denied"]["reason"] == "first"


def test_flow_of_two_languages(work, gate, tmp_path):
    file = tmp_path / "tag.py"
    file.write_text(
        "def on_execute_post_login(event, api):\n    api.id_token.set_custom_claim('https://a/b', 1)\n"
    )
    work("action", "new", "Tag", "--trigger", "post-login", "--code", str(file))
    assert work("flow", "set", "post-login", "Tag", gate).code == 2  # nothing is deployed yet
    for name in ("Tag", gate):
        assert work("action", "deploy", name).code == 0
    assert work("flow", "set", "post-login", "Tag", gate).code == 0
    shown = work("flow", "show", "post-login", "--json").json
    assert [item["action"] for item in shown["bindings"]] == ["Tag", gate]
    result = work("flow", "run", "post-login", "--json").json
    assert (result["status"], result["stopped_by"]) == ("denied", gate)
    assert [item["status"] for item in result["actions"]] == ["completed", "denied"]
    assert result["outcome"] == {
        "idToken": {"customClaims": {"https://a/b": 1}},
        "access": {"denied": {"reason": "first"}},
    }
    assert set(result) == {
        "trigger", "status", "stopped_by", "actions", "outcome", "stats",
        "waits_for", "suspended", "preview", "warnings",
    }  # fmt: skip
    assert work("action", "delete", gate).code == 2


def test_saved_events(work, gate, cli):
    default = cli("event", "default", "post-login").out
    odd = default.replace('"robin.doe@example.com"', "3", 1)
    saved = work("event", "save", "post-login", "odd one", "--file", "-", stdin=odd)
    assert saved.code == 0
    assert "warning: line" in saved.err
    assert work("event", "list", "post-login", "--json").json == [
        {"trigger": "post-login", "name": "odd one"}
    ]
    assert work("event", "show", "post-login", "odd one").out == odd
    assert work("run", gate, "--saved-event", "odd one", "--json").json["warnings"] != []
    assert cli("event", "check", "post-login", "-", stdin=odd).code == 2
    assert cli("event", "check", "post-login", "-", stdin=default).code == 0
    assert work("event", "rm", "post-login", "odd one").code == 0


def test_new_action_from_the_starter_and_from_a_sample(work, tenant):
    assert work("action", "new", "Blank", "--trigger", "post-login", "--language", "python").code == 0
    assert work("run", "Blank", "--json").json["status"] == "completed"
    assert work("action", "new", "My MFA", "--sample", "mfa-for-role").code == 0
    ran = work("run", "My MFA", "--saved-event", "admin user", "--json").json
    assert [item["path"] for item in ran["commands"]] == ["multifactor.enable"]


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_an_event_of_the_way_back_runs_the_continue_handler(work, tenant, language):
    assert work("action", "new", "Check", "--sample", "step-up-redirect", "--language", language).code == 0
    first = work("run", "Check", "--json").json
    back = work("run", "Check", "--saved-event", "back from identity check", "--json").json
    assert first["handler"] == "onExecutePostLogin"
    assert (back["handler"], back["status"]) == ("onContinuePostLogin", "completed")


def test_the_first_start_finds_the_demonstration_tenant(cli):
    listed = cli("action", "list", "--json")
    assert listed.code == 0
    assert {item["language"] for item in listed.json} == {"javascript", "python"}
    assert cli("tenant", "list", "--json").json[0]["name"] == "demo"
    flow = cli("flow", "run", "post-login", "--json")
    assert flow.code == 0
    assert len(flow.json["actions"]) >= 4


def test_tenants_by_path(cli, tmp_path):
    place = str(tmp_path / "here")
    assert cli("tenant", "create", place).code == 0
    assert cli("--tenant", place, "action", "list", "--json").json == []
    assert cli("action", "list", "--tenant", place, "--json").json == []
    assert cli("tenant", "delete", place).code == 2
    assert cli("tenant", "delete", place, "--yes").code == 0
    assert cli("--tenant", place, "action", "list").code == 2


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["action", "new", "A"], "--trigger is missing"),
        (["action", "new", "A", "--trigger", "post-logn"], "did you mean 'post-login'"),
        (["action", "new", "A", "--sample", "mfa-for-roles"], "did you mean 'mfa-for-role'"),
        (["action", "new", "Gate", "--trigger", "post-login"], "Gate"),
        (["action", "show", "Gat"], "did you mean 'Gate'"),
        (["action", "rollback", "Gate", "7"], "7"),
        (["action", "rollback", "Gate", "one"], "one"),
        (["action", "diff", "Gate"], "no deployed version"),
        (["secret", "set", "Gate", "BAD NAME", "x"], "BAD NAME"),
        (["secret", "rm", "Gate", "NONE"], "NONE"),
        (["dependency", "add", "Gate", "not a name!"], "not a name!"),
        (["dependency", "rm", "Gate", "axios"], "has no dependency 'axios'"),
        (["flow", "set", "post-login", "Gate"], "deploy"),
        (["flow", "set", "post-login", "Nobody"], "Nobody"),
        (["flow", "show", "nowhere"], "no trigger 'nowhere'"),
        (["event", "show", "post-login", "none"], "none"),
        (["event", "save", "post-login", "x", "--file", "-"], "line 1"),
        (["run", "Gate", "--version", "9"], "9"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(work, gate, args, sentence):
    ended = work(*args, stdin="{")
    assert ended.code == 2
    assert ended.err.startswith("actionsmith: ")
    assert sentence in ended.err
    assert len(ended.err.strip().splitlines()) == 1


def test_types_and_hover(cli):
    assert "setCustomClaim" in cli("trigger", "types", "post-login").out
    assert "set_custom_claim" in cli("trigger", "types", "post-login", "--language", "python").out
    assert "multifactor" in cli("trigger", "show", "post-login", "api.multifactor.enable").out
    assert cli("trigger", "show", "post-login", "api.nothing").code == 2
    assert len(cli("trigger", "list", "--json").json) == 11


def test_doctor_tells_where_things_are(cli, home):
    facts = cli("doctor", "--json").json
    assert facts["node"].startswith("v")
    assert str(home) in facts["tenants"]


@pytest.mark.parametrize("args", [["--tenant", "", "log"], ["log", "--tenant", ""], ["tenant", "delete", ""]])
def test_an_empty_name_is_not_the_usual_tenant(cli, args):
    ended = cli(*args)
    assert (ended.code, ended.out) == (2, "")
    assert "the name of a tenant is empty" in ended.err


def test_a_tenant_needs_a_name(cli):
    made = cli("tenant", "create", "")
    assert made.code == 2
    assert "the name of a tenant is empty" in made.err


def test_a_home_that_cannot_be_written_is_one_sentence(cli, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    listed = cli("action", "list")
    assert listed.code == 2
    assert listed.err.startswith("actionsmith: ")
    assert "Not a directory" in listed.err


def test_a_group_without_a_command_shows_its_help(cli):
    shown = cli("action")
    assert shown.code == 2
    assert shown.err.startswith("Usage: ")


def test_whatever_changes_something_prints_json_when_asked(cli, tenant, tmp_path):
    (tmp_path / "a.js").write_text("exports.onExecutePostLogin = async () => {};")
    (tmp_path / "event.json").write_text("{}")
    code, event = str(tmp_path / "a.js"), str(tmp_path / "event.json")
    commands = [
        ("action", "new", "A", "--trigger", "post-login", "--code", code),
        ("action", "deploy", "A"),
        ("action", "save", "A", "--code", code),
        ("action", "diff", "A"),
        ("secret", "set", "A", "KEY", "value"),
        ("secret", "rm", "A", "KEY"),
        ("event", "save", "post-login", "empty", "--file", event),
        ("event", "rm", "post-login", "empty"),
        ("flow", "set", "post-login", "A"),
        ("flow", "set", "post-login"),
        ("action", "rename", "A", "B"),
        ("action", "delete", "B"),
    ]
    for command in commands:
        ended = cli(*command, "--tenant", tenant, "--json")
        assert ended.code == 0, (command, ended.err)
        assert isinstance(ended.json, dict), command
