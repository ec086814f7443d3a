"""What an Action may do under confinement, what it hears when it may not, and what is said of it."""

from __future__ import annotations

import platform
import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from confined import in_javascript, in_python, indented, linux_holds, texts
from running import request, said

from actionsmith.runtime.engine import run
from actionsmith.runtime.execution import Execution
from actionsmith.runtime.host_kind import Language, Packages
from actionsmith.runtime.hosts.process import Host


@pytest.fixture
def server() -> Iterator[tuple[str, int]]:
    """A server on this machine that greets."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            try:
                while True:
                    caller, _ = listening.accept()
                    with caller:
                        caller.sendall(b"hello")
            except OSError:
                return

        threading.Thread(target=greet, daemon=True).start()
        yield listening.getsockname()
        listening.shutdown(socket.SHUT_RDWR)


# What goes on working


def test_the_temporary_directory_is_an_ordinary_one_in_python() -> None:
    execution = in_python("""
import os, pathlib, shutil, sqlite3, tempfile, zipfile
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "a").write_text("text")
    shutil.copy2(folder / "a", folder / "b")
    (folder / "b").rename(folder / "c")
    (folder / "below").mkdir()
    shutil.move(folder / "c", folder / "below" / "c")
    (folder / "link").symlink_to("a")
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.write(folder / "link", "a")
    os.truncate(folder / "a", 1)
    database = sqlite3.connect(folder / "database")
    with database:
        database.execute("create table numbers (number)")
    database.close()
    print(sorted(str(path.relative_to(folder)) for path in folder.rglob("*")))
print(os.listdir(os.environ["HOME"]))
""")
    assert texts(execution) == ["['a', 'below', 'below/c', 'database', 'link', 'z.zip']", "[]"]


def test_the_temporary_directory_is_an_ordinary_one_in_javascript() -> None:
    execution = in_javascript("""
const fs = require('node:fs'), os = require('node:os'), path = require('node:path');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mine-'));
const at = (name) => path.join(folder, name);
fs.writeFileSync(at('a'), 'text');
fs.copyFileSync(at('a'), at('b'));
fs.mkdirSync(at('below'));
fs.renameSync(at('b'), at('below/c'));
fs.truncateSync(at('a'), 1);
console.log(fs.readdirSync(folder, { recursive: true }).sort().join(), fs.readFileSync(at('a'), 'utf8'));
fs.rmSync(folder, { recursive: true });
""")
    assert texts(execution) == ["a,below,below/c t"]


def test_threads_loops_and_libraries_work_in_python() -> None:
    execution = in_python("""
import asyncio, concurrent.futures, ctypes, platform, ssl, uuid, zoneinfo
with concurrent.futures.ThreadPoolExecutor(4) as threads:
    print(list(threads.map(abs, (-1, -2))))
print(await asyncio.to_thread(lambda: "thread"))
print(len(ssl.create_default_context().get_ca_certs()) > 0, zoneinfo.ZoneInfo("Europe/Berlin"))
print(len(str(uuid.uuid1())), platform.system(), ctypes.CDLL(None).abs(-3))
""")
    assert texts(execution) == ["[1, 2]", "thread", "True Europe/Berlin", f"36 {platform.system()} 3"]


def test_what_node_tells_of_itself_and_the_machine() -> None:
    execution = in_javascript("""
const os = require('node:os');
const { rss, heapUsed, heapTotal } = process.memoryUsage();
console.log(rss > 1e6, heapUsed > 1e5, heapTotal >= heapUsed, process.memoryUsage.rss() > 1e6);
console.log(os.cpus().length > 0, os.freemem() > 0, os.totalmem() > 0, os.uptime() > 0);
console.log(require('node:tls').rootCertificates.length > 0, new Intl.DateTimeFormat('de').format(0) !== '');
await new Promise((resolve) => require('node:crypto').scrypt('a', 'b', 16, resolve));
process.kill(process.pid, 0);
""")
    assert texts(execution) == ["true true true true", "true true true true", "true true"]


CONNECT_PYTHON = """
import asyncio, socket
with socket.create_connection(("localhost", {port})) as server:
    print(server.recv(9))
reader, writer = await asyncio.open_connection("127.0.0.1", {port})
print(await reader.read(9))
"""
CONNECT_JAVASCRIPT = """
const net = require('node:net');
for (const host of ['localhost', '127.0.0.1']) {{
  const socket = net.connect({{ port: {port}, host, autoSelectFamily: true }});
  for await (const data of socket) console.log(String(data));
}}
"""


def test_the_network_is_open(server: tuple[str, int]) -> None:
    _, port = server
    assert texts(in_python(CONNECT_PYTHON.format(port=port))) == ["b'hello'", "b'hello'"]
    assert texts(in_javascript(CONNECT_JAVASCRIPT.format(port=port))) == ["hello", "hello"]


# Offline


class OfflineHosts:
    """Hosts as for a run with stubs, for runs without any: what answers then is the kernel."""

    def take(self, language: Language, packages: Packages, memory_mb: int, offline: bool = False) -> Host:
        return Host(language, packages, memory_mb, offline=True)

    def retire(self, host: Host) -> None:
        host.close()


@linux_holds
def test_offline_no_socket_leaves_the_process(server: tuple[str, int]) -> None:
    _, port = server
    for connect, language in ((CONNECT_PYTHON, "python"), (CONNECT_JAVASCRIPT, "javascript")):
        body = connect.format(port=port)
        if language == "python":
            code = "async def on_execute_post_login(event, api):\n" + indented(body)
        else:
            code = f"exports.onExecutePostLogin = async () => {{ {body} }};"
        refused = run(request(code, language), pool=OfflineHosts())
        assert refused.status == "failed"
        assert "Network is unreachable" in refused.error.message or "ENETUNREACH" in refused.error.message
        assert said(refused) == []
        assert refused.stats.confinement["network"] == "seccomp"


@linux_holds
def test_offline_holds_below_the_language() -> None:
    sockets = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for family in (2, 10, 1, 17):
    print(libc.socket(family, 1, 0), os.strerror(ctypes.get_errno()))
"""
    assert texts(in_python(sockets, stubs=())) == ["-1 Network is unreachable"] * 4


# What is said


@linux_holds
@pytest.mark.parametrize("act", [in_javascript, in_python])
def test_what_holds_an_action_is_in_its_result(act: Callable[..., Execution]) -> None:
    own = "node permissions" if act is in_javascript else "audit hook"
    held = {
        "files": "landlock, node permissions" if act is in_javascript else "landlock",
        "programs": f"landlock, seccomp, {own}",
        "other processes": "landlock, seccomp",
        "memory": "kernel limit",
    }
    assert act("").stats.confinement == held
    assert act("throw 1" if act is in_javascript else "raise KeyError").stats.confinement == held
    endless = act("for (;;);" if act is in_javascript else "while True: pass", timeout_s=0.3)
    assert endless.status == "timed_out"
    assert endless.stats.confinement == held
    assert act("", stubs=()).stats.confinement == {**held, "network": "seccomp"}


def test_refusals_are_sentences() -> None:
    read = in_python("open('/etc/passwd')")
    assert "Permission denied: '/etc/passwd'" in read.error.message
    assert "reads only its packages and its own temporary directory" in read.warnings[-1]
    assert (
        "reads only its packages" in in_javascript("require('fs').readFileSync('/etc/passwd')").warnings[-1]
    )
    start = in_python("import subprocess\nsubprocess.run(['ls'])")
    assert start.error.message == "an Action may not start programs or processes"
    assert start.error.line == 3
    signal = in_javascript("process.kill(1)")
    assert signal.error.message == "an Action may not send signals to other processes"
    assert in_python("import os\nos.kill(1, 9)").error.message == signal.error.message
