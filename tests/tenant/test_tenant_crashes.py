"""Crashes and several processes: the old state or the new one, and no version lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from actionsmith.errors import UserError
from actionsmith.tenant.model import Dependency
from actionsmith.tenant.storage import lock
from actionsmith.tenant.tenant import Tenant

DEPLOYS = 200
DEPLOY_MANY = """
import sys
from pathlib import Path
from actionsmith.tenant.tenant import Tenant
path, who, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
tenant = Tenant.open(path)
for number in range(count):
    tenant.deploy("Greet", note=f"{who} {number}")
"""
SAVE_AND_DEPLOY_FOREVER = """
import itertools, sys
from pathlib import Path
from actionsmith.tenant.tenant import Tenant
tenant = Tenant.open(Path(sys.argv[1]))
for number in itertools.count():
    tenant.save_code("Greet", f"round {number}")
    tenant.deploy("Greet")
    tenant.rollback("Greet", 1)
    print(number, flush=True)
"""


class Killed(BaseException):
    """Stands for the end of the process at this very point."""


def state(tenant: Tenant) -> Any:
    """Everything that can be seen of the Action, without times."""
    action, draft = tenant.action("Greet"), tenant.draft("Greet")
    return (
        action.deployed,
        action.latest,
        action.changed,
        draft.code,
        draft.dependencies,
        [(version.number, version.code, version.deployed) for version in tenant.versions("Greet")],
    )


OPERATIONS: dict[str, Callable[[Tenant], object]] = {
    "save": lambda tenant: tenant.save_code("Greet", "third"),
    "save what a version holds": lambda tenant: tenant.save_code("Greet", "first"),
    "dependency": lambda tenant: tenant.set_dependency("Greet", Dependency("axios", "", "1.7.0")),
    "deploy": lambda tenant: tenant.deploy("Greet"),
    "rollback": lambda tenant: tenant.rollback("Greet", 1),
}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", [1, 2])
@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS.keys())
def test_an_operation_that_ends_in_the_middle_happened_whole_or_not(
    deployed: Tenant, operation: Callable[[Tenant], object], step: int, when: str, tmp_path: Path
) -> None:
    deployed.save_code("Greet", "second")
    old = state(deployed)
    shutil.copytree(deployed.path, tmp_path / "twin")
    twin = Tenant.open(tmp_path / "twin")
    operation(twin)
    new = state(twin)
    replace, calls = os.replace, 0

    def dying_replace(source: str, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == step and when == "before":
            raise Killed
        replace(source, target)
        if calls == step:
            raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", dying_replace)
        with suppress(Killed):
            operation(deployed)
    again = Tenant.open(deployed.path)
    assert state(again) in (old, new)
    operation(again)
    latest = again.action("Greet").latest
    assert again.deploy("Greet").number == latest + 1
    assert [version.number for version in again.versions("Greet")] == list(range(latest + 1, 0, -1))


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS.keys())
def test_a_full_disk_is_a_sentence_and_the_old_state_stays(
    deployed: Tenant, operation: Callable[[Tenant], object]
) -> None:
    deployed.save_code("Greet", "second")
    old = state(deployed)

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        patch.setattr(os, "replace", no_room)
        with pytest.raises(UserError, match=r"cannot be written \(No space left on device\)"):
            operation(deployed)
    assert state(deployed) == old


@pytest.mark.xdist_group("processes")
def test_two_processes_deploying_lose_no_version_and_leave_no_gap(deployed: Tenant) -> None:
    arguments = [sys.executable, "-c", DEPLOY_MANY, str(deployed.path)]
    processes = [subprocess.Popen([*arguments, who, str(DEPLOYS)]) for who in ("left", "right")]
    assert [process.wait() for process in processes] == [0, 0]
    versions = deployed.versions("Greet")
    assert [version.number for version in versions] == list(range(2 * DEPLOYS + 1, 0, -1))
    notes = [version.note for version in reversed(versions)][1:]
    for who in ("left", "right"):
        assert [note for note in notes if note.startswith(who)] == [f"{who} {n}" for n in range(DEPLOYS)]
    assert [version.number for version in versions if version.deployed] == [2 * DEPLOYS + 1]


@pytest.mark.xdist_group("processes")
def test_kill_during_deploys_leaves_a_whole_tenant(deployed: Tenant) -> None:
    latest = 1
    for round_trips in range(1, 7):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVE_AND_DEPLOY_FOREVER, str(deployed.path)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        for _ in range(round_trips):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()

        tenant = Tenant.open(deployed.path)
        action, versions = tenant.action("Greet"), tenant.versions("Greet")
        assert action.latest >= latest + 2 * round_trips
        latest = action.latest
        assert [version.number for version in versions] == list(range(latest, 0, -1))
        assert action.deployed == latest
        assert not [version for version in versions if version.note.startswith("damaged")]
        assert tenant.draft("Greet").code == "first" or tenant.draft("Greet").code.startswith("round")
    deployed.deploy("Greet")
    half_written = [path for path in deployed.path.rglob(".*.json.*") if "content" in path.parts]
    assert half_written == []


def test_what_killed_writers_left_is_cleared_away(deployed: Tenant) -> None:
    (content,) = deployed.path.glob("actions/*/content")
    leftovers = [deployed.path / ".tenant.json.k2x8", content / ".0123.json.q1", content / "0123.json"]
    for path in leftovers:
        path.write_bytes(b"{")
    deployed.deploy("Greet")
    assert [path for path in leftovers if path.exists()] == []


def test_a_tenant_that_another_holds_is_a_sentence(deployed: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE_S", 0.01)
    with FileLock(deployed.path / ".lock"):
        with pytest.raises(UserError, match=r"another process has held the tenant's lock"):
            deployed.deploy("Greet")
        assert [version.number for version in deployed.versions("Greet")] == [1]
    assert deployed.deploy("Greet").number == 2


def test_threads_may_share_a_tenant(deployed: Tenant) -> None:
    faults: list[BaseException] = []

    def work(who: int) -> None:
        try:
            for number in range(8):
                deployed.set_dependency("Greet", Dependency(f"p{who}-{number}", "", "1.0.0"))
                deployed.draft("Greet")
                deployed.versions("Greet")
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(deployed.draft("Greet").dependencies) == 32
