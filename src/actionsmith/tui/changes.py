"""What a person can ask to change in the tenant, from any widget: carried out in a thread, one at a time.

Each change knows the use case it stands for and says in a sentence what came of it. `action` is the
Action that was open when it was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from textual.message import Message

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.plain_text import one_line


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a change: a sentence (none when the screen shows it), what the platform would refuse."""

    text: str = ""
    warnings: list[str] = field(default_factory=list)


class Change(Protocol):
    """A change. `carry_out` blocks and raises UserError when the tenant refuses."""

    def carry_out(self, tenant: Tenant, action: str) -> Done: ...


@dataclass
class ChangeRequested(Message):
    """Posted by widgets, answered by the screen."""

    change: Change


@dataclass(frozen=True, slots=True)
class SaveCode:
    text: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        return Done(warnings=tenant.save_code(action, self.text))


@dataclass(frozen=True, slots=True)
class Deploy:
    """Saves `text` as the draft's code and deploys the draft."""

    text: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        tenant.save_code(action, self.text)
        version = tenant.deploy(action)
        return Done(f"Version {version.number} is deployed.", tenant.limit_warnings(action))


@dataclass(frozen=True, slots=True)
class RollBack:
    number: int

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        version = tenant.rollback(action, self.number)
        return Done(f"Version {version.number}, made from version {self.number}, is deployed.")


@dataclass(frozen=True, slots=True)
class RenameAction:
    name: str
    new_name: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        renamed = tenant.rename_action(self.name, self.new_name)
        return Done(f"“{one_line(self.name)}” is now “{one_line(renamed.name)}”.")


@dataclass(frozen=True, slots=True)
class DeleteAction:
    name: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        tenant.delete_action(self.name)
        return Done(f"“{one_line(self.name)}” is deleted.")


@dataclass(frozen=True, slots=True)
class SetSecret:
    key: str
    value: str = field(repr=False)

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        return Done(
            f"The secret {one_line(self.key)} is set.", tenant.set_secret(action, self.key, self.value)
        )


@dataclass(frozen=True, slots=True)
class DeleteSecret:
    key: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        tenant.remove_secret(action, self.key)
        return Done(f"The secret {one_line(self.key)} is deleted.")


@dataclass(frozen=True, slots=True)
class RemoveModule:
    name: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        tenant.remove_dependency(action, self.name)
        return Done(f"{one_line(self.name)} is removed.")


@dataclass(frozen=True, slots=True)
class SaveEvent:
    trigger: str
    name: str
    text: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        tenant.save_event(self.trigger, self.name, self.text)
        return Done(f"The event “{one_line(self.name)}” is saved.")


@dataclass(frozen=True, slots=True)
class DeleteEvent:
    trigger: str
    name: str

    def carry_out(self, tenant: Tenant, action: str) -> Done:
        tenant.delete_event(self.trigger, self.name)
        return Done(f"The event “{one_line(self.name)}” is deleted.")
