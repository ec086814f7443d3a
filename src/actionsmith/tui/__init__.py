"""The workbench: a Textual application over the use cases."""

from __future__ import annotations

import gc
from signal import SIG_IGN, SIGHUP, SIGTERM, getsignal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actionsmith.runtime.pool import HostPool


def run(tenant_name: str | None, *, mouse: bool = True) -> int:
    """Open the workbench on a tenant (name or directory; None: the default one) until the person leaves.

    Without `mouse` the terminal keeps it, for selecting text.
    Returns the exit code. Raises UserError when the tenant cannot be opened.
    """
    gc.disable()  # hardly anything made while starting is garbage; `once_shown` turns it on again
    from actionsmith.runtime.pool import HostPool
    from actionsmith.tui.app import ActionsmithApp
    from actionsmith.workshop.tenants import open_tenant

    tenant = open_tenant(tenant_name)
    pool = HostPool()
    signals = [each for each in (SIGTERM, SIGHUP) if getsignal(each) is not SIG_IGN]  # nohup ignores one
    app = ActionsmithApp(tenant, pool, once_shown=lambda: _settle_in(pool), leave_at=signals)
    try:
        app.run(mouse=mouse)
        return app.return_code or 0
    finally:
        try:
            app.close()
        finally:
            pool.close()
            from actionsmith.packages import end_tools  # loaded long since, but not needed to start

            end_tools()


def _settle_in(pool: HostPool) -> None:
    """What can wait until the first screen is up: the hosts, and modules that the first run needs."""
    gc.freeze()
    gc.enable()
    pool.start()
    from actionsmith.language import contract_completion, contract_signature
    from actionsmith.workshop import running

    _ = contract_completion, contract_signature, running
