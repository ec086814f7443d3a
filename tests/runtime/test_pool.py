"""Hosts started ahead."""

from __future__ import annotations

import msgspec
import pytest
from running import request, said

from actionsmith.runtime.engine import run
from actionsmith.runtime.execution import DEFAULT_MEMORY_MB, Packages
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
