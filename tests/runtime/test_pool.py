"""Hosts started ahead."""

from __future__ import annotations

import msgspec
import pytest
from running import request, said

from actionsmith.runtime.engine import run
from actionsmith.runtime.host_kind import DEFAULT_MEMORY_MB, Packages
from actionsmith.runtime.pool import HostPool


@pytest.fixture
def pool():
    pool = HostPool()
    pool.start()
    yield pool
    pool.close()


def test_runs_do_not_see_each_other(pool):
    code = "globalThis.n = (globalThis.n ?? 0) + 1;\nexports.onExecutePostLogin = async () => console.log(globalThis.n);"
    assert [said(run(request(code, "javascript"), pool=pool))[0][1] for _ in range(3)] == ["1", "1", "1"]


def test_a_waiting_host_that_died_is_replaced(pool):
    pool.take("python", Packages(), DEFAULT_MEMORY_MB).close()
    pool.start("python")
    waiting = pool.take("python", Packages(), DEFAULT_MEMORY_MB)
    waiting.kill()
    pool.retire(waiting)
    code = "import os\ndef on_execute_post_login(event, api): print('ran')\n"
    for _ in range(2):
        assert said(run(request(code, "python"), pool=pool)) == [("log", "ran", 2)]


def test_other_limits_get_another_host(pool):
    made = msgspec.structs.replace(
        request("exports.onExecutePostLogin = async () => {};", "javascript"), memory_mb=99
    )
    assert run(made, pool=pool).status == "completed"


def test_close_ends_all_hosts():
    pool = HostPool()
    pool.start()
    hosts = [pool.take(language, Packages(), DEFAULT_MEMORY_MB) for language in ("javascript", "python")]
    pool.close()
    for host in hosts:
        host.close()
        assert not host.alive


@pytest.mark.parametrize(("cores", "waiting"), [(1, 1), (4, 1), (16, 2)])
def test_how_many_hosts_wait_depends_on_the_cores(monkeypatch, cores, waiting):
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    pool = HostPool()
    pool.start("python")
    first = pool.take("python", Packages(), DEFAULT_MEMORY_MB)
    pool.retire(first)
    pool.retire(pool.take("python", Packages(), DEFAULT_MEMORY_MB))
    taken = []
    _settle(pool)
    monkeypatch.setattr("actionsmith.runtime.pool._new_host", lambda *_: None)  # one that did not wait
    while (host := pool.take("python", Packages(), DEFAULT_MEMORY_MB)) is not None:
        taken.append(host)
    for host in taken:
        host.close()
    pool.close()
    assert len(taken) == waiting


def test_hosts_that_may_reach_the_network_are_no_answer_to_a_run_that_may_not(pool):
    _settle(pool)
    ordinary = pool.take("javascript", Packages(), DEFAULT_MEMORY_MB)
    pool.retire(ordinary)
    _settle(pool)
    offline = pool.take("javascript", Packages(), DEFAULT_MEMORY_MB, offline=True)
    assert offline.offline
    pool.retire(offline)
    _settle(pool)
    again = pool.take("javascript", Packages(), DEFAULT_MEMORY_MB, offline=True)
    assert again.offline
    assert again is not offline
    again.close()


def _settle(pool: HostPool) -> None:
    for worker in list(pool._workers):
        worker.join()
