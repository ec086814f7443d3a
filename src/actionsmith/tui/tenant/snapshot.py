"""What the workbench shows, read from the tenant in one go. It blocks: call it off the screen's thread."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from actionsmith.tenant.model import Action, Draft, SavedEvent, Version
from actionsmith.tenant.tenant import Tenant
from actionsmith.triggers import loader
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
    default_event: str
    packages: tuple[str, ...] = ()


class Snapshot(msgspec.Struct, frozen=True):
    """`groups` has the Actions by trigger id, in the order of the contract.

    `bound` has the names of the Actions that are in the flow of their trigger, `saved` the code on disk of
    those that were asked for.
    """

    groups: tuple[tuple[str, tuple[Action, ...]], ...]
    opened: OpenAction | None
    bound: frozenset[str] = frozenset()
    saved: dict[str, str] = {}

    @property
    def trigger(self) -> str:
        """The trigger of the open Action, else the one most people begin with."""
        return self.opened.action.trigger if self.opened else DEFAULT_TRIGGER

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(action for _, actions in self.groups for action in actions)


def read(tenant: Tenant, name: str, unsaved: Collection[str] = ()) -> Snapshot:
    """The tenant now, with the Action `name` opened; the first one when there is none of that name.

    `unsaved` names the Actions whose saved code is wanted, too. Raises UserError when the tenant cannot be
    read.
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
    opened = None if chosen is None else _open(tenant, chosen)
    others = [action.name for action in listed if action.name in unsaved and action != chosen]
    saved = {name: code for name in others if (code := tenant.saved_code(name)) is not None}
    if opened is not None:
        saved[opened.action.name] = opened.draft.code
    return Snapshot(tuple(groups), opened, bound, saved)


def _open(tenant: Tenant, action: Action) -> OpenAction:
    draft = tenant.draft(action.name)
    return OpenAction(
        action=action,
        draft=draft,
        versions=tuple(tenant.versions(action.name)),
        events=tuple(tenant.events(action.trigger)),
        default_event=loader.default_event_text(action.trigger),
        packages=installed_folders(action.language, draft.dependencies),
    )
