"""Test runs against the bare runtimes: `python tests/benchmarks/bench_runs.py`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
from side_by_side import compare, report, seconds

from actionsmith import nodejs, paths
from actionsmith.runtime.engine import default_event, run
from actionsmith.runtime.execution import RunRequest, Source
from actionsmith.runtime.flow import Course, run_flow
from actionsmith.runtime.host_kind import Language
from actionsmith.runtime.pool import HostPool
from actionsmith.runtime.replay import Replay
from actionsmith.triggers import loader

# What people write by hand today: load the file, call the handler with the event and a stub.
NODE_STUB = """
const fs = require('node:fs');
const action = require(process.argv[2]);
const event = JSON.parse(fs.readFileSync(process.argv[3], 'utf8'));
const calls = [];
const api = { multifactor: { enable: (...args) => { calls.push(args); return api; } } };
action.onExecutePostLogin(event, api).then(() => console.log(JSON.stringify(calls)));
"""
PYTHON_STUB = """
import json, runpy, sys, types
class Event(dict):
    def __getattr__(self, name): return self.get(name)
event = json.load(open(sys.argv[2]), object_hook=Event)
calls = []
api = types.SimpleNamespace(multifactor=types.SimpleNamespace(enable=lambda *args: calls.append(args)))
runpy.run_path(sys.argv[1])["on_execute_post_login"](event, api)
print(json.dumps(calls))
"""
# The same handler in a bare loop: lines of JSON parsed, the stub's calls kept. Prints its seconds.
NODE_LOOP = """
const fs = require('node:fs');
const action = require(process.argv[2]);
const lines = fs.readFileSync(process.argv[3], 'utf8').trim().split('\\n');
const calls = [];
const api = { multifactor: { enable: (...args) => { calls.push(args); return api; } } };
(async () => {
  const start = performance.now();
  for (const line of lines) await action.onExecutePostLogin(JSON.parse(line), api);
  console.log((performance.now() - start) / 1000);
})();
"""
PYTHON_LOOP = """
import json, runpy, sys, time, types
class Event(dict):
    def __getattr__(self, name): return self.get(name)
lines = open(sys.argv[2]).read().splitlines()
calls = []
api = types.SimpleNamespace(multifactor=types.SimpleNamespace(enable=lambda *args: calls.append(args)))
handler = runpy.run_path(sys.argv[1])["on_execute_post_login"]
start = time.perf_counter()
for line in lines:
    handler(json.loads(line, object_hook=Event), api)
print(time.perf_counter() - start)
"""
ROUNDS = 31
EVENTS = 5000
REPLAYS = 7
FLOW = 20


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    (folder / "stub.js").write_text(NODE_STUB)
    (folder / "stub.py").write_text(PYTHON_STUB)
    (folder / "loop.js").write_text(NODE_LOOP)
    (folder / "loop.py").write_text(PYTHON_LOOP)
    event = folder / "event.json"
    event.write_text(loader.default_event_text("post-login").replace('"member"', '"Admin"'))
    sample = paths.shipped("samples") / "mfa-for-role" / "mfa-for-role"
    bare = {
        "javascript": [str(nodejs.node_path()), str(folder / "stub.js"), f"{sample}.js", str(event)],
        "python": [sys.executable, str(folder / "stub.py"), f"{sample}.py", str(event)],
    }
    print(f"{'':<44} {'ours':>12} {'theirs':>12}")
    pool = HostPool()
    pool.start()
    try:
        warm_run(
            "JavaScript test run, warm / node cold", "javascript", f"{sample}.js", bare["javascript"], pool
        )
        warm_run("Python test run, warm / python cold", "python", f"{sample}.py", bare["python"], pool)
        flow_of_twenty("flow of 20 JavaScript Actions / 20 runs", "javascript", f"{sample}.js", pool)
        flow_of_twenty("flow of 20 Python Actions / 20 runs", "python", f"{sample}.py", pool)
        watched_run("JavaScript test run, what ran told / not", "javascript", f"{sample}.js", pool)
        watched_run("Python test run, what ran told / not", "python", f"{sample}.py", pool)
    finally:
        pool.close()
    events = folder / "events.jsonl"
    line = json.dumps(json.loads(event.read_text()))
    events.write_text(f"{line}\n" * EVENTS)
    node, python = bare["javascript"][0], bare["python"][0]
    many_events("JavaScript events through a host / bare loop", "javascript", f"{sample}.js", events, node)
    many_events("Python events through a host / bare loop", "python", f"{sample}.py", events, python)
    command = [
        str(Path(sys.executable).with_name("actionsmith")),
        "run",
        f"{sample}.js",
        "--event",
        str(event),
    ]
    compare("actionsmith run FILE.js / node", lambda: quiet(command), lambda: quiet(bare["javascript"]), 4)


def warm_run(name: str, language: Language, path: str, bare: list[str], pool: HostPool) -> None:
    """Request to result with a waiting host; between rounds the pool gets the time to refill."""
    request = _request(language, path)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(seconds(lambda: quiet(bare)))
        time.sleep(0.25)  # a person does not press F5 faster
        ours.append(seconds(lambda: run(request, pool=pool)))
    report(name, ours, theirs, 0.15)


def watched_run(name: str, language: Language, path: str, pool: HostPool) -> None:
    """A run that tells which lines ran, as the workbench asks for it, against one that does not."""
    plain = _request(language, path)
    watched = msgspec.structs.replace(plain, coverage=True)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        for request, times in ((plain, theirs), (watched, ours)):
            time.sleep(0.25)
            times.append(seconds(lambda request=request: run(request, pool=pool)))
    report(name, ours, theirs, 5.0)


def many_events(name: str, language: Language, path: str, events: Path, runtime: str) -> None:
    """The time of 5,000 events of 4 kB each: at least 0.4 of the bare loop's events in the same time."""
    loop = [runtime, str(events.with_name("loop" + Path(path).suffix)), path, str(events)]
    lines = events.read_bytes().splitlines()
    ours, theirs = [], []
    for _ in range(REPLAYS):
        theirs.append(float(subprocess.run(loop, capture_output=True, check=True, text=True).stdout))
        with Replay(_request(language, path)) as replay:
            ours.append(seconds(lambda: all(one.outcome for one in replay.run(lines))))
    report(name, ours, theirs, 1 / 0.4)


def flow_of_twenty(name: str, language: Language, path: str, pool: HostPool) -> None:
    """One flow of twenty Actions, each in a host of its own, against twenty single runs one after the other."""
    request = _request(language, path)
    single = [request] * FLOW
    compare(
        name,
        lambda: run_flow("post-login", single, request.event, Course(pool=pool)),
        lambda: [run(one, pool=pool) for one in single],
        1.0,
        rounds=5,
    )


def _request(language: Language, path: str) -> RunRequest:
    source = Source(code=Path(path).read_text(), language=language, name="mfa", filename=path)
    event = default_event("post-login")
    event["authorization"]["roles"] = ["Admin"]
    return RunRequest(source=source, event=event)


def quiet(command: list[str]) -> None:
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    subprocess.run(command, capture_output=True, check=True, env=environment)


if __name__ == "__main__":
    main()
