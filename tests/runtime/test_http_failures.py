"""Requests that fail as their stub says: with the errors that the clients have for it, where they have them."""

from __future__ import annotations

import pytest
from running import javascript, python, said

from actionsmith.runtime.execution import Stub

DOWN = Stub(url="https://down.example.com/", error="connect ECONNREFUSED 10.0.0.1:443")


def test_a_system_error_is_the_one_that_the_stub_names():
    stubs = (Stub(url="https://a.example.com/", error="getaddrinfo ENOTFOUND a"), DOWN)
    execution = javascript(
        """const https = require('https');
exports.onExecutePostLogin = async () => {
    await fetch('https://a.example.com/').catch((error) => console.log(error.cause.code));
    await new Promise((resolve) => https.get('https://down.example.com/').on('error', (error) => {
        console.log(error.code);
        resolve();
    }));
};""",
        stubs=stubs,
    )
    assert [text for _, text, _ in said(execution)] == ["ENOTFOUND", "ECONNREFUSED"]
    execution = python(
        "import http.client\n"
        "def on_execute_post_login(event, api):\n"
        "    connection = http.client.HTTPSConnection('down.example.com')\n"
        "    try:\n"
        "        connection.request('GET', '/')\n"
        "    except ConnectionRefusedError as error:\n"
        "        print(error.errno)\n",
        stubs=stubs,
    )
    assert [text for _, text, _ in said(execution)] == ["111"]


# What urllib and http.client raise when it is the network that fails: error, of which one, of the other.
PYTHON_ERRORS = [
    (
        "connect ECONNREFUSED 10.0.0.1:80",
        "URLError: ConnectionRefusedError",
        "request: ConnectionRefusedError",
    ),
    ("getaddrinfo ENOTFOUND a.example.com", "URLError: gaierror", "request: gaierror"),
    ("connect ETIMEDOUT 10.0.0.1:80", "URLError: TimeoutError", "request: TimeoutError"),
    ("Connect Timeout Error", "URLError: TimeoutError", "request: TimeoutError"),
    ("timed out", "TimeoutError", "getresponse: TimeoutError"),
    ("read ECONNRESET", "ConnectionResetError", "getresponse: ConnectionResetError"),
    ("socket hang up", "ConnectionResetError", "getresponse: ConnectionResetError"),
]


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("body", ["None", "b'{}'"])
@pytest.mark.parametrize(("error", "urllib_", "http_client"), PYTHON_ERRORS)
def test_python_raises_what_it_would_have_raised_where_it_would(error, urllib_, http_client, body, scheme):
    execution = python(
        f"""import http.client, urllib.error, urllib.request
def on_execute_post_login(event, api):
    try:
        urllib.request.urlopen(urllib.request.Request('{scheme}://a.example.com/x', data={body}))
    except urllib.error.URLError as error:
        print('URLError:', type(error.reason).__name__, error)
    except OSError as error:
        print(type(error).__name__, error)
    connection = http.client.HTTP{"S" * (scheme == "https")}Connection('a.example.com')
    for _ in range(2):  # one that failed can be used again
        try:
            step = 'request'
            connection.request('POST', '/x', {body})
            step = 'getresponse'
            connection.getresponse()
        except OSError as error:
            print(step + ':', type(error).__name__)
            connection.close()
""",
        stubs=(Stub(url=f"{scheme}://a.example.com/x", error=error),),
    )
    assert execution.error is None
    first, *others = [text for _, text, _ in said(execution)]
    assert first.startswith(f"{urllib_} ") and error in first
    assert others == [http_client] * 2
    assert [(made.method, made.status, made.error) for made in execution.http] == [
        ("GET" if body == "None" else "POST", None, error),
        *[("POST", None, error)] * 2,
    ]


def test_a_connection_in_use_is_refused_as_well_and_a_body_may_come_later():
    execution = python(
        """import http.client
def on_execute_post_login(event, api):
    connection = http.client.HTTPConnection('a.example.com')
    connection.request('GET', '/fine')
    print(connection.getresponse().read())
    try:
        connection.request('GET', '/')
    except ConnectionRefusedError as error:
        print(error)
    connection.close()
    connection.putrequest('POST', '/fine')
    connection.putheader('content-length', '2')
    connection.endheaders()
    connection.send(b'{}')
    print(connection.getresponse().status)
""",
        stubs=(
            Stub(url="http://a.example.com/fine", body="ok", method="GET"),
            Stub(url="http://a.example.com/fine", body_has="{", status=202),
            Stub(url="http://a.example.com/", error="connect ECONNREFUSED"),
        ),
    )
    assert [text for _, text, _ in said(execution)] == ["b'ok'", "[Errno 111] connect ECONNREFUSED", "202"]
    assert [made.status for made in execution.http] == [200, None, 202]
