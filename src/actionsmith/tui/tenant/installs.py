"""Adding packages to the draft. It may take its time, so other changes do not wait for it."""

from __future__ import annotations

from collections.abc import Callable

from actionsmith.tenant.model import Dependency
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.faults import describe
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast
from actionsmith.tui.widgets.modules_panel import ModulesPanel

LANE = "packages"


class Installs:
    """Shows progress and faults in the panel; `added` is called after each package that was installed."""

    def __init__(self, jobs: Jobs, panel: ModulesPanel, tenant: Tenant, added: Callable[[], None]) -> None:
        self._jobs, self._panel, self._tenant, self._added = jobs, panel, tenant, added

    def add(self, action: str, spec: str) -> None:
        """Install the package `nodemailer@6` for an Action, after those asked for before."""
        self._panel.show_progress(f"Adding {spec}…")

        def progress(line: str) -> None:
            self._panel.call_later(self._panel.show_progress, line)

        def work() -> Dependency:
            from actionsmith.workshop.dependencies import add_dependency

            return add_dependency(self._tenant, action, spec, progress)

        def done(added: Dependency) -> None:
            self._panel.clear_notice()
            toast(self._panel, f"{added.name} {added.version} is added.")
            self._added()

        def refused(error: Exception) -> None:
            self._panel.show_refusal(action, spec, describe(error))

        self._jobs.in_order(LANE, work, done, refused)
