"""Language services in the workbench: started off its thread, their state told once and in few words."""

from __future__ import annotations

import threading

import pytest
from drive import NARROW, WIDE, Desk, OpenDesk
from textual.content import Content

from actionsmith.language.service import Code, Diagnostic, LanguageService, Span, Status
from actionsmith.tui.workbench import languages

NOTE = "TypeScript cannot be installed: npm's registry cannot be reached. Until then there is the contract."


class Told(LanguageService):
    """A service whose state a test sets, and which finds a fault for each secret that is not there."""

    def __init__(self) -> None:
        self.state = Status("starting")
        self.started_in: threading.Thread | None = None
        self.closed = False

    @property
    def status(self) -> Status:
        return self.state

    def start(self) -> None:
        self.started_in = threading.current_thread()

    async def diagnose(self, code: Code) -> tuple[Diagnostic, ...]:
        facts = (*code.secrets, *code.dependencies, *code.packages)
        return (Diagnostic(Span(0, 0, 0, 1), "info", f"known: {', '.join(facts)}", "test"),)

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    service = Told()
    service.loaded_in = None  # type: ignore[attr-defined]

    def load():  # type: ignore[no-untyped-def]
        service.loaded_in = threading.current_thread()  # type: ignore[attr-defined]
        return lambda: service

    monkeypatch.setattr(languages, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(languages, "LOOK_SELDOM_SECONDS", 0.01)
    monkeypatch.setitem(languages.LOADERS, "javascript", load)
    return service


async def started(desk: Desk, told: Told) -> None:
    desk.screen.languages.start()
    await desk.until(lambda: told.started_in is not None)


def border(desk: Desk) -> str:
    return Content.from_markup(desk.screen.desk.code.border_subtitle).plain


def known(desk: Desk) -> list[str]:
    return [it.message for it in desk.screen.desk.code.editor.diagnostics]


async def test_what_a_service_needs_is_loaded_beside_the_screen(workbench: OpenDesk, told: Told) -> None:
    async with workbench() as desk:
        await started(desk, told)
        assert told.loaded_in is not threading.main_thread()  # type: ignore[attr-defined]
        assert told.started_in is threading.main_thread()
    assert told.closed


async def test_none_is_started_once_the_workbench_goes(
    workbench: OpenDesk, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def load():  # type: ignore[no-untyped-def]
        go_on.wait(30)
        return lambda: told

    monkeypatch.setitem(languages.LOADERS, "javascript", load)
    async with workbench() as desk:
        desk.screen.languages.start()
        await desk.pilot.pause()
    go_on.set()
    assert told.started_in is None


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_what_is_missing_is_told_once_and_in_few_words_at_the_border(
    workbench: OpenDesk, told: Told, size: tuple[int, int]
) -> None:
    async with workbench(size=size) as desk:
        await started(desk, told)
        for _ in range(3):
            told.state = Status("starting", "asking npm for a package with a name that is very, very long")
            await desk.until(lambda: "asking npm" in border(desk))
            assert len(border(desk)) < desk.screen.desk.code.size.width - 2, border(desk)
            assert border(desk).endswith("1:1")
            told.state = Status("missing", NOTE, "no TypeScript")
            await desk.until(lambda: "no TypeScript" in border(desk))
        assert desk.notices == [NOTE]
        told.state = Status("ready")
        await desk.until(lambda: "TypeScript" not in border(desk))


async def test_faults_are_looked_for_anew_when_the_draft_gets_a_secret_or_a_package(
    workbench: OpenDesk, told: Told
) -> None:
    async with workbench() as desk:
        await started(desk, told)
        told.state = Status("ready")
        await desk.until(lambda: known(desk) == ["known: API_KEY"])
        desk.app.tenant.set_secret("MFA for Role", "OTHER", "hidden value")
        desk.screen.load()
        await desk.until(lambda: known(desk) == ["known: API_KEY, OTHER"])
