"""Many runs in a row leave nothing behind.

Each run starts a process, so that a thousand take half a minute: `ACTIONSMITH_LEAK_RUNS=1000 pytest
tests/runtime/test_leaks.py`. As a part of the suite there are fewer.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from running import request

from actionsmith.runtime.engine import run
from actionsmith.runtime.hosts import leftovers
from actionsmith.runtime.pool import HostPool
from actionsmith.runtime.replay import Replay

PROC = Path("/proc/self")
pytestmark = pytest.mark.skipif(not PROC.exists(), reason="counts what /proc tells")

RUNS = int(os.environ.get("ACTIONSMITH_LEAK_RUNS", "80"))
EVENTS = 1000
WARM_UP = 50
CODE = {
    "javascript": "exports.onExecutePostLogin = async (event, api) => {"
    " console.log('x'); api.cache.set('k', 'v'); api.idToken.setCustomClaim('a', [1]);"
    " require('fs').writeFileSync('left.txt', 'x'); };",
    "python": "def on_execute_post_login(event, api):\n"
    "    print('x'); api.cache.set('k', 'v'); api.id_token.set_custom_claim('a', [1])\n"
    "    open('left.txt', 'w').write('x')\n",
}


def holdings() -> dict[str, int]:
    """What this process holds: descriptors, threads, children, in numbers."""
    return {
        "descriptors": len(list((PROC / "fd").iterdir())),
        "threads": threading.active_count(),
        "children": len(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()),
    }


def memory_kb() -> int:
    fields = (PROC / "statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGESIZE") // 1024


def test_runs_leave_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = holdings()
    pool = HostPool()
    pool.start()
    requests = [request(code, language) for language, code in CODE.items()]
    early = 0
    for number in range(RUNS):
        execution = run(requests[number % 2], pool=pool)
        assert execution.status == "completed", execution.error
        if number == WARM_UP:
            gc.collect()
            early = memory_kb()
    gc.collect()
    late = memory_kb()
    pool.close()
    after = holdings()
    assert after == before
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(leftovers.PREFIX)] == []
    assert late < early + 8 * 1024


@pytest.mark.parametrize("language", CODE)
def test_a_thousand_events_of_one_host_leave_nothing_behind(language):
    before = holdings()
    event = b'{"user": {"name": "' + b"x" * 1000 + b'"}}'
    figures = []
    with Replay(request(CODE[language], language)) as replay:
        for number, execution in enumerate(replay.run(event for _ in range(EVENTS))):
            assert execution.status == "completed", execution.error
            if number in (WARM_UP, EVENTS - 1):
                gc.collect()
                figures.append(memory_kb())
    assert holdings() == before
    assert figures[1] < figures[0] + 8 * 1024


def test_hosts_die_with_a_parent_that_is_killed_and_the_next_one_sweeps(tmp_path):
    """Also one that computes for ever: no watcher inside of it would get a turn."""
    assert left_behind(tmp_path, ENDLESS) == []
    left = [entry for entry in tmp_path.iterdir() if entry.name.startswith(leftovers.PREFIX)]
    assert len(left) == 4
    sweep = "from actionsmith.runtime.pool import HostPool; HostPool().close()"
    subprocess.run([sys.executable, "-c", sweep], env={**os.environ, "TMPDIR": str(tmp_path)}, check=True)
    assert not any(entry.exists() for entry in left)


@pytest.mark.skipif(sys.platform != "linux", reason="only the kernel of Linux ends such a process")
def test_an_action_that_cuts_its_ties_dies_with_its_parent(tmp_path):
    assert left_behind(tmp_path, CUTS_ITS_TIES) == []


def left_behind(tmp_path, codes):
    """Processes that outlive a killed parent: of two hosts that wait, and of one for each of these Actions."""
    parent = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(Path(__file__).parent), json.dumps(codes)],
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        text=True,
    )
    assert parent.stdout is not None
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(pids) == 4
    assert all(alive(pid) for pid in pids)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 10
    while any(alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.01)
    left = [pid for pid in pids if alive(pid)]
    for pid in left:
        os.killpg(pid, signal.SIGKILL)
    return left


ENDLESS = {
    "javascript": "console.log('busy'); for (;;);",
    "python": "print('busy')\nwhile True: pass",
}
# They leave the host's own pipe alone, or the parent would notice at once: it is the first that was made.
CUTS_ITS_TIES = {
    "javascript": """
const fs = require('node:fs');
Object.defineProperty(process, 'ppid', { value: process.ppid });
const pipes = [];
for (let at = 3; at < 100; at += 1) try { if (fs.fstatSync(at).isFIFO()) pipes.push([fs.fstatSync(at).ino, at]); } catch {}
const given = pipes.filter(([made]) => made < fs.fstatSync(1).ino).sort((one, other) => one[0] - other[0]);
for (const [, at] of given.slice(2)) fs.closeSync(at);
console.log('busy');
for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
""",
    "python": """
import fcntl, os, sys, time
os.killpg = os.kill = lambda *_: None
for at in range(3, 100):
    try:
        fcntl.fcntl(at, fcntl.F_SETFL, fcntl.fcntl(at, fcntl.F_GETFL) & ~os.O_ASYNC)
    except OSError: pass
print('busy')
while True: time.sleep(1)
""",
}

# Two hosts that wait and two that never end; prints their process ids.
KILLED = """
import json, sys, threading, time
sys.path.insert(0, sys.argv[1])
from running import request
from actionsmith.runtime.engine import run
from actionsmith.runtime.host_kind import Packages
from actionsmith.runtime.hosts.process import Host

waiting = [Host(language, Packages(), 512) for language in ("javascript", "python")]
busy = []
for language, code in json.loads(sys.argv[2]).items():
    class Taken:
        def take(self, *kind):
            busy.append(Host(*kind))
            return busy[-1]
        def retire(self, host): ...
    said = threading.Event()
    made = request(code, language, trigger="post-login")
    threading.Thread(target=run, args=(made,), kwargs={"pool": Taken(), "progress": lambda _: said.set()}).start()
    said.wait(10)
time.sleep(0.3)
print(*[host.pid for host in waiting + busy], flush=True)
time.sleep(60)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
