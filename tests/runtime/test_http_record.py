"""Requests of an Action that go to a real server are listed in its result, whichever client makes them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from http_actions import CLIENTS, LANGUAGES, ask
from running import javascript, python, request

from actionsmith.runtime.engine import run
from actionsmith.runtime.execution import Stub
from actionsmith.runtime.host_kind import Language


class Answers(BaseHTTPRequestHandler):
    """/404 is missing, /old has moved, /gone closes the connection, two requests for /both are answered when
    both are there, everything else gives back how the body begins.
    """

    protocol_version = "HTTP/1.1"
    both = threading.Barrier(2, timeout=10)

    def answer(self) -> None:
        body = self.body()[:100]
        if self.path == "/both":
            self.both.wait()
        if self.path == "/gone":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response({"/404": 404, "/old": 302}.get(self.path, 200))
        self.send_header("Location", "/new")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = answer  # noqa: N815

    def body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline(), 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a server on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()


@pytest.fixture(scope="module")
def nobody() -> str:
    """The URL of a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return f"http://127.0.0.1:{listening.getsockname()[1]}/x"


@pytest.mark.parametrize(("language", "client"), CLIENTS)
def test_requests_are_listed_with_what_was_sent_and_what_came(language, client, server, nobody):
    told, execution = ask(
        client,
        ("POST", f"{server}/a?b=c", {"X-Mine": "1"}, '{"x": [1, "ü"]}'),
        ("PUT", f"{server}/b", {}, "no JSON: " + "y" * 70_000),
        ("GET", f"{server}/404"),
        ("GET", f"{server}/gone"),
        ("GET", nobody),
    )
    assert told[0] == [200, '{"x": [1, "ü"]}']
    assert [(made.method, made.url, made.status) for made in execution.http] == [
        ("POST", f"{server}/a?b=c", 200),
        ("PUT", f"{server}/b", 200),
        ("GET", f"{server}/404", 404),
        ("GET", f"{server}/gone", None),
        ("GET", nobody, None),
    ]
    first, second, missing, gone, refused = execution.http
    assert first.body == {"x": [1, "ü"]}
    assert {name.lower(): value for name, value in first.headers.items()}["x-mine"] == "1"
    assert second.body.startswith("no JSON: yyy") and second.body.endswith("... (70,009 characters)")
    assert missing.body is None and missing.error is None
    assert gone.error and gone.error in told[3][0]
    assert "refused" in refused.error.lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_of_a_redirect_is_a_request(language, server):
    client = "fetch" if language == "javascript" else "urllib"
    _, execution = ask(client, ("GET", f"{server}/old"))
    assert [(made.url, made.status) for made in execution.http] == [
        (f"{server}/old", 302),
        (f"{server}/new", 200),
    ]


@pytest.mark.parametrize(("language", "client"), CLIENTS)
def test_secrets_are_masked(language, client, server):
    _, execution = ask(
        client,
        ("POST", f"{server}/?k=s3cr3tvalue", {"Authorization": "Bearer s3cr3tvalue"}, '{"k": "s3cr3tvalue"}'),
        secrets={"KEY": "s3cr3tvalue"},
    )
    (made,) = execution.http
    assert made.url.endswith("/?k=[secret KEY]")
    assert made.body == {"k": "[secret KEY]"}
    assert "Bearer [secret KEY]" in made.headers.values()
    assert "s3cr3tvalue" not in str(execution.http)


OVERLAPPING = {
    "javascript": """
exports.onExecutePostLogin = async (event) => {
  const url = event.secrets.URL;
  await Promise.all([fetch(`${url}/both`), fetch(`${url}/both`)]);
  await fetch(`${url}/last`);
};""",
    "python": """
import threading
from urllib.request import urlopen
def on_execute_post_login(event, api):
    threads = [threading.Thread(target=urlopen, args=(event.secrets.URL + "/both",)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    urlopen(event.secrets.URL + "/last")
""",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_time_spent_on_requests_that_overlap_counts_once(language, server):
    act = {"javascript": javascript, "python": python}[language]
    execution = act(OVERLAPPING[language], secrets={"URL": server})
    first, second, last = (made.duration_ms for made in execution.http)
    assert min(first, second, last) > 0
    external_ms = execution.stats.external_ms
    assert max(first, second) + last - 0.01 <= external_ms < first + second + last  # all are rounded
    assert external_ms <= execution.stats.duration_ms


def test_answers_from_stubs_take_no_time_of_the_network():
    _, execution = ask("fetch", ("GET", "https://api.example.com/"), stubs=(Stub(url="*"),))
    assert execution.http[0].duration_ms is None
    assert execution.stats.external_ms == 0


def test_a_request_that_had_no_answer_when_time_was_up_is_listed(server):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/slow"
        for execution in (
            javascript(
                f"exports.onExecutePostLogin = async () => {{ await fetch('{url}'); }};", timeout_s=0.8
            ),
            python(
                f"import urllib.request\ndef on_execute_post_login(event, api):\n    urllib.request.urlopen('{url}')\n",
                timeout_s=0.8,
            ),
        ):
            assert execution.status == "timed_out"
            (made,) = execution.http
            assert (made.url, made.status, made.duration_ms) == (url, None, None)
            assert 0 < execution.stats.external_ms < execution.stats.duration_ms
            assert made.error == "there was no answer before the run ended"


MANY_HEADERS = {
    "javascript": """exports.onExecutePostLogin = async () => {
        const made = require('http').request('http://PLACE/', { headers: { a: Array(600_000).fill('b') } });
        await new Promise((done) => made.on('error', done).end());
    };""",
    "python": """
import http.client
def on_execute_post_login(event, api):
    made = http.client.HTTPConnection('PLACE')
    made.putrequest('GET', '/')
    for _ in range(600_000): made.putheader('a', 'b')
    made.endheaders()
""",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_without_number_are_listed_in_part(server: str, language: Language) -> None:
    code = MANY_HEADERS[language].replace("PLACE", server.removeprefix("http://"))
    (made,) = run(request(code, language)).http
    assert 0 < sum(map(len, made.headers.values())) < 1000


def test_a_long_header_is_left_out(server: str) -> None:
    execution = javascript(
        "exports.onExecutePostLogin = async () => "
        f"fetch('{server}/', {{ headers: {{ a: 'x', b: 'y'.repeat(70_000) }} }}).catch(() => {{}});"
    )
    assert [name for name in execution.http[0].headers if name in ("a", "b")] == ["a"]


# A server and a client in one process: the Action's own.
HTTP2 = """
const http2 = require('node:http2');
const ended = (stream) => new Promise((resolve) => stream.on('error', () => {}).on('close', resolve).resume());
exports.onExecutePostLogin = async () => {
  const server = http2.createServer((asked, answer) => {
    if (asked.url === '/gone') return asked.stream.close(2);
    answer.writeHead(201);
    answer.end('ok');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const session = http2.connect(`http://127.0.0.1:${server.address().port}`);
  const post = session.request({ ':method': 'POST', ':path': '/a?b=1', 'x-many': ['1', '2'] });
  post.write('{"a"');
  post.end(': 1}');
  await ended(post);
  await ended(session.request({ ':path': '/gone' }));
  session.close();
  server.close();
  const nobody = http2.connect('http://127.0.0.1:9').on('error', () => {});
  await ended(nobody.request({ ':path': '/' }));
};
"""


def test_requests_over_http2_are_listed() -> None:
    execution = javascript(HTTP2)
    assert execution.error is None
    post, gone, refused = execution.http
    assert (post.method, post.url.partition(":")[0], post.url[-6:]) == ("POST", "http", "/a?b=1")
    assert (post.headers, post.body, post.status, post.error) == ({"x-many": "1, 2"}, {"a": 1}, 201, None)
    assert (gone.method, gone.url[-5:], gone.status) == ("GET", "/gone", None)
    assert "closed with error code" in gone.error
    assert (post.line, gone.line, refused.line) == (12, 16, 20)
    assert (refused.url, refused.status) == ("http://127.0.0.1:9/", None)
    assert "ECONNREFUSED" in refused.error
