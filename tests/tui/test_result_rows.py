"""What is said of an execution, and that no text of a user can break it."""

from __future__ import annotations

from typing import Any

from drive import OpenDesk
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.geometry import Size

from actionsmith.runtime.execution import ActionError, Command, ConsoleLine, Execution, HttpRequest, Stats
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.running.result_rows import (
    SHOWN_LINES,
    command_row,
    duration,
    highlighted_json,
    result_rows,
)
from actionsmith.tui.screens.diff import diff_rows
from actionsmith.tui.widgets.row_view import Row, RowView
from actionsmith.visible import visible

HOSTILE = "[/] [bold [red]x[/red] \x1b[31m\x07 \\[ $error {x} \t\u202e 漢字 🙂\r\n]"


def execution(**parts: Any) -> Execution:
    usual: dict[str, Any] = {
        "action": "A",
        "version": None,
        "trigger": "post-login",
        "language": "javascript",
        "handler": "onExecutePostLogin",
        "status": "completed",
        "stats": Stats(duration_ms=1.9, host_ms=0.3, cpu_ms=1.1, memory_bytes=41_000_000),
    }
    return Execution(**{**usual, **parts})


def text(rows: list[Row]) -> str:
    return "\n".join(f"{row.margin.plain}{row.text.plain}" for row in rows)


def test_commands_are_shown_as_they_are_written_in_the_language_of_the_action() -> None:
    command = Command(path="idToken.setCustomClaim", args=["a", {"b": [1]}], line=3)
    assert 'api.idToken.setCustomClaim("a", {"b": [1]})' in text(
        result_rows(execution(commands=[command]), {})
    )
    python = execution(commands=[command], language="python")
    assert 'api.id_token.set_custom_claim("a", {"b": [1]})' in text(result_rows(python, {}))


def test_a_refused_call_says_why() -> None:
    refused = Command(path="redirect.sendUserTo", args=["nope"], error="api.redirect.sendUserTo: no URL")
    row = command_row(refused, "python")
    assert row.text.plain == 'api.redirect.send_user_to("nope")  refused: no URL'


def test_rows_of_commands_console_and_error_lead_to_their_lines() -> None:
    found = execution(
        status="failed",
        commands=[Command(path="access.deny", args=[], line=3)],
        console=[ConsoleLine(level="warn", text="careful", line=4, at_ms=0.1)],
        error=ActionError(name="TypeError", message="no", line=5, column=7),
        warnings=["left out"],
    )
    rows = result_rows(found, {})
    assert {row.line for row in rows if row.line} == {3, 4, 5}
    assert "line 5, column 7" in text(rows)
    assert "! left out" in text(rows)


def test_requests_are_shown_with_their_answers_and_what_was_sent() -> None:
    sent = HttpRequest(
        method="POST",
        url="https://api.example.com/[x]",
        headers={"authorization": "Bearer [secret TOKEN]"},
        body={"name": "[b]"},
        status=503,
    )
    refused = HttpRequest(method="GET", url="https://down.example/", headers={}, body=None, status=None)
    lost = HttpRequest(method="GET", url="/", headers={}, body="x" * 9_000, status=None, error="no [route]")
    shown = text(result_rows(execution(http=[sent, refused, lost]), {}))
    assert " 503  POST https://api.example.com/[x]" in shown
    assert "authorization: Bearer [secret TOKEN]" in shown
    assert '{"name": "[b]"}' in shown
    assert "GET https://down.example/\nThere was no answer." in shown
    assert "no [route]" in shown
    assert "(9,000 characters)" in shown
    assert "x" * 1_000 not in shown


def test_what_held_the_action_is_said_and_what_did_not_stands_in_front() -> None:
    stats = Stats(confinement={"files": "landlock", "memory": "not enforced", "programs": "seccomp"})
    shown = text(result_rows(execution(stats=stats), {}))
    assert "confinedmemory: not enforced · files: landlock · programs: seccomp" in shown
    assert "confined" not in text(result_rows(execution(), {}))


def test_many_console_lines_are_cut_and_the_rest_is_counted() -> None:
    lines = [
        ConsoleLine(level="log", text=str(number), line=1, at_ms=0) for number in range(SHOWN_LINES + 500)
    ]
    assert "500 more" in text(result_rows(execution(console=lines), {}))


def test_figures_are_short() -> None:
    assert [duration(ms) for ms in (0.042, 1.94, 18.4, 3210)] == ["0.042 ms", "1.9 ms", "18 ms", "3.2 s"]


def test_a_diff_counts_and_shows_what_changed() -> None:
    shown = text(diff_rows("a\nb\n", "a\nc [x]\n"))
    assert "1 added, 1 removed" in shown
    assert "+c [x]" in shown
    assert text(diff_rows("a", "a")) == "The code is the same."


@given(st.text())
def test_no_control_code_reaches_the_terminal(source: str) -> None:
    shown = visible(source)
    assert all(
        character == "\n" or not (ord(character) < 32 or 127 <= ord(character) < 160) for character in shown
    )
    assert "\n" not in one_line(source)


@given(st.text(max_size=200))
def test_highlighting_keeps_every_character_of_the_json(source: str) -> None:
    assert highlighted_json(visible(source), {}).plain == visible(source)


class ShowsRows(App[None]):
    def compose(self) -> Any:
        yield RowView()


async def test_rows_wrap_under_their_own_text_and_survive_every_width() -> None:
    found = execution(
        status="failed",
        commands=[Command(path="idToken.setCustomClaim", args=[HOSTILE, {HOSTILE: HOSTILE}], line=1)],
        outcome={HOSTILE: [HOSTILE]},
        console=[ConsoleLine(level="log", text=HOSTILE * 20, line=2, at_ms=0)],
        error=ActionError(name=HOSTILE, message=HOSTILE, line=3),
        warnings=[HOSTILE],
    )
    app = ShowsRows()
    async with app.run_test(size=(60, 20)) as pilot:
        view = app.query_one(RowView)
        view.set_rows(result_rows(found, {}))
        for width in (200, 40, 12, 60):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            for y in range(20):
                assert view.render_line(y).cell_length == view.scrollable_content_region.width
        assert view.virtual_size != Size(0, 0)


async def test_hostile_text_everywhere_does_not_disturb_the_workbench(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        tenant, name = desk.screen.tenant, "[/red] x [bold"
        tenant.create_action(
            name, "post-login", "javascript", f"// {one_line(HOSTILE)}\nthrow new Error('[/]');\n"
        )
        tenant.save_event("post-login", "[/event]", '{"[/x]": "[b]"}')
        desk.screen.open_action(name)
        await desk.settle()
        desk.screen.desk.event.choose("[/event]")
        await desk.press("f5", "f4", "f4", "f4", "f6", "f6", "f2")
        assert "[/]" in desk.result
        assert name in desk.header
        await desk.press("f8", "f1", "escape", "ctrl+p", "escape")
        assert desk.app.export_screenshot()
