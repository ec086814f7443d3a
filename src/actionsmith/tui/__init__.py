"""The workbench: a Textual application over the use cases."""

from __future__ import annotations


def run(tenant_name: str | None, *, mouse: bool = True) -> int:
    """Open the workbench on a tenant (name or directory; None: the default one) until the person leaves.

    Without `mouse` the terminal keeps it, for selecting text.
    Returns the exit code. Raises UserError when the tenant cannot be opened.
    """
    from actionsmith.runtime.pool import HostPool
    from actionsmith.tui.app import ActionsmithApp
    from actionsmith.workshop.tenants import open_tenant

    tenant = open_tenant(tenant_name)
    pool = HostPool()
    pool.start()
    try:
        app = ActionsmithApp(tenant, pool)
        app.run(mouse=mouse)
        return app.return_code or 0
    finally:
        pool.close()
