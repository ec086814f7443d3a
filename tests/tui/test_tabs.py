"""Several open Actions as tabs: each keeps its document; closing asks about what is not saved."""

from __future__ import annotations

import pytest
from drive import CLAIMS, MFA, NARROW, WIDE, Desk, OpenDesk
from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.dialogs import Choose
from actionsmith.tui.widgets.editor_tabs import EditorTabs, in_sight
from actionsmith.tui.workbench.open_actions import OpenActions

FIRST, SECOND = "MFA for Role", "Role Claims"
LONG = "def on_execute_post_login(event, api):\n" + "".join(f"    line_{n} = {n}\n" for n in range(200))


async def open_both(desk: Desk) -> None:
    desk.screen.open_action(SECOND)
    await desk.settle()


def strip(desk: Desk) -> EditorTabs:
    return desk.screen.query_one(EditorTabs)


async def test_a_tab_keeps_text_caret_scroll_and_undo_while_another_is_shown(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    tenant.save_code(SECOND, LONG)
    async with workbench() as desk:
        assert not strip(desk).display, "one open Action needs no tabs"
        await desk.press("alt+w", "alt+q")
        assert desk.screen.desk.code.text == MFA, (
            "a command's key writes nothing, though a letter comes with it"
        )
        await open_both(desk)
        assert strip(desk).display
        editor = desk.screen.desk.code.editor
        typed = LONG + "# mine\n"
        editor.set_text(typed)
        editor.go_to(120, 5)
        await desk.settle()
        place, scroll = editor.selection, editor.scroll_offset
        assert scroll.y > 50

        await desk.press("alt+h")
        assert (desk.screen.desk.code.text, editor.syntax) == (MFA, "javascript")
        await desk.press("ctrl+z")
        assert desk.screen.desk.code.text == MFA, "the undo of one tab is not that of another"
        assert [tab.label for tab in strip(desk).tabs] == [FIRST, f"● {SECOND}"]

        await desk.press("ctrl+pagedown")
        assert (desk.screen.desk.code.text, editor.syntax) == (typed, "python")
        assert (editor.selection, editor.scroll_offset) == (place, scroll)
        await desk.press("ctrl+z")
        assert desk.screen.desk.code.text == LONG
        await desk.press("ctrl+y")
        assert desk.screen.desk.code.text == typed
        assert desk.screen.drafts.unsaved == {SECOND}


async def test_closing_asks_about_text_that_is_not_saved(workbench: OpenDesk, tenant: Tenant) -> None:
    async with workbench() as desk:
        await open_both(desk)
        await desk.write("# one\n")
        await desk.press("alt+w")
        assert isinstance(desk.app.screen, Choose)
        await desk.press("escape")
        assert desk.screen.tabs.names == (FIRST, SECOND)
        await desk.press("alt+w", "down", "enter")
        assert desk.screen.tabs.names == (FIRST,)
        assert desk.screen.desk.code.text == MFA
        assert desk.screen.drafts.unsaved == frozenset()
        assert tenant.draft(SECOND).code == CLAIMS

        await open_both(desk)
        assert desk.screen.desk.code.text == CLAIMS
        await desk.press("ctrl+z")
        assert desk.screen.desk.code.text == CLAIMS, "a closed tab is forgotten"
        await desk.write("# two\n")
        await desk.press("alt+w", "enter")
        assert tenant.draft(SECOND).code == "# two\n"
        assert desk.screen.tabs.names == (FIRST,)


async def test_tabs_are_remembered_and_follow_their_actions(workbench: OpenDesk, tenant: Tenant) -> None:
    tenant.create_action("Third", "post-login", "python", "# third\n")
    async with workbench() as desk:
        await open_both(desk)
        desk.screen.open_action("Third")
        await desk.settle()
    tenant.rename_action("Third", "Other")
    async with workbench() as desk:
        assert desk.screen.tabs.names == (FIRST, SECOND), "what is gone has no tab"
        await desk.press("f2", "r")
        await desk.fill(value="First")
        assert desk.screen.tabs.names == ("First", SECOND)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_tab_is_clicked_and_closed_with_the_mouse(workbench: OpenDesk, size: tuple[int, int]) -> None:
    async with workbench(size=size) as desk:
        await open_both(desk)
        assert await desk.pilot.click(EditorTabs, offset=(3, 0))
        await desk.settle()
        assert desk.screen.desk.code.text == MFA
        assert await desk.pilot.click(EditorTabs, offset=(1 + len(FIRST) + 1, 0))
        await desk.settle()
        assert desk.screen.tabs.names == (SECOND,)
        assert desk.screen.desk.code.text == CLAIMS


async def test_where_there_is_no_room_the_active_tab_is_seen_with_its_number(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    names = [f"Action number {number}" for number in range(1, 6)]
    for name in names:
        tenant.create_action(name, "post-login", "python", "")
    async with workbench(size=NARROW) as desk:
        for name in names:
            desk.screen.open_action(name)
            await desk.settle()
        await desk.press("alt+h")
        shown = strip(desk).render().plain  # type: ignore[union-attr]
        assert shown.startswith("4/5  ")
        assert f"{names[3]} ×" in shown
        assert len(shown) <= 58


@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=12).flatmap(
        lambda widths: st.tuples(st.just(widths), st.integers(0, len(widths) - 1), st.integers(0, 120))
    )
)
@settings(max_examples=60)
def test_the_tabs_in_sight_hold_the_active_one_and_fit(case: tuple[list[int], int, int]) -> None:
    widths, active, room = case
    seen = in_sight(widths, active, room)
    cells = sum(widths[number] for number in seen) + 2 * (len(seen) - 1)
    assert active in seen
    assert cells <= room or len(seen) == 1
    for beyond in (seen.start - 1, seen.stop):
        if 0 <= beyond < len(widths) and widths[active] <= room:
            assert cells + 2 + widths[beyond] > room


def test_the_order_of_tabs() -> None:
    tabs = OpenActions(["a", "b", "a"])
    tabs.open("c", after="a")
    assert tabs.names == ("a", "c", "b")
    assert (tabs.beside("b", 1), tabs.beside("a", -1), tabs.beside("x", 1)) == ("a", "b", None)
    assert tabs.close("b") == "c"
    assert (tabs.close("x"), tabs.close("a"), tabs.close("c")) == (None, "c", None)


async def test_event_and_result_go_below_the_code_and_stay_there(workbench: OpenDesk) -> None:
    async with workbench(size=WIDE) as desk:
        code, event = desk.screen.desk.code, desk.screen.desk.event
        assert event.region.x > code.region.x
        await desk.choose_from_palette("beside or below")
        await desk.until(lambda: event.region.y > code.region.y)
        assert event.region.x == code.region.x
    async with workbench(size=WIDE) as desk:
        assert desk.screen.desk.event.region.x == desk.screen.desk.code.region.x
        await desk.pilot.resize_terminal(*NARROW)
        await desk.press("f6")
        assert desk.screen.desk.event.region.x == 0
