"""`run --http`: answers for HTTP requests from a file, instead of the network."""

from __future__ import annotations

import json

import pytest

ACTION = {
    "a.js": """exports.onExecutePostLogin = async (event, api) => {
  const answer = await fetch('https://api.example.com/users/1', { headers: { authorization: event.secrets.TOKEN } });
  api.idToken.setCustomClaim('role', (await answer.json()).role);
  await fetch('https://elsewhere.example.com/').catch(() => {});
};""",
    "a.py": """import json, urllib.request
def on_execute_post_login(event, api):
    asked = urllib.request.Request('https://api.example.com/users/1', headers={'authorization': event.secrets.TOKEN})
    api.id_token.set_custom_claim('role', json.load(urllib.request.urlopen(asked))['role'])
    try:
        urllib.request.urlopen('https://elsewhere.example.com/')
    except OSError:
        pass
""",
}
ANSWERS = [{"method": "GET", "url": "https://api.example.com/users/", "body": {"role": "admin"}}]


@pytest.fixture(params=ACTION)
def action(request, tmp_path):
    path = tmp_path / request.param
    path.write_text(ACTION[request.param])
    return str(path)


@pytest.fixture
def answers(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(ANSWERS))
    return str(path)


def test_a_run_is_answered_and_lists_its_requests(cli, action, answers):
    ended = cli("run", action, "--http", answers, "--secret", "TOKEN=s3cr3t-token", "--json")
    assert ended.code == 0
    result = ended.json
    assert result["outcome"]["idToken"]["customClaims"] == {"role": "admin"}
    assert [(made["method"], made["url"], made["status"]) for made in result["http"]] == [
        ("GET", "https://api.example.com/users/1", 200),
        ("GET", "https://elsewhere.example.com/", None),
    ]
    headers = {name.lower(): value for name, value in result["http"][0]["headers"].items()}
    assert headers["authorization"] == "[secret TOKEN]"
    assert result["warnings"] == [
        f"GET https://elsewhere.example.com/ has no answer in {answers}; "
        "add one, because a run with stubs never reaches the network"
    ]


def test_a_missing_answer_that_ends_the_run_is_told_once(cli, tmp_path, answers):
    for name, code in {
        "a.js": "exports.onExecutePostLogin = async () => { await fetch('https://elsewhere.example.com/'); };",
        "a.py": "import urllib.request\ndef on_execute_post_login(event, api):\n"
        "    urllib.request.urlopen('https://elsewhere.example.com/')\n",
    }.items():
        (tmp_path / name).write_text(code)
        ended = cli("run", str(tmp_path / name), "--http", answers, "--json")
        assert ended.code == 1
        assert "elsewhere.example.com/ has no answer in" in ended.json["error"]["message"]
        assert ended.json["warnings"] == []


def test_the_requests_are_part_of_the_text(cli, action, answers):
    ended = cli("run", action, "--http", answers, "--secret", "TOKEN=s3cr3t-token")
    assert "http\n  GET https://api.example.com/users/1  200\n" in ended.out
    assert f"  GET https://elsewhere.example.com/  no answer in {answers}\n" in ended.out


def test_answers_come_from_standard_input(cli, action):
    ended = cli(
        "run", action, "--http", "-", "--secret", "TOKEN=s3cr3t-token", "--json", stdin=json.dumps(ANSWERS)
    )
    assert ended.code == 0
    assert ended.json["warnings"][0].startswith(
        "GET https://elsewhere.example.com/ has no answer in standard input;"
    )


def test_a_flow_is_answered_from_the_file(cli, tenant, tmp_path, answers):
    for name, code in ACTION.items():
        (tmp_path / name).write_text(code)
        assert cli("action", "new", name, "--trigger", "post-login", "--code", str(tmp_path / name)).code == 0
        assert cli("secret", "set", name, "TOKEN", "s3cr3t-token").code == 0
        assert cli("action", "deploy", name).code == 0
    assert cli("flow", "set", "post-login", *ACTION).code == 0
    ended = cli("flow", "run", "post-login", "--http", answers, "--json")
    assert ended.code == 0, ended.err
    assert [[made["status"] for made in action["http"]] for action in ended.json["actions"]] == [
        [200, None]
    ] * 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"url": "https://a/"},]', "answers.json, line 1, column 23: "),
        (
            '[{"url": "https://a/", "satus": 1}]',
            "answers.json: $[0] has an unknown member 'satus'; expected something like [",
        ),
        (
            '[{"url": "a"}]',
            "answers.json: $[0].url: 'a' matches no request; expected a URL that begins with http",
        ),
    ],
)
def test_a_wrong_file_is_told_with_its_place(cli, tmp_path, text, message):
    for name, written in {"answers.json": text, "a.js": ACTION["a.js"]}.items():
        (tmp_path / name).write_text(written)
    ended = cli("run", str(tmp_path / "a.js"), "--http", str(tmp_path / "answers.json"))
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err
