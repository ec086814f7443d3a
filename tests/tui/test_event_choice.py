"""An Action is opened with an event that fits it."""

from __future__ import annotations

from pathlib import Path

from drive import OpenDesk

from actionsmith.tenant.tenant import Tenant
from actionsmith.workshop.samples import create_from_sample, sample


async def test_a_sample_begins_with_its_own_event_and_each_action_keeps_the_one_used_last(
    workbench: OpenDesk, tmp_path: Path
) -> None:
    tenant = Tenant.create(tmp_path / "samples", "samples")
    tenant.save_event("post-login", "a first event", "{}")
    tenant.create_action("Plain", "post-login", "javascript", "// nothing\n")
    own = sample("mfa-for-role")
    create_from_sample(tenant, own, "javascript", "Second factor")
    async with workbench(on=tenant) as desk:
        event = desk.screen.desk.event
        assert event.name_shown == "a first event"
        desk.screen.open_action("Second factor")
        await desk.settle()
        assert event.name_shown == next(iter(own.events))
        assert event.text == next(iter(own.events.values()))

        desk.screen.open_action("Plain")
        await desk.settle()
        assert event.name_shown == "a first event"
        await desk.write_event('{"typed": true}')
        desk.screen.open_action("Second factor")
        await desk.settle()
        assert event.text == '{"typed": true}', "what was typed is not thrown away"
