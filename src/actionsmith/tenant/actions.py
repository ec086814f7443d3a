"""Actions and their drafts: making, naming, editing, deleting."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TypeVar

import msgspec

from actionsmith.errors import UserError, did_you_mean
from actionsmith.tenant import rules
from actionsmith.tenant.model import Action, Dependency, Draft, SecretInfo
from actionsmith.tenant.moved import refuse_moved
from actionsmith.tenant.storage.records import ActionRecord, Content, StoredSecret, now
from actionsmith.tenant.storage.store import Store
from actionsmith.triggers import loader

Edit = Callable[[Content], Content]
Item = TypeVar("Item", StoredSecret, Dependency)


class Actions:
    """The Actions of a tenant with their drafts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, trigger: str | None) -> list[Action]:
        """The Actions by name, or those of one trigger."""
        records = self._store.index.actions()
        chosen = [record for record in records if trigger in (None, record.trigger)]
        return [as_action(record) for record in sorted(chosen, key=lambda record: record.name.casefold())]

    def get(self, name: str) -> Action:
        """One Action. Raises UserError with the nearest name."""
        return as_action(self._store.index.action(name))

    def with_id(self, action_id: str) -> Action | None:
        """The Action of this id, whatever it is called now; None when it is gone."""
        records = self._store.index.actions()
        return next((as_action(record) for record in records if record.id == action_id), None)

    def create(self, name: str, trigger: str, language: str, code: str) -> Action:
        """A new Action with a draft and no version. Raises UserError for a bad name, trigger or language."""
        name = rules.check_name(name, "an Action")
        language = rules.check_language(language)
        loader.trigger(trigger)
        with self._store.lock():
            self._check_free(name)
            action_id = uuid.uuid4().hex
            draft, _ = self._store.contents.put(action_id, Content(code=code))
            moment = now()
            record = ActionRecord(
                id=action_id,
                name=name,
                trigger=trigger,
                language=language,
                created_at=moment,
                updated_at=moment,
                draft=draft,
            )
            self._store.index.put_action(record)
        return as_action(record)

    def rename(self, name: str, new_name: str) -> Action:
        """Give an Action another name; versions and flows stay."""
        new_name = rules.check_name(new_name, "an Action")
        with self._store.lock():
            record = self._store.index.action(name)
            if new_name != name:
                self._check_free(new_name)
            record = msgspec.structs.replace(record, name=new_name, updated_at=now())
            self._store.index.put_action(record)
        return as_action(record)

    def delete(self, name: str) -> None:
        """Remove an Action with its versions. Raises UserError while a flow holds it."""
        with self._store.lock():
            record = self._store.index.action(name)
            if record.id in self._store.index.flows().get(record.trigger, []):
                raise UserError(
                    f"'{name}' is bound to {record.trigger} and cannot be deleted; take it out of that flow"
                )
            self._store.index.remove_action(record.id)
            self._store.contents.drop_action(record.id)

    def draft(self, name: str) -> Draft:
        """The draft. Raises UserError when its file is damaged or gone."""
        record, content = self.draft_content(name)
        return Draft(
            code=content.code,
            secrets=secret_infos(content),
            dependencies=list(content.dependencies),
            updated_at=record.updated_at,
        )

    def draft_content(self, name: str) -> tuple[ActionRecord, Content]:
        """The draft as it is stored, with its Action."""
        record = self._store.index.action(name)
        while True:
            content = self._store.contents.get(record.id, record.draft)
            if content is not None:
                return record, content
            newer = self._store.index.action(name)  # a save by another process took the file away
            if newer.draft == record.draft:
                raise UserError(
                    f"the draft of '{name}' has no content any more ({record.draft}.json); "
                    "save its code again or roll back to a version"
                )
            record = newer

    def save_code(self, name: str, code: str, over: str | None) -> list[str]:
        """Replace the draft's code; returns warnings. Raises MovedError when it is not `over`, if given.

        Works without the old content too (it was damaged): the warnings then say what went with it.
        """
        lost: list[str] = []
        with self._store.lock():
            record = self._store.index.action(name)
            before = self._store.contents.get(record.id, record.draft)
            if before is None:
                lost = [f"the old draft of '{name}' was lost, its secrets and dependencies must be set again"]
                before = Content()
            else:
                refuse_moved(f"the draft of '{name}'", before.code, code, over)
            self._replace(record, msgspec.structs.replace(before, code=code))
        return lost + rules.code_warnings(code)

    def set_secret(self, name: str, key: str, value: str, *, plain: bool) -> list[str]:
        """Add a secret or a plain setting to the draft or replace it; returns warnings."""
        key = rules.check_secret_name(key)
        warnings = rules.secret_warnings(key, value)

        def edit(content: Content) -> Content:
            others = tuple(secret for secret in content.secrets if secret.name != key)
            if plain:
                secret = StoredSecret(key, "", now(), value)
            else:
                encrypted = [item.name for item in others if item.plain is None]
                if encrypted and not self._store.vault.has_key():
                    names = ", ".join(encrypted)
                    warnings.append(
                        f"the tenant's key was missing and a new one was made; set {names} again too"
                    )
                secret = StoredSecret(key, self._store.vault.encrypt(value), now())
            return msgspec.structs.replace(content, secrets=_by_name((*others, secret)))

        count = len(self._edit(name, edit).secrets)
        return warnings + rules.count_warnings([("action.secrets", count, "secrets")])

    def remove_secret(self, name: str, key: str) -> None:
        """Take a secret out of the draft; versions keep theirs. Raises UserError when there is none."""

        def edit(content: Content) -> Content:
            rest = tuple(secret for secret in content.secrets if secret.name != key)
            if len(rest) == len(content.secrets):
                hint = did_you_mean(key, [secret.name for secret in rest])
                raise UserError(f"'{name}' has no secret '{key}'{hint}")
            return msgspec.structs.replace(content, secrets=rest)

        self._edit(name, edit)

    def set_dependency(self, name: str, dependency: Dependency) -> list[str]:
        """Add a package to the draft or replace its version; returns warnings."""

        def edit(content: Content) -> Content:
            others = tuple(item for item in content.dependencies if item.name != dependency.name)
            return msgspec.structs.replace(content, dependencies=_by_name((*others, dependency)))

        count = len(self._edit(name, edit).dependencies)
        return rules.count_warnings([("action.dependencies", count, "dependencies")])

    def remove_dependency(self, name: str, dependency: str) -> None:
        """Take a package out of the draft. Raises UserError when it is not there."""

        def edit(content: Content) -> Content:
            rest = tuple(item for item in content.dependencies if item.name != dependency)
            if len(rest) == len(content.dependencies):
                hint = did_you_mean(dependency, [item.name for item in rest])
                raise UserError(f"'{name}' has no dependency '{dependency}'{hint}")
            return msgspec.structs.replace(content, dependencies=rest)

        self._edit(name, edit)

    def _edit(self, name: str, edit: Edit) -> Content:
        with self._store.lock():
            record, before = self.draft_content(name)
            after = edit(before)
            self._replace(record, after)
        return after

    def _replace(self, record: ActionRecord, content: Content) -> None:
        """New content, then the index, then the old content goes: a save happens whole or not at all."""
        digest, is_new = self._store.contents.put(record.id, content)
        if digest == record.draft:
            return
        changed = msgspec.structs.replace(record, draft=digest, draft_is_own=is_new, updated_at=now())
        self._store.index.put_action(changed)
        if record.draft_is_own:
            self._store.contents.forget(record.id, record.draft)

    def _check_free(self, name: str) -> None:
        if any(record.name == name for record in self._store.index.actions()):
            raise UserError(f"there is an Action '{name}' already; choose another name")


def as_action(record: ActionRecord) -> Action:
    """The Action as callers see it."""
    return Action(
        id=record.id,
        name=record.name,
        trigger=record.trigger,
        language=record.language,
        created_at=record.created_at,
        updated_at=record.updated_at,
        deployed=record.deployed,
        latest=record.latest,
        changed=record.deployed is None or record.draft != record.deployed_content,
    )


def secret_infos(content: Content) -> list[SecretInfo]:
    """The secrets of a content without their values, and the plain settings with theirs."""
    return [
        SecretInfo(secret.name, secret.updated_at, secret.plain is not None, secret.plain)
        for secret in content.secrets
    ]


def _by_name(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.name))
