"""The event of a run as the command line gives it: a file, a saved event, changes to either."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
import msgspec

from actionsmith.cli.options import chosen_tenant, read_text
from actionsmith.errors import UserError
from actionsmith.triggers import loader

_Function = TypeVar("_Function", bound=Callable[..., Any])


def event_options(function: _Function) -> _Function:
    """`--event`, `--saved-event`, `--set` and `--strict`; `EventInput.read` takes what they hold."""
    for decorate in (
        click.option("--strict", is_flag=True, help="Refuse an event that does not fit the contract."),
        click.option(
            "--set", "edits", multiple=True, metavar="PATH=JSON", help="Change a member of the event."
        ),
        click.option("--saved-event", metavar="NAME", help="A saved event of the tenant."),
        click.option(
            "--event", "event_file", metavar="FILE|-", help="Event as JSON; else the default event."
        ),
    ):
        function = decorate(function)
    return function


class EventInput(msgspec.Struct):
    """The event as it was given: its text, its name for messages, and changes to make."""

    name: str
    text: str | None
    edits: tuple[str, ...]
    data: dict[str, Any] | None = None

    @classmethod
    def read(
        cls, options: dict[str, Any], trigger_id: str | None, tenant_name: str | None
    ) -> EventInput | None:
        """From --event, --saved-event and --set; None when none of them was given."""
        event_file, saved, edits = options["event_file"], options["saved_event"], options["edits"]
        if event_file is not None and saved is not None:
            raise UserError("--event and --saved-event exclude each other; give one of them")
        if saved is not None:
            if trigger_id is None:
                raise UserError("--saved-event needs --trigger, because saved events belong to a trigger")
            text = chosen_tenant(tenant_name).event(trigger_id, saved).text
            found = cls(name=f"the saved event '{saved}'", text=text, edits=edits)
        elif event_file is not None:
            name = "standard input" if event_file == "-" else event_file
            found = cls(name=name, text=read_text(event_file, "the event"), edits=edits)
        elif edits:
            found = cls(name="the default event", text=None, edits=edits)
        else:
            return None
        if found.text is not None:
            found.apply()
        return found

    def for_trigger(self, trigger_id: str) -> EventInput:
        """The same with its data made: changes to the default event wait until the trigger is known."""
        if self.data is None:
            self.text = loader.default_event_text(trigger_id)
            self.apply()
        return self

    def apply(self) -> None:
        """Parse the text and make the changes. Raises UserError with line and column, or the path."""
        from actionsmith.triggers.edit import set_in_event
        from actionsmith.triggers.validation import parse_event

        assert self.text is not None
        self.data = parse_event(self.text, name=self.name)
        for edit in self.edits:
            set_in_event(self.data, edit)

    def faults(self, trigger_id: str, *, strict: bool) -> list[str]:
        """What does not fit the trigger's contract, as sentences. `strict` raises UserError with them."""
        from actionsmith.triggers.validation import check_event

        changed = bool(self.edits)
        text = (
            msgspec.json.format(msgspec.json.encode(self.data), indent=2).decode() if changed else self.text
        )
        name = f"{self.name} with --set" if changed else self.name
        faults = [
            f"{name}, line {fault.line}: {fault.message}" for fault in check_event(trigger_id, text or "")
        ]
        if strict and faults:
            count = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
            raise UserError(f"the event has {count} (--strict): " + "; ".join(faults))
        return faults
