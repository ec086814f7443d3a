"""A run with stubs reaches nobody, whichever way it tries: not even a server on this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from running import javascript, python, said

from actionsmith.runtime.execution import Stub

STUBS = (Stub(url="https://api.example.com/"),)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine that notes who came: nobody should."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stop = threading.Event()

        def watch() -> None:
            while not stop.is_set():
                try:
                    server.accept()[0].close()
                    came.append("tcp")
                except TimeoutError:
                    pass

        watching = threading.Thread(target=watch)
        watching.start()
        yield server.getsockname()[1], came
        stop.set()
        watching.join()


def test_nothing_leaves_by_other_ways_in_javascript(listener):
    port, came = listener
    execution = javascript(
        f"""const net = require('net'), tls = require('tls'), dgram = require('dgram'), dns = require('dns');
const attempt = async (name, work) => {{
    try {{ await work(); console.log(name, 'went out'); }} catch (error) {{ console.log(name, error.message); }}
}};
const settled = (socket, event) => new Promise((resolve, reject) => socket.on(event, resolve).on('error', reject));
exports.onExecutePostLogin = async () => {{
    await attempt('net', () => settled(net.connect({port}, '127.0.0.1').end('EHLO me\\r\\n\\r\\n'), 'data'));
    await attempt('new', () => settled(new net.Socket().connect({port}, '127.0.0.1').end('x y z\\r\\n\\r\\n'), 'data'));
    await attempt('tls', () => settled(tls.connect({port}, '127.0.0.1').end('\\x16\\x03'), 'data'));
    await attempt('mute', () => settled(net.connect({port}, '127.0.0.1'), 'data'));
    await attempt('path', () => settled(net.connect('/run/some.sock'), 'connect'));
    await attempt('udp', () => dgram.createSocket('udp4').send('x', {port}, '127.0.0.1'));
    await attempt('dns', () => dns.promises.lookup('example.com'));
    await attempt('resolver', () => new dns.promises.Resolver().resolve4('example.com'));
    await attempt('http2', () => require('http2').connect('https://127.0.0.1:{port}'));
}};""",
        stubs=STUBS,
    )
    assert execution.error is None
    told = dict(text.split(" ", 1) for _, text, _ in said(execution))
    assert list(told) == ["net", "new", "tls", "mute", "path", "udp", "dns", "resolver", "http2"]
    for text in told.values():
        assert text.startswith(
            "only HTTP/1.1 is answered in a run with stubs, and nothing reaches the network"
        )
    assert came == []


def test_nothing_leaves_by_other_ways_in_python(listener):
    port, came = listener
    execution = python(
        f"""import socket, smtplib
def attempt(name, work):
    try:
        work()
        print(name, 'went out')
    except OSError as error:
        print(name, error)
def talk(text):
    connection = socket.create_connection(('127.0.0.1', {port}))
    connection.sendall(text)
    return connection.recv(100)
def on_execute_post_login(event, api):
    attempt('tcp', lambda: talk(b'EHLO me\\r\\n'))
    attempt('mute', lambda: smtplib.SMTP('127.0.0.1', {port}))
    attempt('udp', lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {port})))
    attempt('dns', lambda: socket.gethostbyaddr('example.com'))
    attempt('server', lambda: socket.create_server(('127.0.0.1', 0)))
""",
        stubs=STUBS,
    )
    assert execution.error is None
    told = dict(text.split(" ", 1) for _, text, _ in said(execution))
    assert list(told) == ["tcp", "mute", "udp", "dns", "server"]
    for text in told.values():
        assert "only HTTP/1.1 is answered in a run with stubs, and nothing reaches the network" in text
    assert came == []
