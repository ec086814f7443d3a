"""Adding packages to the draft. It may take its time, so other changes do not wait for it."""

from __future__ import annotations

from collections.abc import Callable

from actionsmith.tenant.model import Dependency
from actionsmith.tenant.tenant import Tenant
from actionsmith.threads import Stop
from actionsmith.tui.faults import describe
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast
from actionsmith.tui.widgets.modules_panel import ModulesPanel

LANE = "packages"


class Installs:
    """Shows progress and faults in the panel; `added` is called after each package that was installed.

    `_under_way` has what ends each of those that were asked for, in their order.
    """

    def __init__(self, jobs: Jobs, panel: ModulesPanel, tenant: Tenant, added: Callable[[], None]) -> None:
        self._jobs, self._panel, self._tenant, self._added = jobs, panel, tenant, added
        self._under_way: list[Stop] = []

    def add(self, action: str, spec: str) -> None:
        """Install the package `nodemailer@6` for an Action, after those asked for before."""
        stop = Stop()
        self._under_way.append(stop)

        def progress(line: str) -> None:
            self._panel.call_later(self._tell, stop, line)

        def work() -> Dependency:
            from actionsmith.workshop.dependencies import add_dependency

            progress(f"Adding {spec}…")
            with stop:
                return add_dependency(self._tenant, action, spec, progress)

        def done(added: Dependency) -> None:
            self._end(stop)
            toast(self._panel, f"{added.name} {added.version} is added.")
            self._added()

        def refused(error: Exception) -> None:
            self._end(stop)
            if stop.is_wanted:
                toast(self._panel, f"Adding {spec} was cancelled; the draft is as it was.")
            else:
                self._panel.show_refusal(action, spec, describe(error))

        self._jobs.in_order(LANE, work, done, refused)

    def cancel(self) -> None:
        """End the installation that is under way; the draft stays as it is."""
        if self._under_way:
            self._under_way[0].stop()

    def _tell(self, stop: Stop, line: str) -> None:
        if stop in self._under_way:  # a line may come after the end
            self._panel.show_progress(line)

    def _end(self, stop: Stop) -> None:
        self._under_way.remove(stop)
        self._panel.clear_notice()
