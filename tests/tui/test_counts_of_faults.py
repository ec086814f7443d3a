"""How many faults the code has is seen on a small terminal, too, where no pane has a frame."""

from __future__ import annotations

import pytest
from drive import NARROW, OpenDesk
from editor_scene import CODE, Told

from actionsmith.language.service import LanguageService
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.widgets.tab_strip import TabStrip
from actionsmith.tui.workbench.languages import Languages


async def test_the_counts_stand_beside_the_tabs_as_far_as_they_fit(
    workbench: OpenDesk, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def services(_: Languages, language: str) -> tuple[LanguageService, ...]:
        return (Told(),)

    monkeypatch.setattr(Languages, "services", services)
    tenant.save_code("MFA for Role", CODE)
    async with workbench(size=NARROW) as desk:
        strip = desk.screen.query_one("#pane-tabs", TabStrip)

        def shown() -> str:
            return str(strip.render())

        await desk.until(lambda: shown().endswith("Result    ● 1 ▲ 1"))
        await desk.pilot.resize_terminal(80, 20)
        await desk.until(lambda: shown().endswith("  ● 1 ▲ 1 ◆ 1"))
        assert len(shown()) == strip.size.width
        await desk.write("// nothing is wrong here\n")
        await desk.until(lambda: shown().endswith("Result"))
