"""Every key of the bar that finds and replaces does on the workbench what the registry says."""

from __future__ import annotations

from drive import Desk, OpenDesk
from key_rows import Give, Rows
from textual.document._document import Selection
from textual.widgets import Input, Static

from actionsmith.editing.search import Query
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.find_bar import FindBar

ROWS = Rows()
TEXT = "event a\nEvent b\n  events c\nx"


def editor(desk: Desk) -> CodeEditor:
    return desk.screen.desk.code.editor


def bar(desk: Desk) -> FindBar:
    return desk.screen.query_one(FindBar)


async def find(desk: Desk, text: str) -> None:
    """Search for a text from the start of the document on."""
    bar(desk).query_one("#find-text", Input).value = text
    await desk.settle()


def count(desk: Desk) -> str:
    return str(bar(desk).query_one("#find-count", Static).visual)


@ROWS.of("find.next")
async def next_hit(desk: Desk, give: Give) -> None:
    await find(desk, "event")
    assert count(desk) == "1 of 3"
    await give()
    assert editor(desk).selection == ((1, 0), (1, 5))
    assert count(desk) == "2 of 3"


@ROWS.of("find.previous")
async def previous_hit(desk: Desk, give: Give) -> None:
    await find(desk, "event")
    await give()
    assert editor(desk).selection == ((2, 2), (2, 7))
    assert count(desk) == "3 of 3"


@ROWS.of("find.close")
async def close(desk: Desk, give: Give) -> None:
    await find(desk, "event")
    await give()
    assert not desk.screen.query(FindBar)
    assert editor(desk).has_focus
    assert editor(desk).selected_text == "event", "the hit stays selected"


@ROWS.of("find.replace_all")
async def replace_all(desk: Desk, give: Give) -> None:
    await find(desk, "event")
    bar(desk).action_toggle_replace()
    bar(desk).query_one("#replace-text", Input).value = "e"
    await give()
    assert editor(desk).text == "e a\ne b\n  es c\nx"
    editor(desk).undo()
    assert editor(desk).text == TEXT, "it is one step"


@ROWS.of("find.toggle_replace")
async def toggle_replace(desk: Desk, give: Give) -> None:
    line = bar(desk).query_one("#replace-line")
    assert not line.display
    await give()
    assert line.display
    assert line.has_focus_within
    await give()
    assert not line.display


@ROWS.of("find.case")
async def case(desk: Desk, give: Give) -> None:
    await find(desk, "event")
    await give()
    assert count(desk) == "1 of 2"
    await give()
    assert count(desk) == "1 of 3"


@ROWS.of("find.word")
async def word(desk: Desk, give: Give) -> None:
    await find(desk, "event")
    await give()
    assert count(desk) == "1 of 2"
    await give()
    assert count(desk) == "1 of 3"


@ROWS.of("find.pattern")
async def pattern(desk: Desk, give: Give) -> None:
    await find(desk, r"(e\w+) ")
    assert count(desk) == "no hits"
    await give()
    assert count(desk) == "1 of 3"
    bar(desk).action_toggle_replace()
    bar(desk).query_one("#replace-text", Input).value = "$1."
    bar(desk).action_replace_all()
    await desk.settle()
    assert editor(desk).text == "event.a\nEvent.b\n  events.c\nx"
    await give()


@ROWS.of("find.scope")
async def scope(desk: Desk, give: Give) -> None:
    await desk.press("escape")
    editor(desk).selection = Selection((0, 0), (0, 7))
    await desk.press("ctrl+f")
    await find(desk, "event")
    await give()
    assert count(desk) == "1 of 1"
    await give()
    assert count(desk) == "1 of 3"


@ROWS.of("find.select_text")
async def select_text(desk: Desk, give: Give) -> None:
    await find(desk, "event")
    bar(desk).action_toggle_replace()
    await give()
    await desk.press("b")
    assert bar(desk).query_one("#find-text", Input).value == "b", "what is typed takes its place"


@ROWS.of("find.older")
async def older(desk: Desk, give: Give) -> None:
    for text in ("first", "second"):
        await find(desk, text)
        await desk.press("enter")
    await give()
    assert bar(desk).query_one("#find-text", Input).value == "first"


@ROWS.of("find.newer")
async def newer(desk: Desk, give: Give) -> None:
    for text in ("first", "second"):
        await find(desk, text)
        await desk.press("enter")
    bar(desk).action_older()
    await give()
    assert bar(desk).query_one("#find-text", Input).value == "second"


async def test_every_key_of_the_bar(workbench: OpenDesk) -> None:
    async with workbench() as desk:

        async def begin() -> None:
            editor(desk).finding.close()
            editor(desk).finding.query = Query("")
            editor(desk).load(TEXT, "javascript")
            await desk.press("ctrl+f")

        await ROWS.check(desk, begin)
