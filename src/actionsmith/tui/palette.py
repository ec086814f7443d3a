"""The command palette: every command of the registry that applies, and every Action by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Protocol, runtime_checkable

import msgspec
from textual.actions import parse
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

from actionsmith.tui.actions import commands_of, keys_of
from actionsmith.tui.commands.command import Command
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.keys.key_names import key_names
from actionsmith.tui.screens.hosting import HostingScreen, hosted_action

EDITOR_WEIGHT = 0.7
"""Of a command of the editor and another that fit a query as well, the other comes first."""


@runtime_checkable
class OpensActions(Protocol):
    """A screen that can open an Action by name."""

    def action_names(self) -> list[str]: ...

    def open_action(self, name: str) -> None: ...


@runtime_checkable
class RevealsContexts(Protocol):
    """A screen that can bring a widget into sight before a command is carried out on it."""

    def reveal(self, context: str) -> None: ...


class Offer(msgspec.Struct, frozen=True):
    """A command, the action that carries it out, and the node that has the action."""

    command: Command
    node: DOMNode
    action: str

    @property
    def text(self) -> str:
        keys = key_names(keys_of(self.command))
        return f"{self.command.title}  {keys}" if keys else self.command.title

    @property
    def help(self) -> str | None:
        return self.command.help or None


def offers(screen: Screen[Any]) -> Iterator[Offer]:
    """The commands that apply on a screen: its own and its hosts', its widgets', the app's, one editor's."""
    widgets = screen.walk_children(Widget)
    for node in (screen, *sorted((*widgets, screen.app), key=_is_editor)):
        if (isinstance(node, Widget) and node.is_disabled) or (
            _is_editor(node) and node is not _editor(screen)
        ):
            continue
        for command, action in _commands_on(node):
            name, parameters = parse(action)[1:]
            if command.palette and node.check_action(name, parameters):
                yield Offer(command, node, action)


def _is_editor(node: DOMNode) -> bool:
    return isinstance(node, CodeEditor)


def _editor(screen: Screen[Any]) -> CodeEditor | None:
    """The editor one is in, else the first."""
    focused = screen.focused
    return focused if isinstance(focused, CodeEditor) else next(iter(screen.query(CodeEditor)), None)


def _commands_on(node: DOMNode) -> list[tuple[Command, str]]:
    """The commands that a node answers for, with what carries them out there."""
    context = getattr(node, "CONTEXT", "")
    own = commands_of(context) if context else []
    hosted = commands_of(*node.hosts) if isinstance(node, HostingScreen) else []
    return [*((each, each.action) for each in own), *((each, hosted_action(each)) for each in hosted)]


class CommandProvider(Provider):
    """Offers the commands of the screen under the palette."""

    async def discover(self) -> Hits:
        for offer in offers(self.screen):
            yield DiscoveryHit(offer.text, partial(self._carry_out, offer), help=offer.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for offer in offers(self.screen):
            if (score := matcher.match(offer.text)) > 0:
                yield Hit(
                    score * EDITOR_WEIGHT if _is_editor(offer.node) else score,
                    matcher.highlight(offer.text),
                    partial(self._carry_out, offer),
                    help=offer.help,
                )

    async def _carry_out(self, offer: Offer) -> None:
        if isinstance(self.screen, RevealsContexts):
            self.screen.reveal(offer.command.context)
        await self.app.run_action(offer.action, offer.node)


class ActionProvider(Provider):
    """Offers to open an Action by its name."""

    async def search(self, query: str) -> Hits:
        if not isinstance(self.screen, OpensActions):
            return
        matcher = self.matcher(query)
        for name in self.screen.action_names():
            if (score := matcher.match(name)) > 0:
                yield Hit(
                    score,
                    matcher.highlight(name),
                    partial(self.screen.open_action, name),
                    help="Open this Action.",
                )
