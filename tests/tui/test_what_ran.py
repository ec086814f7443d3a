"""What a test run leaves on the lines of the code."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from drive import ADMIN, MFA, OpenDesk

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.widgets.code_pane import CodePane


class Seen:
    """What the editor was last told to show of a run."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clear()
        monkeypatch.setattr(CodeEditor, "show_coverage", self.cover)
        monkeypatch.setattr(CodeEditor, "show_notes", self.note)
        monkeypatch.setattr(CodeEditor, "clear_what_ran", self.clear)

    def cover(self, ran: frozenset[int], missed: frozenset[int]) -> None:
        self.ran, self.missed = ran, missed

    def note(self, notes: Mapping[int, str]) -> None:
        self.notes = dict(notes)

    def clear(self) -> None:
        self.ran, self.missed, self.notes = frozenset[int](), frozenset[int](), {}

    @property
    def nothing(self) -> bool:
        return not (self.ran or self.missed or self.notes)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    return Seen(monkeypatch)


async def test_lines_that_ran_and_what_they_did_are_shown_on_them(workbench: OpenDesk, seen: Seen) -> None:
    async with workbench() as desk:
        await desk.press("f5")
        assert (seen.ran, seen.missed) == ({0, 1, 2, 3}, set())
        assert seen.notes == {1: "log: roles [ 'Admin' ]", 3: 'api.multifactor.enable("any")'}
        assert "4 of 4 lines" in desk.result

        await desk.write_event('{"authorization": {"roles": []}}')
        await desk.press("f5")
        assert (seen.ran, seen.missed) == ({0, 1, 2}, {3})
        assert "3 of 4 lines" in desk.result

        desk.screen.open_action("Role Claims")
        await desk.settle()
        await desk.write_event(ADMIN)
        await desk.press("f5")
        assert seen.ran == {0, 1}
        assert list(seen.notes) == [1]

        desk.screen.open_action("MFA for Role")  # its last run is shown again, on the text it was a run of
        await desk.settle()
        assert (seen.ran, seen.missed) == ({0, 1, 2}, {3})


async def test_a_text_that_was_changed_meanwhile_shows_nothing_of_the_run(
    workbench: OpenDesk, seen: Seen
) -> None:
    slow = MFA.replace("console.log(", "await new Promise((done) => setTimeout(done, 100));\n  console.log(")
    async with workbench() as desk:
        await desk.write(slow)
        desk.screen.action_run()
        desk.screen.desk.code.editor.set_text(f"// changed\n{slow}")
        await desk.until(lambda: desk.screen.desk.result.execution is not None)
        await desk.settle()
        assert seen.nothing
        assert "5 of 5 lines" in desk.result


async def test_saving_runs_the_draft_when_that_is_wanted(workbench: OpenDesk, tenant: Tenant) -> None:
    async with workbench() as desk:
        await desk.press("ctrl+s")
        assert "Nothing has run yet" in desk.result
        await desk.choose_from_palette("run on save")
        assert desk.screen.run_on_save
        desk.screen.desk.go_to("code")
        await desk.write(MFA.replace('"roles"', '"changed"'))
        await desk.press("ctrl+s")
        assert "changed [ 'Admin' ]" in desk.result
        assert '"changed"' in tenant.draft("MFA for Role").code
        assert desk.app.focused is desk.screen.desk.code.editor
        await desk.choose_from_palette("run on save")
        assert not desk.screen.run_on_save


async def test_the_count_of_faults_follows_a_run_that_failed_and_one_that_did_not(
    workbench: OpenDesk,
) -> None:
    def counted() -> str:
        return str(desk.app.query_one(CodePane).border_subtitle)

    async with workbench() as desk:
        await desk.write("exports.onExecutePostLogin = async () => {\n  missing();\n};\n")
        await desk.press("f5")
        await desk.until(lambda: "● 1" in counted())
        await desk.write(MFA)
        await desk.press("f5")
        await desk.until(lambda: "●" not in counted())
