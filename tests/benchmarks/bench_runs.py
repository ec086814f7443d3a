"""Test runs against the bare runtimes: `python tests/benchmarks/bench_runs.py`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from side_by_side import compare, report, seconds

from actionsmith import nodejs, paths
from actionsmith.runtime.engine import default_event, run
from actionsmith.runtime.execution import Language, RunRequest, Source
from actionsmith.runtime.pool import HostPool
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
ROUNDS = 31


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    (folder / "stub.js").write_text(NODE_STUB)
    (folder / "stub.py").write_text(PYTHON_STUB)
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
    finally:
        pool.close()
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
    source = Source(code=Path(path).read_text(), language=language, name="mfa", filename=path)
    event = default_event("post-login")
    event["authorization"]["roles"] = ["Admin"]
    request = RunRequest(source=source, event=event)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(seconds(lambda: quiet(bare)))
        time.sleep(0.25)  # a person does not press F5 faster
        ours.append(seconds(lambda: run(request, pool=pool)))
    report(name, ours, theirs, 0.15)


def quiet(command: list[str]) -> None:
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    subprocess.run(command, capture_output=True, check=True, env=environment)


if __name__ == "__main__":
    main()
