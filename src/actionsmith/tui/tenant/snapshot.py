"""What the workbench shows, read from the tenant in one go. It blocks: call it off the screen's thread."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from actionsmith.tenant.model import Action, Draft, SavedEvent, Version
from actionsmith.tenant.tenant import Tenant
from actionsmith.triggers import loader
from actionsmith.tui.texts.text_key import Key, action_key
from actionsmith.workshop.dependencies import installed_folders

DEFAULT_TRIGGER = "post-login"
LANGUAGE_NAMES = {"javascript": "JavaScript", "python": "Python"}
LANGUAGE_TAGS = {"javascript": "js", "python": "py"}


class OpenAction(msgspec.Struct, frozen=True):
    """The Action in the editor, with everything its panels show. `versions` is newest first.

    `packages` are the folders of its dependencies, as far as they are installed.
    """

    action: Action
    draft: Draft
    versions: tuple[Version, ...]
    events: tuple[SavedEvent, ...]
    packages: tuple[str, ...] = ()


class Snapshot(msgspec.Struct, frozen=True):
    """`groups` has the Actions by trigger id, in the order of the contract.

    `bound` has the names of the Actions that are in the flow of their trigger, `saved` the code on disk of
    the Actions that were asked for and all events, the default ones too, of the triggers that were.
    """

    groups: tuple[tuple[str, tuple[Action, ...]], ...]
    opened: OpenAction | None
    bound: frozenset[str] = frozenset()
    saved: dict[Key, str] = {}

    @property
    def trigger(self) -> str:
        """The trigger of the open Action, else the one most people begin with."""
        return self.opened.action.trigger if self.opened else DEFAULT_TRIGGER

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(action for _, actions in self.groups for action in actions)

    def lacks(self, key: Key) -> bool:
        """Whether what a text belongs to is not there; False for an event of a trigger that was not read."""
        trigger, name = key
        if not trigger:
            return all(action.name != name for action in self.actions)
        return (trigger, "") in self.saved and key not in self.saved


def read(tenant: Tenant, name: str, unsaved: Collection[Key] = ()) -> Snapshot:
    """The tenant now, with the Action `name` opened; the first one when there is none of that name.

    `unsaved` tells the Actions and events whose saved texts are wanted, too. Raises UserError when the
    tenant cannot be read.
    """
    actions = tenant.actions()
    groups = []
    for trigger_id in loader.trigger_ids():
        members = tuple(action for action in actions if action.trigger == trigger_id)
        if members:
            groups.append((trigger_id, members))
    listed = [action for _, members in groups for action in members]
    chosen = next((action for action in listed if action.name == name), listed[0] if listed else None)
    bound = frozenset(binding.action for trigger_id, _ in groups for binding in tenant.flow(trigger_id))
    triggers = {trigger for trigger, _ in unsaved if trigger} | ({chosen.trigger} if chosen else set())
    events = {trigger: tenant.events(trigger) for trigger in triggers}
    opened = None if chosen is None else _open(tenant, chosen, events[chosen.trigger])
    others = [action.name for action in listed if action_key(action.name) in unsaved and action != chosen]
    saved = {action_key(name): code for name in others if (code := tenant.saved_code(name)) is not None}
    if opened is not None:
        saved[action_key(opened.action.name)] = opened.draft.code
    for trigger, found in events.items():
        saved[trigger, ""] = loader.default_event_text(trigger)
        saved |= {(trigger, event.name): event.text for event in found}
    return Snapshot(tuple(groups), opened, bound, saved)


def _open(tenant: Tenant, action: Action, events: Sequence[SavedEvent]) -> OpenAction:
    draft = tenant.draft(action.name)
    return OpenAction(
        action=action,
        draft=draft,
        versions=tuple(tenant.versions(action.name)),
        events=tuple(events),
        packages=installed_folders(action.language, draft.dependencies),
    )
