"""Find and replace, driven as a person drives them."""

from __future__ import annotations

from bare_editor import bench
from drive import MFA, NARROW, OpenDesk

from actionsmith.tui.editor.find_bar import Buttons, FindBar

TEXT = "event a\nEvent b\n  event c\nx"


async def test_find_goes_from_hit_to_hit_and_leaves_the_last_selected() -> None:
    async with bench(TEXT) as desk:
        editor = desk.editor
        await desk.press("ctrl+f", "e", "v", "e")
        assert (desk.count, desk.selected) == ("1 of 3", "eve"), "while it is being written"
        await desk.find("event")
        await desk.press("enter")
        assert (desk.count, editor.selection.start) == ("2 of 3", (1, 0))
        await desk.press("alt+n", "alt+n")
        assert (desk.count, editor.selection.start) == ("1 of 3", (0, 0)), "round the end"
        await desk.press("alt+p")
        assert editor.selection.start == (2, 2)

        colours = [desk.backgrounds(row) for row in range(3)]
        on_hits = {
            colour for row in colours for colour, text in row.items() if text.strip().lower() == "event"
        }
        assert len(on_hits) == 2, "the current hit differs from the others"

        await desk.press("escape")
        assert not desk.app.query(FindBar) and editor.has_focus
        assert desk.selected == "event"
        assert not on_hits & set(desk.backgrounds(0)), "the hits are painted no more"
        await desk.press("alt+n")
        assert editor.selection.start == (0, 0), "the search goes on without the bar"


async def test_the_options_and_a_bad_pattern() -> None:
    async with bench(TEXT) as desk:
        await desk.press("ctrl+f")
        await desk.find("event")
        await desk.press("alt+c")
        assert desk.count == "1 of 2"
        await desk.press("alt+x")
        await desk.find("(ev")
        fault = desk.app.query_one("#find-fault")
        assert fault.display and str(fault.render()) == "Column 4: missing )."
        await desk.find(r"^\s+ev")
        assert desk.count == "1 of 1" and not fault.display
        await desk.find("nowhere")
        assert desk.count == "no hits"
        await desk.pilot.click(desk.app.query(Buttons).first(), offset=(0, 0))
        await desk.find("EVENT")
        assert desk.count == "1 of 3", "capitals count no more"
        await desk.press("enter")
        desk.editor.insert("event ", (0, 0))
        await desk.until(lambda: desk.count.startswith("3 of 4"))  # the hits follow the text
        await desk.find("b")
        await desk.press("enter", "up")
        assert (desk.app.bar._find.value, desk.count) == ("EVENT", "4 of 4")
        await desk.press("down")
        assert desk.app.bar._find.value == "b"


async def test_replace_one_and_all_are_steps_of_the_undo() -> None:
    async with bench(TEXT) as desk:
        editor = desk.editor
        await desk.press("ctrl+r")
        await desk.find(r"(e)vent")
        await desk.press("alt+x", "tab")
        desk.app.bar._with.value = "$1v"
        await desk.press("enter")
        assert editor.text == "ev a\nEvent b\n  event c\nx"
        assert editor.selection.start == (1, 0), "the next hit is selected"
        await desk.press("alt+a")
        assert editor.text == "ev a\nEv b\n  ev c\nx"
        assert "2 hits are replaced." in desk.notices
        await desk.press("escape")
        editor.undo()
        assert editor.text == "ev a\nEvent b\n  event c\nx"
        editor.undo()
        assert editor.text == TEXT
        editor.redo()
        editor.redo()
        assert editor.text == "ev a\nEv b\n  ev c\nx"


async def test_a_selection_of_several_lines_is_searched_in_and_a_word_is_searched_for() -> None:
    async with bench(TEXT) as desk:
        desk.select((0, 0), (1, 7))
        await desk.press("ctrl+f")
        await desk.find("event")
        assert desk.count.endswith(("2", "2 hits"))
        await desk.press("alt+l")
        assert desk.count.endswith(("3", "3 hits"))
        await desk.press("escape")
        desk.editor.move_cursor((2, 4))
        await desk.press("alt+a")
        assert desk.app.bar._find.value == "event" and desk.app.bar._with.has_focus
        await desk.press("x", "alt+a", "escape")
        assert desk.editor.text == "x a\nx b\n  x c\nx"


async def test_another_document_is_searched_anew_and_the_bar_stays() -> None:
    async with bench(TEXT) as desk:
        await desk.press("ctrl+f")
        await desk.find("event")
        desk.editor.load("an event", "python")
        await desk.until(lambda: desk.count == "1 hits")


async def test_a_text_that_is_only_read_is_searched_and_not_replaced() -> None:
    async with bench(TEXT) as desk:
        desk.editor.read_only = True
        await desk.press("ctrl+r")
        await desk.find("event")
        assert desk.count == "1 of 3" and not desk.app.bar.replaces
        await desk.press("ctrl+r", "alt+a")
        assert not desk.app.bar.replaces and desk.editor.text == TEXT


async def test_find_works_in_the_event_and_on_a_small_terminal(workbench: OpenDesk) -> None:
    async with workbench(size=NARROW) as desk:
        await desk.press("f6", "ctrl+f")
        bar = desk.screen.query_one(FindBar)
        assert bar.parent is desk.screen.desk.event
        desk.screen.query_one("#find-text").value = "email"  # type: ignore[attr-defined]
        await desk.until(lambda: desk.screen.desk.event.editor.selected_text == "email")
        assert bar.region.height == 1 and bar.region.width == NARROW[0]
        assert all(buttons.region.right <= NARROW[0] for buttons in bar.query(Buttons))
        await desk.press("escape", "f3", "ctrl+f")
        assert desk.screen.query_one(FindBar).parent is desk.screen.desk.code
        assert desk.screen.desk.code.text == MFA
