"""Keys of one burst take effect in the order they were typed, whatever widgets and screens are in their way."""

from __future__ import annotations

from drive import Desk, OpenDesk
from textual import events

from actionsmith.tui.screens.new_action import NewActionDialog
from actionsmith.tui.widgets.text_field import TextField


async def burst(desk: Desk, *keys: str) -> None:
    """All keys at once, as a fast typist or a slow line sends them; a text of several letters is pasted."""
    for key in keys:
        if len(key) > 1 and " " in key:
            desk.app.post_message(events.Paste(key))
        else:
            desk.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await desk.settle()


async def test_in_the_code(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        await desk.write("one\ntwo\nthree")
        await burst(desk, "down", "end", "enter", "x", "ctrl+home", "end", "!", "ctrl+z", "?")
        assert desk.screen.desk.code.editor.text == "one?\ntwo\nx\nthree"


async def test_letters_behind_the_key_of_a_dialog_are_for_the_dialog(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        before = desk.screen.desk.code.editor.text
        await burst(desk, "f9", *"My ", "and pasted", "home", "X")
        dialog = desk.app.screen
        assert isinstance(dialog, NewActionDialog)
        assert dialog.query(TextField).first().value.startswith("XMy and pasted")
        assert desk.screen.desk.code.editor.text == before

        await burst(desk, "escape", "f4", "a", *"KEY", "tab", *"value", "escape")
        assert desk.app.screen is desk.screen
        assert desk.screen.desk.code.editor.text == before


async def test_a_screen_without_a_focus_does_not_hold_keys_for_ever(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        desk.screen.set_focus(None)
        await burst(desk, "f9", *"Name")
        assert isinstance(desk.app.screen, NewActionDialog)
        assert desk.app.screen.query(TextField).first().value == "Name"
