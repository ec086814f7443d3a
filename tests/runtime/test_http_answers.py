"""Requests of an Action that are answered from stubs, on the real hosts: nothing reaches the network."""

from __future__ import annotations

import pytest
from http_actions import CLIENTS, LANGUAGES, ask
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from running import javascript, python, said

from actionsmith.runtime.execution import Stub
from actionsmith.runtime.http import traffic
from actionsmith.runtime.http.stubs import normal_url

STUBS = (
    Stub(url="https://api.example.com/users/", method="POST", body_has='"x"', status=201, body={"id": 7}),
    Stub(url="https://api.example.com/missing", status=404, body="no such user"),
    Stub(url="https://api.example.com/", headers={"X-From": "stub"}, body="anything else"),
    Stub(url="http://plain.example.com:8080/*", body="plain"),
    Stub(url="https://down.example.com/", error="connect ECONNREFUSED 10.0.0.1:443"),
)


@pytest.mark.parametrize(("language", "client"), CLIENTS)
def test_every_client_gets_the_answers_of_the_file(language, client):
    told, execution = ask(
        client,
        ("POST", "https://api.example.com/users/", {"X-Mine": "1"}, '{"x": 1}'),
        ("GET", "https://api.example.com/missing?a=b"),
        ("GET", "https://api.example.com/"),
        ("HEAD", "https://api.example.com/"),
        ("PUT", "http://plain.example.com:8080/a", {}, "ü" * 100_000),
        stubs=STUBS,
    )
    assert told == [
        [201, '{"id":7}'],
        [404, "no such user"],
        [200, "anything else"],
        [200, ""],
        [200, "plain"],
    ]
    assert [(made.method, made.url, made.status) for made in execution.http] == [
        ("POST", "https://api.example.com/users/", 201),
        ("GET", "https://api.example.com/missing?a=b", 404),
        ("GET", "https://api.example.com/", 200),
        ("HEAD", "https://api.example.com/", 200),
        ("PUT", "http://plain.example.com:8080/a", 200),
    ]
    first, *_, last = execution.http
    assert first.body == {"x": 1}
    assert {name.lower(): value for name, value in first.headers.items()}["x-mine"] == "1"
    assert last.body.startswith("üüü") and last.body.endswith("... (100,000 characters)")
    assert execution.warnings == []


@pytest.mark.parametrize(("language", "client"), CLIENTS)
def test_a_request_fails_as_its_stub_says_or_for_want_of_one(language, client):
    told, execution = ask(
        client,
        ("GET", "https://down.example.com/"),
        ("DELETE", "https://elsewhere.example.com/a?b=c"),
        stubs=STUBS,
        stubs_name="answers.json",
    )
    missing = (
        "DELETE https://elsewhere.example.com/a?b=c has no answer in answers.json; "
        "add one, because a run with stubs never reaches the network"
    )
    assert "connect ECONNREFUSED 10.0.0.1:443" in told[0][0]
    assert told[1] == [missing]
    assert [(made.status, made.error) for made in execution.http] == [
        (None, "connect ECONNREFUSED 10.0.0.1:443"),
        (None, "no answer in answers.json"),
    ]
    assert execution.warnings == [missing]


def test_the_reason_is_in_the_error_of_an_action_that_does_not_catch_it():
    reason = "GET https://a.example.com/ has no answer in the stubs"
    failed = javascript(
        "exports.onExecutePostLogin = async () => { await fetch('https://a.example.com'); };", stubs=()
    )
    assert failed.status == "failed" and f"fetch failed: {reason}" in failed.error.message
    failed = python(
        "import urllib.request\n"
        "def on_execute_post_login(event, api):\n"
        "    urllib.request.urlopen('https://a.example.com')\n",
        stubs=(),
    )
    assert failed.status == "failed" and reason in failed.error.message and failed.error.line == 3


COOKIES = {
    "javascript": """exports.onExecutePostLogin = async () => {
    const { headers } = await fetch('https://a.example.com/');
    console.log(headers.getSetCookie().join(' '), headers.get('x-one'), headers.get('x-none'));
};""",
    "python": """import urllib.request
def on_execute_post_login(event, api):
    headers = urllib.request.urlopen('https://a.example.com/').headers
    print(*headers.get_all('set-cookie'), headers['x-one'], headers.get('x-none', 'null'))
""",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_header_may_be_there_more_than_once(language):
    headers = {"Set-Cookie": ["a=1", "b=2"], "X-One": ["1"], "X-None": []}
    run = javascript if language == "javascript" else python
    execution = run(COOKIES[language], stubs=(Stub(url="https://a.example.com/", headers=headers),))
    assert said(execution)[0][1] == "a=1 b=2 1 null"


@pytest.mark.parametrize("language", LANGUAGES)
def test_redirects_are_followed_by_the_client_itself(language):
    stubs = (
        Stub(url="https://a.example.com/old", status=302, headers={"Location": "/new"}),
        Stub(url="https://a.example.com/new", body="here"),
    )
    told, execution = ask(
        "fetch" if language == "javascript" else "urllib", ("GET", "https://a.example.com/old"), stubs=stubs
    )
    assert told == [[200, "here"]]
    assert [(made.url, made.status) for made in execution.http] == [
        ("https://a.example.com/old", 302),
        ("https://a.example.com/new", 200),
    ]


def test_a_connection_that_was_idle_is_used_again():
    stubs = (Stub(url="http://a.example.com/", body="ok"),)
    execution = javascript(
        """const http = require('http');
const agent = new http.Agent({ keepAlive: true });
const get = (url) => new Promise((resolve, reject) => {
    http.get(url, { agent }, (answer) => answer.resume().on('end', () => resolve(answer))).on('error', reject);
});
exports.onExecutePostLogin = async () => {
    for (let n = 0; n < 3; n += 1) {
        console.log((await fetch('http://a.example.com/')).status, (await get('http://a.example.com/')).statusCode);
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
};""",
        stubs=stubs,
    )
    assert [text for _, text, _ in said(execution)] == ["200 200"] * 3
    execution = python(
        """import http.client, time
def on_execute_post_login(event, api):
    connection = http.client.HTTPConnection('a.example.com')
    for n in range(3):
        connection.request('GET', '/')
        print(connection.getresponse().read())
        time.sleep(0.005)
""",
        stubs=stubs,
    )
    assert [text for _, text, _ in said(execution)] == ["b'ok'"] * 3


def test_many_requests_at_the_same_time():
    stubs = (Stub(url="http://a.example.com/", body="ok"),)
    execution = javascript(
        """exports.onExecutePostLogin = async () => {
    const ask = async (n) => (await fetch(`http://a.example.com/${n}`)).status;
    console.log(await Promise.all(Array.from({ length: 20 }, (_, n) => ask(n))).then((all) => all.join(' ')));
};""",
        stubs=stubs,
    )
    assert said(execution)[0][1] == " ".join(["200"] * 20)
    assert len({made.url for made in execution.http}) == 20
    execution = python(
        """import asyncio, urllib.request
async def on_execute_post_login(event, api):
    def ask(n):
        return urllib.request.urlopen(f'http://a.example.com/{n}').status
    print(*await asyncio.gather(*(asyncio.to_thread(ask, n) for n in range(20))))
""",
        stubs=stubs,
    )
    assert said(execution)[0][1] == " ".join(["200"] * 20)
    assert len({made.url for made in execution.http}) == 20


@pytest.mark.parametrize(("language", "client"), CLIENTS)
def test_secrets_are_masked_in_the_list_and_plain_settings_are_not(language, client):
    secret, setting = "s3cr3t/value", "https://api.example.com"
    told, execution = ask(
        client,
        (
            "POST",
            f"{setting}/?key=s3cr3t%2Fvalue",
            {"Authorization": f"Bearer {secret}"},
            f'{{"k": "{secret}"}}',
        ),
        ("GET", f"{setting}/", {"Authorization": "Basic dXNlcjpzM2NyM3QvdmFsdWU="}),
        ("GET", f"{setting}/", {"Cookie": "session=mine"}),
        stubs=STUBS,
        secrets={"KEY": secret, "API": setting},
        plain=frozenset({"API"}),
    )
    assert [status for status, _ in told] == [200, 200, 200]
    first, basic, cookie = execution.http
    headers = [{name.lower(): value for name, value in made.headers.items()} for made in execution.http]
    assert first.url == "https://api.example.com/?key=[secret KEY]"
    assert first.body == {"k": "[secret KEY]"}
    assert headers[0]["authorization"] == "Bearer [secret KEY]"
    assert "[secret KEY]" in headers[1]["authorization"]
    assert headers[2]["cookie"] == "session=mine"
    assert basic.url == cookie.url == "https://api.example.com/"


def test_a_body_that_is_no_text_is_told_by_its_length():
    execution = javascript(
        """exports.onExecutePostLogin = async () => {
    await fetch('https://api.example.com/', { method: 'POST', body: new Uint8Array([0xff, 0, 1]) });
};""",
        stubs=STUBS,
    )
    assert execution.http[0].body == "(3 bytes that are no text)"


def test_a_loop_of_requests_is_not_listed_without_end(monkeypatch):
    monkeypatch.setattr(traffic, "MOST_LISTED", 10)
    execution = python(
        """import http.client
def on_execute_post_login(event, api):
    connection = http.client.HTTPSConnection('api.example.com')
    for n in range(15):
        connection.request('GET', '/')
        connection.getresponse().read()
""",
        stubs=STUBS,
    )
    assert len(execution.http) == 10
    assert execution.warnings == ["5 more HTTP requests were made than are listed"]


_PATHS = st.text("abcXYZ0129-._~!$&'()+,;=:@/", max_size=20).filter(
    lambda path: not {".", ".."} & set(path.split("/"))  # JavaScript's URL takes these out
)
_WITH_BODY = st.tuples(st.sampled_from(["POST", "PUT", "PATCH"]), _PATHS, st.text(max_size=60))
_WITHOUT = st.tuples(st.sampled_from(["GET", "DELETE", "OPTIONS"]), _PATHS, st.none())


@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(_WITH_BODY | _WITHOUT, min_size=5, max_size=20))
@example([("GET", "to/http://there", None)])
def test_both_languages_ask_the_same_and_get_the_same(asked):
    """Whatever method, path and body: the same requests are listed, with the same answers."""
    requests = [(method, f"http://api.example.com/{path}", {}, body or None) for method, path, body in asked]
    stubs = (Stub(url="http://api.example.com/a", body="a"), Stub(url="*", status=202, body={"ü": [None]}))
    seen = []
    for client in ("http", "http.client"):
        told, execution = ask(client, *requests, stubs=stubs)
        listed = [(made.method, made.url, made.body, made.status, made.error) for made in execution.http]
        seen.append((told, listed))
    assert seen[0] == seen[1]
    assert [row[:2] for row in seen[0][1]] == [(method, normal_url(url)) for method, url, *_ in requests]
