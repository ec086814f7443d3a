"""The HTTP clients that Actions use most, as they come from the registries: answered, and listed."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from running import javascript, python, said

from actionsmith import packages
from actionsmith.runtime.execution import Stub
from actionsmith.runtime.host_kind import Packages

pytestmark = [pytest.mark.network, pytest.mark.xdist_group("http packages")]

STUBS = (Stub(url="https://api.example.com/users", method="POST", status=201, body={"id": 7}),)
WANTED = {
    "javascript": [("axios", "1"), ("got", "11"), ("node-fetch", "2"), ("undici", "7")],
    "python": [("requests", ""), ("httpx", ""), ("aiohttp", "")],
}

# Each posts {"name": "robin"} to `url` and gives back status and body.
JAVASCRIPT = {
    "axios": """const { status, data } = await require('axios').post(url, { name: 'robin' });
        return [status, data];""",
    "got": """const { statusCode, body } = await require('got').post(url, { json: { name: 'robin' }, responseType: 'json' });
        return [statusCode, body];""",
    "node-fetch": """const body = JSON.stringify({ name: 'robin' });
        const answer = await require('node-fetch')(url, { method: 'POST', body });
        return [answer.status, await answer.json()];""",
    "undici": """const { request, Agent } = require('undici');
        const body = JSON.stringify({ name: 'robin' });
        const answer = await request(url, { method: 'POST', body, dispatcher: new Agent() });
        return [answer.statusCode, await answer.body.json()];""",
}
PYTHON = {
    "requests": """
    import requests
    answer = requests.post(url, json={'name': 'robin'})
    return [answer.status_code, answer.json()]""",
    "httpx": """
    import httpx
    answer = httpx.post(url, json={'name': 'robin'})
    return [answer.status_code, answer.json()]""",
    "httpx async": """
    import httpx
    async with httpx.AsyncClient() as client:
        answer = await client.post(url, json={'name': 'robin'})
        return [answer.status_code, answer.json()]""",
    "aiohttp": """
    import aiohttp
    async with aiohttp.ClientSession() as session:
        async with session.post(url, json={'name': 'robin'}) as answer:
            return [answer.status, await answer.json()]""",
}
BEGIN_LATER = ("got",)
"""Begin a request when nothing leads back to the Action any more."""
TELL_NO_CAUSE = ("got", "node-fetch")
"""Throw errors of their own, which have neither a way back to the Action nor the error they were made of."""
CLIENTS = [("javascript", name) for name in JAVASCRIPT] + [("python", name) for name in PYTHON]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory):
    """The packages of one language, installed once."""

    @cache
    def install(language):
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "packages"))
            folder, _ = packages.install(language, WANTED[language], None)
        return Packages(folders=(folder,))

    return install


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    class Created(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(201)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"id":7}')

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Created) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}/users"
        listening.shutdown()


def post(language, client, installed, url, **more):
    if language == "javascript":
        return javascript(
            f"""const post = async (url) => {{
        {JAVASCRIPT[client]}
}};
exports.onExecutePostLogin = async () => console.log(JSON.stringify(await post('{url}')));""",
            packages=installed("javascript"),
            **more,
        )
    return python(
        f"""import json
async def post(url):{PYTHON[client]}
async def on_execute_post_login(event, api):
    print(json.dumps(await post('{url}')))
""",
        packages=installed("python"),
        **more,
    )


@pytest.mark.parametrize(("language", "client"), CLIENTS)
def test_a_package_gets_the_answer_of_a_stub(language, client, installed):
    execution = post(language, client, installed, "https://api.example.com/users", stubs=STUBS)
    assert execution.error is None
    assert json.loads(said(execution)[-1][1]) == [201, {"id": 7}]
    (made,) = execution.http
    assert (made.method, made.url, made.status) == ("POST", "https://api.example.com/users", 201)
    assert made.body == {"name": "robin"}
    assert (made.line is None) == (client in BEGIN_LATER)


@pytest.mark.parametrize(("language", "client"), CLIENTS)
def test_a_package_fails_with_the_reason_where_there_is_no_stub(language, client, installed):
    execution = post(
        language, client, installed, "https://elsewhere.example.com/", stubs=STUBS, stubs_name="a.json"
    )
    reason = "POST https://elsewhere.example.com/ has no answer in a.json"
    assert execution.status == "failed"
    assert reason in execution.error.message
    assert (execution.error.line is None) == (client in TELL_NO_CAUSE)
    assert execution.warnings == []  # the error has said it


# What the clients of Python raise when it is the network that fails.
ASKS = {
    "requests": "import requests; requests.post(url, json={})",
    "httpx": "import httpx; httpx.post(url, json={})",
    "httpx async": """import httpx
    async with httpx.AsyncClient() as client:
        await client.post(url, json={})""",
    "aiohttp": """import aiohttp
    async with aiohttp.ClientSession() as session:
        await session.post(url, json={})""",
    "aiohttp get": """import aiohttp
    async with aiohttp.ClientSession() as session:
        await session.get(url)""",
}
ERRORS = {
    "connect ECONNREFUSED 10.0.0.1:80": (
        "ConnectionError", "ConnectError", "ConnectError", "ClientConnectorError", "ClientConnectorError",
    ),
    "getaddrinfo ENOTFOUND api": (
        "ConnectionError", "ConnectError", "ConnectError", "ClientConnectorDNSError", "ClientConnectorDNSError",
    ),
    "connect ETIMEDOUT 10.0.0.1:80": (
        "ConnectTimeout", "ConnectTimeout", "ConnectTimeout", "ClientConnectorError", "ClientConnectorError",
    ),
    "Connect Timeout Error": (
        "ConnectTimeout", "ConnectTimeout", "ConnectTimeout", "ConnectionTimeoutError", "ConnectionTimeoutError",
    ),
    "timed out": (
        "ReadTimeout", "ReadTimeout", "ReadTimeout", "SocketTimeoutError", "SocketTimeoutError",
    ),
    "read ECONNRESET": ("ConnectionError", "ReadError", "ReadError", "ClientOSError"),  # and aiohttp gets again
}  # fmt: skip
RAISED = [
    (error, client, name)
    for error, names in ERRORS.items()
    for client, name in zip(ASKS, names, strict=False)
]


def raised(client, installed, url, **more):
    """What a client raises, and the execution."""
    execution = python(
        f"""async def ask(url):
    {ASKS[client]}
async def on_execute_post_login(event, api):
    try:
        await ask('{url}')
    except Exception as error:
        print(type(error).__name__)
""",
        packages=installed("python"),
        **more,
    )
    assert execution.error is None
    return said(execution)[-1][1], execution


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(("error", "client", "name"), RAISED)
def test_a_package_raises_what_it_would_have_raised(error, client, name, installed, scheme):
    url = f"{scheme}://api.example.com/users"
    found, execution = raised(client, installed, url, stubs=(Stub(url=url, error=error),))
    assert found == name
    (made,) = execution.http
    assert (made.url, made.status, made.error) == (url, None, error)


@pytest.mark.parametrize("client", ASKS)
def test_a_package_raises_the_same_when_nobody_is_there(client, installed):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/users"
    real, _ = raised(client, installed, url)
    assert raised(client, installed, url, stubs=(Stub(url="*", error="ECONNREFUSED"),))[0] == real


@pytest.mark.parametrize(("language", "client"), CLIENTS)
def test_a_request_of_a_package_to_a_real_server_is_listed(language, client, installed, server):
    execution = post(language, client, installed, server)
    assert execution.error is None
    assert json.loads(said(execution)[-1][1]) == [201, {"id": 7}]
    (made,) = execution.http
    assert (made.method, made.url, made.status) == ("POST", server, 201)
    assert made.body == {"name": "robin"}
    assert (made.line is None) == (client in BEGIN_LATER)


@pytest.mark.parametrize(("language", "client"), CLIENTS)
def test_a_request_of_a_package_that_finds_nobody_is_listed(language, client, installed):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/users"
    execution = post(language, client, installed, url)
    assert execution.status == "failed"
    assert {(made.method, made.url, made.status) for made in execution.http} == {("POST", url, None)}
    assert all(made.error for made in execution.http)
    assert (execution.error.line is None) == (client in TELL_NO_CAUSE)
