"""A screen whose commands belong to several objects: each carries out those of one context."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from textual.binding import BindingType
from textual.screen import Screen

from actionsmith.tui.actions import BY_ID, bindings_for
from actionsmith.tui.commands.command import Command


class CommandHost(Protocol):
    """Has a method `action_NAME` for each command of its context."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command applies now, as Textual asks its nodes."""


class HostingScreen(Screen[None]):
    """`hosts` has an object for each context whose keys work on the whole screen, whatever has the focus."""

    hosts: Mapping[str, CommandHost]

    def action_host(self, command_id: str) -> None:
        """Carry out a command of one of the hosts."""
        host, name = self._host_of(command_id)
        getattr(host, f"action_{name}")()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action != "host":
            return super().check_action(action, parameters)
        host, name = self._host_of(str(parameters[0]))
        return host.check_action(name, ())

    def _host_of(self, command_id: str) -> tuple[CommandHost, str]:
        command = BY_ID[command_id]
        return self.hosts[command.context], command.action


def hosted_action(command: Command) -> str:
    """What carries out a command of a host on its screen."""
    return f"host('{command.id}')"


def hosted_bindings(*contexts: str) -> list[BindingType]:
    """The key bindings of contexts that hosts answer for."""
    return [binding for context in contexts for binding in bindings_for(context, hosted_action)]
