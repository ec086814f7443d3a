"""What a full tenant costs against an empty one, both measured in turns in one run.

Run it: `python tests/benchmarks/bench_tenant.py`. It works in a temporary directory.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from actionsmith.tenant.tenant import Tenant

ACTIONS, VERSIONS = 100, 50
CODE = "exports.onExecutePostLogin = async (event, api) => {\n" + "  // a line of a comment\n" * 200 + "};\n"
OPEN_AND_LIST = """
import sys
from pathlib import Path
from actionsmith.tenant.tenant import Tenant
Tenant.open(Path(sys.argv[1])).actions()
"""


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def compare(what: str, full: Callable[[], object], empty: Callable[[], object], rounds: int) -> float:
    """Call both in turns and print the medians and their ratio."""
    full(), empty()
    pairs = [(seconds(full), seconds(empty)) for _ in range(rounds)]
    of_full, of_empty = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    ratio = of_full / of_empty
    print(f"{what:<58} {of_full * 1000:8.2f} ms {of_empty * 1000:8.2f} ms   ratio {ratio:5.2f}")
    return ratio


def saver(tenant: Tenant) -> Callable[[], object]:
    """A call that saves another text as the draft each time."""
    count = 0

    def save() -> None:
        nonlocal count
        count += 1
        tenant.save_code("Action 0", f"{CODE}// {count}")

    return save


def fill(tenant: Tenant, actions: int, versions: int) -> Tenant:
    """Actions with versions of different code."""
    for number in range(actions):
        tenant.create_action(f"Action {number}", "post-login", "javascript", CODE)
        for version in range(versions):
            tenant.save_code(f"Action {number}", f"{CODE}// version {version}")
            tenant.deploy(f"Action {number}")
    return tenant


def bench_save(folder: Path) -> None:
    """Saving a draft with versions behind it, and with none."""
    full = fill(Tenant.create(folder / "history", "history"), 1, VERSIONS)
    empty = fill(Tenant.create(folder / "fresh", "fresh"), 1, 0)
    compare(f"save a draft: {VERSIONS} versions behind it / none", saver(full), saver(empty), 150)


def bench_open(folder: Path) -> None:
    """Opening and listing a tenant: Actions with versions, Actions without, and nothing at all."""
    full = fill(Tenant.create(folder / "full", "full"), ACTIONS, VERSIONS).path
    bare = fill(Tenant.create(folder / "bare", "bare"), ACTIONS, 0).path
    empty = Tenant.create(folder / "empty", "empty").path

    def listing(path: Path) -> Callable[[], object]:
        return lambda: Tenant.open(path).actions()

    def process(path: Path) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", OPEN_AND_LIST, str(path)], check=True)

    size = f"{ACTIONS} Actions x {VERSIONS} versions"
    compare(f"open and list: {size} / without versions", listing(full), listing(bare), 150)
    compare(f"open and list: {size} / empty tenant", listing(full), listing(empty), 150)
    compare(f"whole process of it: {size} / empty tenant", process(full), process(empty), 15)


def main() -> None:
    """All of them; the first column is the full tenant."""
    with tempfile.TemporaryDirectory() as name:
        bench_save(Path(name))
        bench_open(Path(name))


if __name__ == "__main__":
    main()
