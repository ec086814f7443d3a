"""`actionsmith flow run` for a flow that waits for its user, and the cache between executions."""

from __future__ import annotations

import stat
from pathlib import Path

import msgspec
import pytest

FIRST = """
def on_execute_post_login(event, api):
    hits = api.cache.get("hits")
    count = int(hits.value) + 1 if hits else 1
    api.cache.set("hits", str(count))
    print("hits", count)
"""
SECOND = """
exports.onExecutePostLogin = async (event, api) => {
  api.redirect.sendUserTo('https://site.example/check');
};
exports.onContinuePostLogin = async (event, api) => {
  console.log(event.request.query.answer, event.request.body.more, event.secrets.KEY === 'a long secret');
  api.idToken.setCustomClaim('https://site.example/answer', event.request.query.answer);
};
"""
THIRD = """
def on_execute_post_login(event, api):
    api.authentication.challenge_with({"type": "phone"}, {"additionalFactors": [{"type": "otp"}]})
"""
FOURTH = """
exports.onExecutePostLogin = async (event, api) => {
  console.log(event.authentication.methods.at(-1).type);
  api.prompt.render('ap_terms', { fields: { accepted: 'no' } });
};
exports.onContinuePostLogin = async (event, api) => {
  if (event.prompt.fields.accepted !== 'yes') api.access.deny('not accepted');
};
"""
CODE = {"first.py": FIRST, "second.js": SECOND, "third.py": THIRD, "fourth.js": FOURTH}
NO_MFA_YET = ("--set", "authentication.methods=[]")


@pytest.fixture
def work(cli, tenant, tmp_path: Path):
    """The command line on a tenant with a flow of four Actions, which waits three times."""

    def call(*args: str, **more: str):
        return cli("--tenant", tenant, *args, **more)

    for file, code in CODE.items():
        path = tmp_path / file
        path.write_text(code)
        assert call("action", "new", path.stem, "--trigger", "post-login", "--code", str(path)).code == 0
    assert call("secret", "set", "second", "KEY", "a long secret").code == 0
    names = [Path(file).stem for file in CODE]
    for name in names:
        assert call("action", "deploy", name).code == 0
    assert call("flow", "set", "post-login", *names).code == 0
    return call


def spoken(result: dict) -> list[str]:
    return [line["text"] for action in result["actions"] for line in action["console"]]


def test_the_whole_way_through_a_flow_that_waits_three_times(work, tmp_path):
    files = [str(tmp_path / f"{number}.json") for number in range(3)]
    first = work("flow", "run", "post-login", *NO_MFA_YET, "--save-resume", files[0])
    assert (first.code, first.err.strip()) == (
        0,
        f"to go on: actionsmith flow run post-login --resume {files[0]} [--query NAME=VALUE] [--body NAME=VALUE]",
    )
    assert "waits for the user to come back from a redirect (asked for by second)" in first.out
    assert "https://site.example/check?state=" in first.out
    second = work("flow", "run", "post-login", "--resume", files[0], "--save-resume", files[1],
                  "--query", "answer=42", "--body", "more=x=y")  # fmt: skip
    assert second.code == 0
    assert "42 x=y true" in second.out
    assert "1. completed earlier  first" in second.out
    assert "pass one of: phone, otp" in second.out
    third = work(
        "flow", "run", "post-login", "--resume", files[1], "--save-resume", files[2], "--factor", "otp"
    )
    assert "a form" in third.out
    assert "otp" in third.out
    refused = work("flow", "run", "post-login", "--resume", files[2], "--json").json
    accepted = work(
        "flow", "run", "post-login", "--resume", files[2], "--field", "accepted=yes", "--json"
    ).json
    assert (refused["status"], refused["stopped_by"], refused["suspended"]) == ("denied", "fourth", None)
    assert accepted["status"] == "completed"
    assert accepted["outcome"]["idToken"]["customClaims"] == {"https://site.example/answer": "42"}
    assert spoken(accepted) == ["hits 1", "42 x=y true", "otp"]


def test_json_has_the_resume_file_in_it_and_is_taken_as_one(work):
    waiting = work("flow", "run", "post-login", "--json")
    assert waiting.json["waits_for"] == waiting.json["suspended"]["waits_for"]
    assert "to go on" not in waiting.err
    for text in (waiting.out, msgspec.json.encode(waiting.json["suspended"]).decode()):
        resumed = work(
            "flow", "run", "post-login", "--resume", "-", "--query", "answer=1", "--json", stdin=text
        )
        assert resumed.json["stopped_by"] == "third"


def test_the_answer_can_be_written_into_the_file(work, tmp_path):
    file = tmp_path / "resume.json"
    work("flow", "run", "post-login", "--save-resume", str(file))
    kept = msgspec.json.decode(file.read_bytes())
    kept["answer"]["query"]["answer"] = "from the file"
    file.write_bytes(msgspec.json.encode(kept))
    resumed = work("flow", "run", "post-login", "--resume", str(file), "--json").json
    assert "from the file undefined true" in spoken(resumed)


def test_without_a_name_the_file_is_in_the_tenants_folder_for_its_owner_only(work, home):
    told = work("flow", "run", "post-login").err
    path = Path(told.split("--resume ")[1].split(" ")[0])
    assert path.parent == home / "data" / "actionsmith" / "tenants" / "work" / "suspended"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "a long secret" not in path.read_text()
    assert work("flow", "run", "post-login", "--resume", str(path)).code == 0


def test_mfa_that_fails_refuses_the_login(work, tmp_path):
    waiting = work("flow", "run", "post-login", *NO_MFA_YET, "--json").out
    waiting = work("flow", "run", "post-login", "--resume", "-", "--json", stdin=waiting).out
    failed = work("flow", "run", "post-login", "--resume", "-", "--fail", "--json", stdin=waiting)
    assert (failed.code, failed.json["status"], failed.json["stopped_by"]) == (0, "denied", "third")
    shown = work("log", "--limit", "1").out
    assert "denied     flow of post-login, stopped by third" in shown
    assert "reason   the multi-factor challenge was not passed" in shown
    assert work("log", "--grep", "CHALLENGE WAS NOT", "--json").json[0]["id"] in work("log", "--json").out


def test_a_flow_goes_on_in_the_versions_it_began_with(work, tmp_path):
    waiting = work("flow", "run", "post-login", "--json").out
    assert work("action", "save", "second", "--code", "-", stdin="throw new Error('newer');").code == 0
    assert work("action", "deploy", "second").code == 0
    assert work("flow", "run", "post-login", "--resume", "-", stdin=waiting).code == 0
    work("flow", "set", "post-login")
    work("action", "delete", "third")
    gone = work("flow", "run", "post-login", "--resume", "-", stdin=waiting)
    assert gone.code == 2
    again = "this flow cannot go on, so run that of post-login again from its start: "
    assert f"{again}the Action 'third' is no longer in this tenant\n" in gone.err


def test_a_flow_goes_on_in_the_actions_it_began_with_whatever_they_are_called_now(work, tmp_path):
    waiting = work("flow", "run", "post-login", "--json").out
    work("action", "rename", "second", "renamed")
    work("action", "new", "second", "--trigger", "post-login", "--code", str(tmp_path / "first.py"))
    work("action", "deploy", "second")
    resumed = work("flow", "run", "post-login", "--resume", "-", "--json", stdin=waiting).json
    assert [action["action"] for action in resumed["actions"]] == ["first", "second", "renamed", "third"]
    assert "undefined undefined true" in spoken(resumed)
    work("flow", "set", "post-login")
    work("action", "delete", "renamed")
    gone = work("flow", "run", "post-login", "--resume", "-", stdin=waiting)
    assert gone.code == 2
    told = "the Action 'second' is no longer in this tenant; the one of that name is another Action\n"
    assert told in gone.err


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--resume", "none.json"], "no file 'none.json' to read a suspended flow from"),
        (["--resume", "{file}", "--query", "state=x"], "the state 'x' is not the one of this flow"),
        (["--resume", "{file}", "--query", "x"], "--query 'x' is not NAME=VALUE"),
        (["--resume", "{file}", "--factor", "otp"], "cannot have factor"),
        (["--resume", "{file}", "--fail"], "cannot have passed"),
        (["--resume", "{file}", "--factor", "otp", "--fail"], "exclude each other"),
        (["--resume", "{file}", "--set", "a=1"], "--set does not go with --resume"),
        (["--query", "a=b"], "--query answers a suspended flow"),
        (["--sign-token", "secret"], "--sign-token answers a suspended flow"),
        (["--save-resume", "/no/such/folder/x"], "there is no directory '/no/such/folder'"),
        (["--timeout", "-1"], "--timeout -1 is not"),
        (["--now", "9999-12-31T23:59:59-12:00"], "--now '9999-12-31T23:59:59-12:00' is not"),
        (["--now", "0001-01-01T00:00:00+12:00"], "--now '0001-01-01T00:00:00+12:00' is not"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(work, tmp_path, options, complaint):
    file = tmp_path / "resume.json"
    if "{file}" in options:
        work("flow", "run", "post-login", "--save-resume", str(file))
    ended = work("flow", "run", "post-login", *(option.format(file=file) for option in options))
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err
    assert ended.err.count("\n") == 1


def test_a_resume_file_of_another_trigger_is_refused(work):
    waiting = work("flow", "run", "post-login", "--json").out
    ended = work("flow", "run", "credentials-exchange", "--resume", "-", stdin=waiting)
    assert ended.code == 2
    assert "holds a flow of post-login, not of credentials-exchange" in ended.err


def test_the_cache_lives_on_between_executions_of_flows_and_drafts(work):
    for _ in range(2):
        work("flow", "run", "post-login")
    assert spoken({"actions": [work("run", "first", "--json").json]}) == ["hits 3"]
    assert work("cache", "show", "post-login", "--json").json["hits"]["value"] == "3"
    assert "hits" in work("cache", "show", "post-login").out
    assert work("cache", "clear", "post-login", "--json").json == {"trigger": "post-login", "removed": 1}
    empty = work("cache", "show", "post-login")
    assert (empty.out, "is empty" in empty.err) == ("", True)
    assert "was empty" in work("cache", "clear", "post-login").err
    assert spoken(work("flow", "run", "post-login", "--json").json) == ["hits 1"]


@pytest.mark.parametrize("options", [["--now", "2026-01-20T08:00:00Z"], ["--cache", "{file}"]])
def test_a_made_up_clock_or_cache_leaves_the_tenants_cache_alone(work, tmp_path, options):
    file = tmp_path / "cache.json"
    file.write_text('{"other": {"value": "1", "expires_at": 4000000000000}}')
    options = [option.format(file=file) for option in options]
    work("run", "first")
    for command in (["run", "first"], ["flow", "run", "post-login"]):
        ran = work(*command, *options, "--json").json
        assert spoken(ran if "actions" in ran else {"actions": [ran]}) == ["hits 1"]
    assert work("cache", "show", "post-login", "--json").json["hits"]["value"] == "1"


def test_a_suspended_flow_with_a_cache_of_its_own_takes_it_along(work, tmp_path):
    file = tmp_path / "cache.json"
    file.write_text('{"other": {"value": "1", "expires_at": 4000000000000}}')
    waiting = work("flow", "run", "post-login", "--cache", str(file), "--json").json
    assert sorted(waiting["suspended"]["cache"]) == ["hits", "other"]


def test_a_fault_of_the_event_is_a_warning_of_the_flow(work):
    odd = ["flow", "run", "post-login", "--set", "user.email=1"]
    ended = work(*odd, "--json")
    assert (ended.code, ended.err) == (0, "")
    (warning,) = ended.json["warnings"]
    assert warning.startswith("the default event with --set, line ")
    assert f"\nwarnings\n  {warning}\n" in work(*odd).out
    assert work(*odd, "--strict").code == 2


def test_answers_to_http_requests_go_along_with_a_suspended_flow(work, tmp_path):
    code = tmp_path / "asks.js"
    code.write_text("""
exports.onExecutePostLogin = async (event, api) => { api.prompt.render('ap_terms'); };
exports.onContinuePostLogin = async () => {
  console.log((await fetch('https://nobody.invalid/x')).status);
};""")
    stubs, file = tmp_path / "stubs.json", tmp_path / "resume.json"
    stubs.write_text('[{"url": "https://nobody.invalid/", "status": 418}]')
    work("action", "new", "asks", "--trigger", "post-login", "--code", str(code))
    work("action", "deploy", "asks")
    work("flow", "set", "post-login", "asks")
    work("flow", "run", "post-login", "--http", str(stubs), "--save-resume", str(file))
    ended = work("flow", "run", "post-login", "--resume", str(file), "--json").json
    assert spoken(ended) == ["418"]
    stubs.write_text('[{"url": "https://nobody.invalid/", "status": 202}]')
    other = work("flow", "run", "post-login", "--resume", str(file), "--http", str(stubs), "--json").json
    assert spoken(other) == ["202"]


def test_an_asynchronous_flow_runs_on_after_an_error_and_the_exit_code_tells(work, tmp_path):
    for name, code in {
        "breaks.js": "exports.onExecutePostUserRegistration = async () => { throw new Error('x'); };",
        "runs.py": "def on_execute_post_user_registration(event):\n    print('ran')\n",
    }.items():
        path = tmp_path / name
        path.write_text(code)
        work("action", "new", path.stem, "--trigger", "post-user-registration", "--code", str(path))
        work("action", "deploy", path.stem)
    work("flow", "set", "post-user-registration", "breaks", "runs")
    ended = work("flow", "run", "post-user-registration", "--json")
    assert (ended.code, ended.json["status"]) == (1, "completed")
    assert spoken(ended.json) == ["ran"]
