"""The bottom line: the commands that apply now, with their keys; click one to carry it out."""

from __future__ import annotations

from typing import ClassVar

from textual.app import RenderResult
from textual.content import Content
from textual.events import Click, Resize
from textual.reactive import reactive
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from actionsmith.tui.actions import BY_ID, commands_of, keys_of
from actionsmith.tui.commands.command import Command
from actionsmith.tui.keys.key_names import key_name

GAP = 2
ALWAYS = ("global.help", "global.command_palette")


class CommandBar(Widget):
    """Shows as many of the active commands as fit, by their rank; help and palette always.

    Under a dialog it is the dialog's own bar.
    """

    DEFAULT_CSS = """
    CommandBar {
        dock: bottom;
        height: 1;
        background: $panel;
        color: $foreground;
        & > .command-bar--key { color: $accent; text-style: bold; }
        & > .command-bar--label { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"command-bar--key", "command-bar--label"}
    ALLOW_SELECT = False

    entries: reactive[tuple[tuple[Command, str], ...]] = reactive(())

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)
        self._bindings_updated(self.screen)

    def _bindings_updated(self, screen: Screen[object]) -> None:
        if screen.app.screen is screen:
            self.entries = active_commands(screen)

    def on_resize(self, event: Resize) -> None:
        self.refresh()

    def render(self) -> RenderResult:
        key_style = self.get_visual_style("command-bar--key", partial=True)
        label_style = self.get_visual_style("command-bar--label", partial=True)
        parts: list[Content] = []
        for command, key in fitting(self.entries, self.size.width):
            entry = Content.assemble((key_name(key), key_style), " ", (command.label, label_style))
            parts.append(entry.stylize(Style.from_meta({"command": command.id})))
        return Content(" " * GAP).join(parts).pad_left(1)

    async def on_click(self, event: Click) -> None:
        """Carry out a command that was clicked, where its key would have been handled."""
        event.stop()
        command_id = event.style.meta.get("command")
        for active in self.screen.active_bindings.values():
            if active.binding.id == command_id and active.enabled:
                await self.app.run_action(active.binding.action, active.node)
                return
        if command_id in BY_ID:
            await self.app.run_action(BY_ID[command_id].action, self.app)


def active_commands(screen: Screen[object]) -> tuple[tuple[Command, str], ...]:
    """The commands of the bar that apply on the screen now, with the key to show: their first, if it works.

    By rank, those that apply everywhere last. In a dialog only those with priority work of the latter.
    """
    found: dict[str, tuple[Command, str]] = {}
    for key, active in screen.active_bindings.items():
        command = BY_ID.get(active.binding.id or "")
        keys = keys_of(command) if command else ()
        if command is None or not command.bar or not active.enabled or key not in keys:
            continue
        if command.id not in found or key == keys[0]:
            found[command.id] = (command, key)
    if screen.is_modal:
        for command in commands_of("global"):
            if command.priority and (keys := keys_of(command)):
                found.setdefault(command.id, (command, keys[0]))
    return tuple(sorted(found.values(), key=lambda entry: (entry[0].context == "global", entry[0].bar)))


def fitting(entries: tuple[tuple[Command, str], ...], width: int) -> list[tuple[Command, str]]:
    """The entries that fit into `width` cells, by rank; help and palette get their place first."""

    def cells(entry: tuple[Command, str]) -> int:
        return len(key_name(entry[1])) + 1 + len(entry[0].label) + GAP

    room = width - 1
    kept: set[str] = set()
    by_need = sorted(entries, key=lambda entry: (entry[0].id not in ALWAYS, entry[0].bar))
    for entry in by_need:
        if cells(entry) - GAP <= room:
            room -= cells(entry)
            kept.add(entry[0].id)
    return [entry for entry in entries if entry[0].id in kept]
