"""What is typed survives bad moments: a full disk, a second text of one name, quitting at once, a decision put off."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from drive import CLAIMS, MFA, Desk, OpenDesk
from textual.events import Key

from actionsmith import atomic, paths
from actionsmith.tenant.journal import Journal, text_digest
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.dialogs import Confirm
from actionsmith.tui.screens.recover import RecoverDialog

NAME, OTHER = "MFA for Role", "Role Claims"


def crashed(tenant: Tenant, text: str, name: str = NAME, trigger: str = "") -> None:
    """Leave a text as a killed workbench leaves it."""
    journal = Journal(tenant)
    journal.write(name, text, text_digest(MFA), trigger=trigger)
    journal.close()
    time.sleep(0.002)  # times are kept to the millisecond, and the next text is a later one


def offered(tenant: Tenant) -> set[str]:
    """The texts that the next start offers."""
    journal = Journal(tenant)
    try:
        return {found.text for found in journal.recoverable()}
    finally:
        journal.close()


def code(desk: Desk) -> str:
    return desk.screen.desk.code.text


async def test_a_text_put_off_is_still_there_after_others_were_typed_saved_and_taken_back(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    crashed(tenant, "// kept\n")
    async with workbench() as desk:
        await desk.press("escape")
        await desk.press("x", "backspace")
        await desk.write("// saved\n")
        await desk.press("ctrl+s")
    assert offered(tenant) == {"// kept\n"}


async def test_of_two_recovered_texts_of_one_name_both_can_be_restored(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    tenant.save_event("post-login", "admin user", "{}")
    for text in ("// older\n", "// newer\n"):
        crashed(tenant, text)
        crashed(tenant, text, "admin user", "post-login")
    async with workbench() as desk:
        for _ in range(4):
            assert isinstance(desk.app.screen, RecoverDialog)
            await desk.press("enter")
        assert {code(desk), desk.screen.desk.event.text} == {"// older\n"}
    assert offered(tenant) == {"// older\n", "// newer\n"}


async def test_the_text_of_a_deleted_action_outlives_a_new_one_of_its_name(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        desk.screen.open_action(OTHER)
        await desk.settle()
        await desk.write("# of the old one\n")
        tenant.delete_action(OTHER)
        await desk.until(lambda: OTHER not in desk.screen.tabs.names)
        tenant.create_action(OTHER, "post-login", "python", CLAIMS)
        await desk.until(lambda: OTHER in desk.screen.action_names())
        desk.screen.open_action(OTHER)
        await desk.settle()
        await desk.write("# of the new one\n")
    assert offered(tenant) == {"# of the old one\n", "# of the new one\n"}


async def test_what_was_typed_the_moment_before_quitting_or_another_tab_is_kept(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        desk.screen.desk.code.editor.set_text("// in the last tab\n")
        desk.screen.showing.show(
            desk.screen.showing._reading()()
        )  # a snapshot comes before the editor's message
        assert code(desk) == "// in the last tab\n"
        desk.screen.tabs.shown = OTHER
        desk.screen.showing.show(desk.screen.showing._reading()())
        assert code(desk) == CLAIMS
        desk.screen.desk.code.editor.set_text("# at the end\n")
        await desk.pilot.press("ctrl+q")
        assert desk.app._exit
    assert offered(tenant) == {"// in the last tab\n", "# at the end\n"}


async def test_keys_pressed_before_quitting_are_written_first(workbench: OpenDesk, tenant: Tenant) -> None:
    async with workbench() as desk:
        for key in ("t", "y", "p", "e", "d", "ctrl+q"):  # faster than the editor takes them
            desk.app.post_message(Key(key, key if len(key) == 1 else None))
        await desk.until(lambda: desk.app._exit)
    assert offered(tenant) == {"typed" + MFA}


async def test_a_text_that_cannot_be_kept_is_told_of_once_tried_again_and_asked_about_at_quitting(
    workbench: OpenDesk, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = True
    write = atomic.write_bytes

    def refuse(path: Path, data: bytes, **how: object) -> None:
        if full and path.is_relative_to(paths.state_dir()):
            raise OSError(28, "No space left on device")
        write(path, data, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(atomic, "write_bytes", refuse)
    monkeypatch.setattr("actionsmith.tui.texts.kept_texts.AGAIN_SECONDS", 0.05)
    async with workbench() as desk:
        await desk.write("// typed\n")
        await desk.until(lambda: any("No space left" in notice for notice in desk.notices))
        await desk.pilot.pause(0.2)
        assert sum("No space left" in notice for notice in desk.notices) == 1
        await desk.press("ctrl+q")
        assert isinstance(desk.app.screen, Confirm)
        await desk.press("escape")
        full = False
        kept = paths.state_dir() / "journal"
        await desk.until(lambda: any("// typed" in path.read_text() for path in kept.rglob("*.json")))
        await desk.pilot.press("ctrl+q")
        assert desk.app._exit


async def test_faults_of_the_configuration_are_told_when_nothing_is_asked_any_more(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    paths.config_dir().mkdir(parents=True, exist_ok=True)
    (paths.config_dir() / "config.toml").write_text("[editor]\nvmi = true\n")
    for text in ("// older\n", "// newer\n"):
        crashed(tenant, text)
    async with workbench() as desk:
        for _ in range(2):
            assert isinstance(desk.app.screen, RecoverDialog)
            assert desk.notices == [], "a notice would cover its buttons"
            await desk.press("escape")
        assert any("vmi" in notice for notice in desk.notices)


async def test_a_journal_that_cannot_be_read_is_named(workbench: OpenDesk, tenant: Tenant) -> None:
    crashed(tenant, "// kept\n")
    (path,) = (paths.state_dir() / "journal").rglob("*.json")
    path.write_bytes(path.read_bytes()[:-5])
    async with workbench() as desk:
        assert any("cannot be read; it stays there" in notice for notice in desk.notices)
