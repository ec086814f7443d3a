"""A small tenant of real Actions and the workbench on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import idle
import parsed_once
import pytest
from drive import ADMIN, CLAIMS, MEDIUM, MFA, Desk, OpenDesk
from log_records import RECORDS

from actionsmith import paths
from actionsmith.tenant.log import Log
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.app import ActionsmithApp

idle.take_the_place_of_textuals()
parsed_once.take_the_place_of_textuals()


@pytest.fixture
def tenant(tmp_path: Path) -> Tenant:
    """Two Actions of post-login, the first with a secret, a saved event and one version."""
    tenant = Tenant.create(tmp_path / "tenant", "demo")
    tenant.create_action("MFA for Role", "post-login", "javascript", MFA)
    tenant.create_action("Role Claims", "post-login", "python", CLAIMS)
    tenant.set_secret("MFA for Role", "API_KEY", "hidden value")
    tenant.save_event("post-login", "admin user", ADMIN)
    tenant.deploy("MFA for Role")
    return tenant


@pytest.fixture
def workbench(tenant: Tenant) -> OpenDesk:
    """Opens the workbench on the tenant: `async with workbench(size=NARROW) as desk`."""

    @asynccontextmanager
    async def open_workbench(size: tuple[int, int] = MEDIUM, on: Tenant = tenant) -> AsyncIterator[Desk]:
        app = ActionsmithApp(on)
        async with app.run_test(size=size, notifications=True) as pilot:
            desk = Desk(app, pilot)
            await desk.settle()
            yield desk
            assert not list((paths.state_dir() / "reports").glob("*")), "something unforeseen went wrong"
        app.close()

    return open_workbench


@pytest.fixture
def log(tenant: Tenant) -> Log:
    """Five executions, the second failed at line 3, the third is a flow that was denied."""
    for each in RECORDS:
        tenant.log.append(each)
    return tenant.log
