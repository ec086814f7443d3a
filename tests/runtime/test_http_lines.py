"""Requests have the line of the Action that made them, and so have the errors of those that fail."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from http_actions import LANGUAGES
from running import javascript, python

from actionsmith.runtime.execution import Execution, Stub

STUBS = (
    Stub(url="http://a.example.com/old", status=302, headers={"Location": "/new"}),
    Stub(url="http://a.example.com/", body="ok"),
)
LINES = {
    "javascript": """const http = require('http');
const get = (url, more) => new Promise((resolve, reject) => {
    http.get(url, more, (answer) => answer.resume().on('end', resolve)).on('error', reject);
});
async function later(url) {
    await null;
    return fetch(url);
}
exports.onExecutePostLogin = async () => {
    const agent = new http.Agent({ keepAlive: true });
    await get('http://a.example.com/3', { agent });
    await Promise.all([
        fetch('http://a.example.com/13'),
        fetch('http://a.example.com/14', { method: 'POST', body: 'x' }),
        later('http://a.example.com/7'),
    ]);
    await fetch(
        'http://a.example.com/old',
    );
};""",
    "python": """import http.client
from urllib.request import urlopen
def get(url):
    urlopen(url).read()
def on_execute_post_login(event, api):
    get('http://a.example.com/4')
    connection = http.client.HTTPConnection('a.example.com')
    connection.request('GET', '/8')
    connection.getresponse().read()
    connection.request('POST', '/10', b'x')
    connection.getresponse().read()
    urlopen('http://a.example.com/old')
""",
}
REDIRECTED = {"javascript": 17, "python": 12}


def run(language: str, code: str, **more: object) -> Execution:
    return {"javascript": javascript, "python": python}[language](code, **more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_requests_that_are_answered_from_stubs_have_their_lines(language):
    execution = run(language, LINES[language], stubs=STUBS)
    assert execution.error is None
    numbered = [made for made in execution.http if made.url[-1].isdigit()]
    assert len(numbered) >= 3
    assert [made.line for made in numbered] == [int(made.url.rpartition("/")[2]) for made in numbered]
    assert [made.line for made in execution.http if made not in numbered] == [REDIRECTED[language]] * 2


@pytest.fixture(scope="module")
def nobody() -> Iterator[str]:
    """The URL of a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    yield url


FAILING = {
    "fetch": "  await null;\n  await fetch(url);",
    "fetch in parallel": "  await null;\n  await Promise.all([fetch(url)]);",
    "fetch that nobody waits for": "  await null;\n  fetch(url).then(() => {});\n  await new Promise((go) => setTimeout(go, 2000));",
    "fetch of no address": "  url = 'nonsense';\n  await fetch(url);",
    "fetch of a forbidden port": "  url = 'http://127.0.0.1:1/';\n  await fetch(url);",
    "fetch that is given up": "  const signal = AbortSignal.abort();\n  await fetch(url, { signal });",
    "http": "  await null;\n  await new Promise((_, no) => require('http').get(url).on('error', no));",
    "http that nobody listens to": "  await null;\n  require('http').get(url);\n  await new Promise(() => {});",
    "an error made of it": "  const said = await null;\n  await fetch(url).catch((cause) => { const made = new Error('x', { cause }); made.stack = ''; throw made; });",
}


@pytest.mark.parametrize("how", FAILING)
def test_the_error_of_a_request_is_where_it_was_made(how, nobody):
    execution = javascript(
        f"exports.onExecutePostLogin = async () => {{\n  let url = '{nobody}';\n{FAILING[how]}\n}};"
    )
    assert execution.status == "failed"
    assert execution.error.line == 4
    assert {made.line for made in execution.http} <= {4}


def test_an_error_that_has_a_place_keeps_it(nobody):
    execution = javascript(
        f"exports.onExecutePostLogin = async () => {{\n  await fetch('{nobody}').catch((error) => {{\n"
        "    throw new Error('no answer', { cause: error });\n  });\n};"
    )
    assert execution.error.line == 3


def test_fetch_is_what_it_was():
    execution = javascript(
        "exports.onExecutePostLogin = async () => {\n"
        "  console.log(fetch.name, fetch.length, fetch('http://a.example.com/') instanceof Promise);\n"
        "  const asked = new Request('http://a.example.com/', { method: 'POST', body: 'x' });\n"
        "  console.log(await fetch(asked).then((answer) => answer.text()));\n"
        "  const { AsyncLocalStorage } = require('async_hooks');\n"
        "  const mine = new AsyncLocalStorage();\n"
        "  await mine.run(7, async () => { await fetch('http://a.example.com/'); console.log(mine.getStore()); });\n"
        "};",
        stubs=STUBS,
    )
    assert [line.text for line in execution.console] == ["fetch 1 true", "ok", "7"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_requests_that_go_out_have_their_lines(language, nobody):
    code = {
        "javascript": f"exports.onExecutePostLogin = async () => {{\n  await fetch('{nobody}').catch(() => {{}});\n}};",
        "python": "from urllib.request import urlopen\ndef on_execute_post_login(event, api):\n"
        f"    urlopen('{nobody}')\n",
    }
    execution = run(language, code[language])
    line = {"javascript": 2, "python": 3}[language]
    assert [made.line for made in execution.http] == [line]


@pytest.mark.parametrize("language", LANGUAGES)
def test_requests_that_a_stub_lets_fail_have_their_lines(language):
    code = {
        "javascript": "exports.onExecutePostLogin = async () => {\n  await fetch('http://a.example.com/');\n};",
        "python": "from urllib.request import urlopen\ndef on_execute_post_login(event, api):\n"
        "    urlopen('http://a.example.com/')\n",
    }
    line = {"javascript": 2, "python": 3}[language]
    for error in ("connect ECONNREFUSED 10.0.0.1:80", "getaddrinfo ENOTFOUND a", "read ECONNRESET"):
        execution = run(language, code[language], stubs=(Stub(url="*", error=error),))
        assert execution.error.line == line
        assert [made.line for made in execution.http] == [line]
