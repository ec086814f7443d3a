"""What a person can ask to change in the tenant, from any widget: carried out in a thread, one at a time.

Each change knows the use case it stands for and says in a sentence what came of it. `action` is the
Action that was open when it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import msgspec
from textual.message import Message

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.texts.text_key import Key, action_key


class Done(msgspec.Struct, frozen=True):
    """What came of a change: a sentence (none when the screen shows it), what the platform would refuse."""

    text: str = ""
    warnings: list[str] = msgspec.field(default_factory=list)


class Change(Protocol):
    """A change. `carry_out` blocks and raises UserError when the tenant refuses."""

    def carry_out(self, tenant: Tenant, action: str) -> Done: ...


@dataclass
class ChangeRequested(Message):
    """Posted by widgets, answered by the screen."""

    change: Change


class SaveCode(msgspec.Struct, frozen=True):
    """Saves `text` as the draft's code. `base` gives the saved code it started from, when its turn comes.

    A text that was not touched does not replace what another program saved; one that was raises MovedError.
    """

    text: str
    base: Callable[[], str]

    def key(self, action: str) -> Key:
        return action_key(action)

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        if self.text == self.base() != tenant.saved_code(action):
            return Done()
        return Done(warnings=tenant.save_code(action, self.text, over=self.base()))


class Deploy(msgspec.Struct, frozen=True):
    """Saves `text` as the draft's code, as `SaveCode` does, and deploys the draft."""

    text: str
    base: Callable[[], str]

    def key(self, action: str) -> Key:
        return action_key(action)

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        tenant.save_code(action, self.text, over=self.base())
        version = tenant.deploy(action)
        same = f" Nothing has changed since version {version.number - 1}." if version.repeats else ""
        return Done(f"Version {version.number} is deployed.{same}", tenant.limit_warnings(action))


class RollBack(msgspec.Struct, frozen=True):
    number: int

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        version = tenant.rollback(action, self.number)
        return Done(f"Version {version.number}, made from version {self.number}, is deployed.")


class RenameAction(msgspec.Struct, frozen=True):
    name: str
    new_name: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        renamed = tenant.rename_action(self.name, self.new_name)
        return Done(f"“{one_line(self.name)}” is now “{one_line(renamed.name)}”.")


class DeleteAction(msgspec.Struct, frozen=True):
    name: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        tenant.delete_action(self.name)
        return Done(f"“{one_line(self.name)}” is deleted.")


class SetSecret(msgspec.Struct, frozen=True):
    """Sets a secret, or with `plain` a plain setting, which is shown and never masked."""

    key: str
    value: str
    plain: bool = False

    def __repr__(self) -> str:
        return f"SetSecret({self.key!r})"  # the value is nobody's business

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        from actionsmith.runtime.masking import short_value_warning  # not at the start

        kind = "plain setting" if self.plain else "secret"
        warnings = tenant.set_secret(action, self.key, self.value, plain=self.plain)
        if not self.plain and (unmasked := short_value_warning(one_line(self.key), self.value)) is not None:
            warnings = [*warnings, f"{unmasked[0].upper()}{unmasked[1:]}."]
        return Done(f"The {kind} {one_line(self.key)} is set.", warnings)


class DeleteSecret(msgspec.Struct, frozen=True):
    key: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        tenant.remove_secret(action, self.key)
        return Done(f"The secret {one_line(self.key)} is deleted.")


class RemoveModule(msgspec.Struct, frozen=True):
    name: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        tenant.remove_dependency(action, self.name)
        return Done(f"{one_line(self.name)} is removed.")


class SaveEvent(msgspec.Struct, frozen=True):
    """Saves `text` under the name of an event, in place of `base`, as `SaveCode` does.

    `source` is the name of the event in whose place the text was written: another one when it is saved
    under a new name.
    """

    trigger: str
    name: str
    text: str
    base: Callable[[], str]
    source: str

    def key(self, action: str) -> Key:
        return self.trigger, self.name

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        tenant.save_event(self.trigger, self.name, self.text, over=self.base())
        return Done(f"The event “{one_line(self.name)}” is saved.")


class DeleteEvent(msgspec.Struct, frozen=True):
    trigger: str
    name: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        tenant.delete_event(self.trigger, self.name)
        return Done(f"The event “{one_line(self.name)}” is deleted.")


SavesText = SaveCode | Deploy | SaveEvent
"""Changes that put `text` in the place of what was saved, `base`; `key` tells whose text it is."""
