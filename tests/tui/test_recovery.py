"""Text that was not saved is there again after the program died."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap

from drive import MFA, NARROW, OpenDesk
from textual.widgets import Button

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.screens.recover import RecoverDialog
from actionsmith.tui.widgets.row_view import RowView

TYPED = MFA + "// typed [and] not saved\n"

EVENT = '{"typed": true}'

DIES_WHILE_TYPING = """
    import asyncio, os, signal, sys
    from pathlib import Path
    from actionsmith import paths
    from actionsmith.tenant.tenant import Tenant
    from actionsmith.tui.app import ActionsmithApp

    async def main(path, text, event):
        app = ActionsmithApp(Tenant.open(Path(path)))
        async with app.run_test() as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()
            app.workbench.desk.code.editor.set_text(text)
            app.workbench.desk.event.editor.set_text(event)
            kept = lambda: [path.read_text() for path in (paths.state_dir() / "journal").rglob("*.json")]
            while not any("not saved" in file and "true" in file for file in kept()):
                await pilot.pause(0.02)
            os.kill(os.getpid(), signal.SIGKILL)

    asyncio.run(main(*sys.argv[1:]))
"""


def die_while_typing(tenant: Tenant) -> None:
    """Type into the editor of a workbench in another process, and kill it."""
    program = [sys.executable, "-c", textwrap.dedent(DIES_WHILE_TYPING), str(tenant.path), TYPED, EVENT]
    ended = subprocess.run(
        program, check=False, env=dict(os.environ), capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr


async def test_the_text_of_a_killed_workbench_is_offered_until_it_is_restored(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    die_while_typing(tenant)
    async with workbench() as desk:
        await desk.press("escape", "escape")
        assert desk.app.screen is desk.screen
        assert (desk.screen.desk.code.text, desk.screen.desk.event.changed) == (MFA, False)
    async with workbench(size=NARROW) as desk:
        shown = ""
        for _ in range(2):
            dialog = desk.app.screen
            assert isinstance(dialog, RecoverDialog)
            shown += dialog.query_one(RowView).plain
            assert all(desk.screen.region.contains_region(button.region) for button in dialog.query(Button))
            await desk.press("enter")
        assert "+// typed [and] not saved" in shown, "as a difference"
        assert "exports.onExecute" not in shown
        assert f"+{EVENT}" in shown
        assert (desk.screen.desk.code.text, desk.screen.desk.event.text) == (TYPED, EVENT)
        assert "● not saved" in desk.header
        await desk.press("ctrl+s")
        desk.screen.desk.event.action_save()
        await desk.settle()
        assert tenant.draft("MFA for Role").code == TYPED
        assert tenant.event("post-login", "admin user").text == EVENT
    async with workbench() as desk:
        assert desk.app.screen is desk.screen


async def test_a_changed_event_is_kept_at_quitting_also_one_of_a_trigger_that_is_not_shown(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    tenant.create_action("Token", "credentials-exchange", "javascript", "")
    async with workbench() as desk:
        await desk.write_event(EVENT)
        desk.screen.open_action("Token")
        await desk.settle()
        await desk.write_event("[1]")
        desk.screen.desk.event.action_reset()
        await desk.settle()
        await desk.pilot.press("ctrl+q")
        assert desk.app._exit
    async with workbench() as desk:
        dialog = desk.app.screen
        assert isinstance(dialog, RecoverDialog), "one text: the other was put back by hand"
        assert "+" + EVENT in dialog.query_one(RowView).plain
        await desk.press("enter")
        assert (desk.app.screen, desk.screen.desk.event.trigger) == (desk.screen, "credentials-exchange")
        desk.screen.open_action("MFA for Role")
        await desk.settle()
        assert desk.screen.desk.event.text == EVENT
        desk.screen.desk.event.action_reset()
        await desk.settle()
    async with workbench() as desk:
        assert desk.app.screen is desk.screen


async def test_text_that_was_not_saved_at_quitting_is_offered_once_and_even_when_its_action_is_gone(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        desk.screen.desk.code.editor.set_text(TYPED)
        await desk.pilot.pause()
    async with workbench() as desk:
        assert isinstance(desk.app.screen, RecoverDialog)
        await desk.press("shift+tab", "enter")
        assert desk.app.screen is desk.screen
        assert desk.screen.desk.code.text == MFA
        desk.screen.desk.code.editor.set_text("// newer\n")
        await desk.pilot.pause()
    tenant.delete_action("MFA for Role")
    async with workbench() as desk:
        dialog = desk.app.screen
        assert isinstance(dialog, RecoverDialog)
        assert "// newer" in dialog.query_one(RowView).plain, "not the discarded text"
        await desk.press("enter")
        assert desk.app.screen is desk.screen
        assert any("There is no Action “MFA for Role” any more" in notice for notice in desk.notices)
