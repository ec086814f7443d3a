"""`actionsmith flow run --resume` after a redirect: the session token of the site, and the time that has passed."""

from __future__ import annotations

import msgspec
import pytest

CODE = """
exports.onExecutePostLogin = async (event, api) => { api.redirect.sendUserTo('https://site.example/'); };
exports.onContinuePostLogin = async (event, api) => {
  if (!event.request.query.session_token && !event.request.body.session_token) return;
  const claims = api.redirect.validateToken({ secret: 'shared-secret' });
  console.log(JSON.stringify({ ...claims, inBody: 'session_token' in event.request.body }));
};
"""


@pytest.fixture
def flow(cli, tenant, tmp_path):
    """`flow run` on a tenant with one Action, which sends the user away and looks at what comes back."""
    code = tmp_path / "away.js"
    code.write_text(CODE)
    for command in (
        ["action", "new", "away", "--trigger", "post-login", "--code", str(code)],
        ["action", "deploy", "away"],
        ["flow", "set", "post-login", "away"],
    ):
        assert cli("--tenant", tenant, *command).code == 0

    def run(*more: str, **named: str):
        return cli("--tenant", tenant, "flow", "run", "post-login", "--json", *more, **named)

    return run


@pytest.fixture
def signed(flow):
    """The continuation with a token that is signed for the site."""
    waiting = flow().out

    def go_on(option: str, *claims: str, secret: str = "shared-secret"):
        given = [part for claim in claims for part in (option, claim)]
        return flow("--resume", "-", "--sign-token", secret, *given, stdin=waiting)

    return go_on


def claims_of(ended) -> dict:
    (line,) = ended.json["actions"][-1]["console"]
    return msgspec.json.decode(line["text"])


def error_of(ended) -> str:
    assert (ended.code, ended.json["status"]) == (1, "failed")
    return ended.json["actions"][-1]["error"]["message"]


@pytest.mark.parametrize("option", ["--query", "--body"])
def test_the_answer_can_come_in_a_session_token_that_is_signed_for_the_site(signed, option):
    found = claims_of(signed(option, "verified=yes"))
    assert (found["verified"], found["inBody"]) == ("yes", option == "--body")
    assert "the signature is wrong" in error_of(signed(option, "verified=yes", secret="another-secret"))


def test_claims_of_the_token_are_json_where_they_are_that(signed):
    given = ["exp=4000000000", "iat=1", "ok=true", "text=yes", 'number="5"', 'list=["a"]', "x=[1"]
    claims = {"exp": 4000000000, "iat": 1, "ok": True, "text": "yes", "number": "5", "list": ["a"], "x": "[1"}
    found = claims_of(signed("--body", *given))
    assert {name: found[name] for name in claims} == claims
    for name in ("exp", "iat"):
        refused = error_of(signed("--body", f'{name}="4000000000"'))
        assert f"the claim '{name}' must be a number of seconds" in refused
    assert "it has expired" in error_of(signed("--body", "exp=1"))


@pytest.mark.parametrize(
    ("began", "goes_on", "late"),
    [
        ("2026-01-20T08:00:00Z", "2026-01-20T08:59:00Z", None),
        ("2026-01-20T08:00:00Z", "2026-01-20T12:00:00Z", "waited for 4.0 hours"),
        ("2026-01-20T08:00:00Z", None, None),
        (None, "2126-01-20T08:00:00Z", None),
        (None, None, None),
    ],
)
def test_how_long_a_flow_has_waited_is_told_by_one_clock(flow, began, goes_on, late):
    now = [[] if moment is None else ["--now", moment] for moment in (began, goes_on)]
    waiting = flow(*now[0]).out
    told = flow("--resume", "-", *now[1], stdin=waiting).err
    assert told == "" if late is None else f"warning: this flow has {late}" in told
