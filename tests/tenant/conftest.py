"""A tenant to work on."""

from __future__ import annotations

from pathlib import Path

import pytest

from actionsmith.tenant.tenant import Tenant


@pytest.fixture
def tenant(tmp_path: Path) -> Tenant:
    """An empty tenant."""
    return Tenant.create(tmp_path / "tenant", "demo")


@pytest.fixture
def deployed(tenant: Tenant) -> Tenant:
    """A tenant with the Action `Greet` in version 1."""
    tenant.create_action("Greet", "post-login", "javascript", "first")
    tenant.deploy("Greet")
    return tenant
