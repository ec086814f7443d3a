"""The editor of an event: completed and checked as it is typed."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from drive import settle
from textual import on
from textual.app import App, ComposeResult

from actionsmith.language.event_service import Checker
from actionsmith.language.service import Diagnostic
from actionsmith.triggers import loader
from actionsmith.triggers.validation import Fault
from actionsmith.tui.editor.event_editor import EventEditor


class EventApp(App[None]):
    def __init__(self, editor: EventEditor) -> None:
        super().__init__()
        self.editor = editor
        self.faults: list[Sequence[Diagnostic]] = []

    def compose(self) -> ComposeResult:
        yield self.editor

    def load(self, text: str) -> None:
        self.editor.trigger = "post-login"
        self.editor.load(text, "json")

    @on(EventEditor.Diagnosed)
    def found(self, event: EventEditor.Diagnosed) -> None:
        self.faults.append(event.found)


def editor_with(check: Checker) -> EventEditor:
    return EventEditor("{}", "post-login", check=check)


async def test_the_default_event_has_no_faults_and_a_wrong_one_is_marked() -> None:
    app = EventApp(EventEditor(id="event"))
    async with app.run_test() as pilot:
        text = loader.default_event_text("post-login")
        app.load(text)
        await settle(pilot)
        assert app.faults[-1] == ()
        app.load(text.replace('"email_verified"', '"email_verfied"'))
        await settle(pilot)
        lines = {fault.span.row + 1 for fault in app.faults[-1]}
        assert lines == {it.span.row + 1 for it in app.editor.diagnostics} != set()


async def test_typing_is_checked_after_a_pause() -> None:
    app = EventApp(EventEditor("{}", "post-login"))
    async with app.run_test() as pilot:
        app.editor.focus()
        await settle(pilot)
        before = len(app.faults)
        await pilot.press("x")
        while len(app.faults) == before:
            await pilot.pause(0.02)
        assert "not JSON" in app.faults[-1][0].message


async def test_a_check_of_an_older_text_is_dropped() -> None:
    release = threading.Event()

    def check(_: str, text: str) -> Sequence[Fault]:
        if text == "{}":
            release.wait(5)
            return [Fault("", 1, "old")]
        return [Fault("", 1, "new")]

    app = EventApp(editor_with(check))
    async with app.run_test() as pilot:
        app.load("{ }")
        while not app.faults:
            await pilot.pause(0.02)
        release.set()
        await pilot.pause(0.05)
        assert [faults[0].message for faults in app.faults] == ["new"]


async def test_members_are_proposed() -> None:
    app = EventApp(EventEditor("", "post-login"))
    async with app.run_test() as pilot:
        app.editor.focus()
        await pilot.press("left_curly_bracket", "quotation_mark", "u")
        await settle(pilot)
        await pilot.press("ctrl+@")
        await settle(pilot)
        await pilot.press("tab")
        assert app.editor.text == '{"user": {}}'
