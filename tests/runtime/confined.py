"""Short ways to run an Action's body under confinement in the tests."""

from __future__ import annotations

import pytest
from running import javascript, python, said

from actionsmith.runtime.confinement import kernel, syscalls
from actionsmith.runtime.execution import Execution

linux_holds = pytest.mark.skipif(
    kernel.landlock_abi() < 6 or syscalls.machine() is None, reason="the kernel cannot hold all of this"
)


def in_javascript(body: str, **more) -> Execution:
    return javascript(f"exports.onExecutePostLogin = async (event, api) => {{\n{body}\n}};", **more)


def in_python(body: str, **more) -> Execution:
    return python(f"async def on_execute_post_login(event, api):\n{indented(body or 'pass')}\n", **more)


def indented(body: str) -> str:
    return "\n".join(f"    {line}" for line in body.splitlines())


def texts(execution: Execution) -> list[str]:
    assert execution.error is None, execution.error
    return [text for _, text, _ in said(execution)]
