"""What a run that was stopped on purpose leaves in the log: no crash, and nobody's error."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from actionsmith.runtime.flow import Course
from actionsmith.tenant.log import LogFilter
from actionsmith.tenant.tenant import Tenant
from actionsmith.workshop.running import run_bound_flow, run_draft

ENDLESS = {
    "javascript": "{} = async () => {{ console.log('begun'); for (;;) {{}} }};",
    "python": "def {}(event, api):\n    print('begun')\n    while True:\n        pass\n",
}
PRETENDS = (
    "exports.onExecutePostLogin = async () => {"
    " throw Object.assign(new Error('the run was cancelled'), { name: 'Cancelled' }); };"
)


@pytest.fixture
def tenant(tmp_path: Path) -> Tenant:
    return Tenant.create(tmp_path / "tenant", "shop")


def make(tenant: Tenant, name: str, trigger: str, language: str) -> None:
    handlers = {
        ("post-login", "javascript"): "exports.onExecutePostLogin",
        ("post-login", "python"): "on_execute_post_login",
        ("post-change-password", "javascript"): "exports.onExecutePostChangePassword",
    }
    tenant.create_action(name, trigger, language, ENDLESS[language].format(handlers[trigger, language]))
    tenant.deploy(name)


@pytest.mark.parametrize("language", ENDLESS)
def test_a_run_that_was_stopped_is_no_crash(tenant: Tenant, language: str) -> None:
    make(tenant, "Endless", "post-login", language)
    cancel = threading.Event()
    execution = run_draft(tenant, "Endless", {}, progress=lambda _: cancel.set(), cancel=cancel)
    assert (execution.status, execution.was_stopped) == ("crashed", True), (
        "the statuses of a result are fixed"
    )
    (record,) = tenant.log.read().records
    (action,) = record.actions
    assert (record.status, action.status, action.error) == ("stopped", "stopped", None)
    assert action.console[0].text == "begun"
    assert tenant.log.read(LogFilter(status=frozenset(["crashed"]))).records == []
    assert len(tenant.log.read(LogFilter(status=frozenset(["stopped"]))).records) == 1


@pytest.mark.parametrize("trigger", ["post-login", "post-change-password"])
def test_a_flow_that_was_stopped_ends_there_and_no_action_has_stopped_it(
    tenant: Tenant, trigger: str
) -> None:
    names = ["First", "Second"]
    for name in names:
        make(tenant, name, trigger, "javascript")
    tenant.set_flow(trigger, names)
    cancel = threading.Event()
    flow = run_bound_flow(tenant, trigger, {}, course=Course(cancel=cancel, progress=lambda _: cancel.set()))
    assert [done.was_stopped for done in flow.actions] == [True]
    (record,) = tenant.log.read().records
    assert [action.status for action in record.actions] == ["stopped"]
    assert (record.status, record.stopped_by, record.reason) == ("stopped", None, None)


def test_an_action_cannot_pass_its_own_error_off_as_a_stop(tenant: Tenant) -> None:
    tenant.create_action("Pretends", "post-login", "javascript", PRETENDS)
    run_draft(tenant, "Pretends", {})
    (record,) = tenant.log.read().records
    assert record.status == "failed"
    assert record.actions[0].error is not None
