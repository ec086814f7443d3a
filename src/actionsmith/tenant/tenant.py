"""The tenant: the one door to everything it owns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from actionsmith.errors import UserError
from actionsmith.tenant import rules
from actionsmith.tenant.actions import Actions
from actionsmith.tenant.cache import CacheEntry, TriggerCaches
from actionsmith.tenant.events import Events
from actionsmith.tenant.flows import Flows
from actionsmith.tenant.log import Log, settings
from actionsmith.tenant.model import Action, Binding, Dependency, Draft, SavedEvent, Version
from actionsmith.tenant.storage import migrations
from actionsmith.tenant.storage.index import FILE, Index
from actionsmith.tenant.storage.lock import TenantLock
from actionsmith.tenant.storage.store import Revision, Store
from actionsmith.tenant.versions import Versions


class Tenant:
    """An isolated set of Actions, flows, secrets and saved events in one directory.

    Calls block (a write waits for the disk) and may come from any thread and from several processes at once.
    Nothing is held in memory: each call sees the directory as it is then. Lookups raise UserError with the
    nearest name; every write raises UserError when the disk refuses, and the old state is then still there.
    """

    def __init__(self, path: Path) -> None:
        """For `open` and `create`; the directory must hold a tenant."""
        self.path = path
        self._store = Store(path)
        meta = self._store.index.meta()
        self.id, self.name = meta.id, meta.name
        self._actions = Actions(self._store)
        self._versions = Versions(self._store, self._actions)
        self._flows = Flows(self._store)
        self._events = Events(self._store)
        self._caches = TriggerCaches(self._store)
        self.log = Log(path / "log", lambda: self.log_days)

    @classmethod
    def create(cls, path: Path, name: str) -> Tenant:
        """A new tenant without Actions in `path`, a directory that is empty or does not exist yet."""
        name = rules.check_name(name, "a tenant")
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            strangers = sorted(entry.name for entry in path.iterdir() if entry.name not in (".lock", FILE))
        except OSError as error:
            raise UserError(
                f"a tenant cannot be made in {path} ({error.strerror}); name another place"
            ) from error
        if strangers:
            raise UserError(f"{path} is not empty (it holds {strangers[0]}); a tenant needs a new directory")
        with TenantLock(path)():
            if (path / FILE).exists():
                raise UserError(f"there is a tenant in {path} already; open it or name another directory")
            Index(path).found(name)
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> Tenant:
        """The tenant in `path`.

        Raises UserError when there is none, when its index is damaged (a copy is set aside, nothing deleted)
        and when a newer Actionsmith wrote it. An older format is brought up to date.
        """
        if not (path / FILE).exists():
            raise UserError(f"there is no tenant in {path} (no {FILE}); make one or name another place")
        if migrations.needs_migration(path, Index(path).schema()):
            with TenantLock(path)():
                migrations.migrate(path, Index(path).schema())
        return cls(path)

    def revision(self) -> Revision:
        """Differs from what it was before whenever Actions, flows or saved events were changed meanwhile.

        Costs a look at two files, not their reading.
        """
        return self._store.revision()

    # Actions and drafts

    def actions(self, trigger: str | None = None) -> list[Action]:
        """All Actions by name, or those of one trigger."""
        return self._actions.all(trigger)

    def action(self, name: str) -> Action:
        """One Action."""
        return self._actions.get(name)

    def action_with_id(self, action_id: str) -> Action | None:
        """The Action of this id, whatever it is called now; None when it is gone."""
        return self._actions.with_id(action_id)

    def create_action(self, name: str, trigger: str, language: str, code: str) -> Action:
        """A new Action with a draft and no version."""
        return self._actions.create(name, trigger, language, code)

    def rename_action(self, name: str, new_name: str) -> Action:
        """Give an Action another name; versions and flows stay."""
        return self._actions.rename(name, new_name)

    def delete_action(self, name: str) -> None:
        """Remove an Action with its versions. Raises UserError while a flow holds it."""
        self._actions.delete(name)

    def draft(self, name: str) -> Draft:
        """The draft of an Action."""
        return self._actions.draft(name)

    def saved_code(self, name: str) -> str | None:
        """The draft's code; None when the Action is gone or the file of its draft is damaged."""
        try:
            return self._actions.draft(name).code
        except UserError:
            return None

    def save_code(self, name: str, code: str, *, over: str | None = None) -> list[str]:
        """Replace the draft's code; returns warnings about limits.

        `over` is the code that it may replace: MovedError when another program has saved other code.
        """
        return self._actions.save_code(name, code, over)

    def limit_warnings(self, name: str) -> list[str]:
        """Everything the platform would refuse about an Action, as sentences; to be shown at a deploy."""
        draft = self._actions.draft(name)
        return rules.code_warnings(draft.code) + rules.count_warnings(
            [
                ("action.secrets", len(draft.secrets), "secrets"),
                ("action.dependencies", len(draft.dependencies), "dependencies"),
                ("action.versions", self._versions.count(name), "versions of the Action"),
                ("actions.per_tenant", len(self._actions.all(None)), "Actions in the tenant"),
            ]
        )

    # Versions

    def versions(self, name: str) -> list[Version]:
        """The versions of an Action, newest first."""
        return self._versions.all(name)

    def version(self, name: str, number: int) -> Version:
        """One version of an Action."""
        return self._versions.get(name, number)

    def deploy(self, name: str, note: str = "") -> Version:
        """Make the draft the next version and deploy it."""
        return self._versions.deploy(name, note)

    def rollback(self, name: str, number: int) -> Version:
        """Make a new version from an old one and deploy it; the draft becomes its content."""
        return self._versions.rollback(name, number)

    @property
    def keep_versions(self) -> int | None:
        """How many versions of an Action are kept, the deployed one in any case; None: all."""
        return self._versions.kept()

    @keep_versions.setter
    def keep_versions(self, count: int | None) -> None:
        self._versions.keep(count)

    # Secrets and dependencies of a draft

    def set_secret(self, name: str, key: str, value: str, *, plain: bool = False) -> list[str]:
        """Add a secret or replace its value, which is encrypted and not shown again; returns warnings.

        A `plain` one is a setting: kept as it is, shown and never masked.
        """
        return self._actions.set_secret(name, key, value, plain=plain)

    def remove_secret(self, name: str, key: str) -> None:
        """Take a secret out of the draft; versions keep theirs."""
        self._actions.remove_secret(name, key)

    def reveal_secrets(self, name: str, version: int | None = None) -> dict[str, str]:
        """All values of the draft, or of a version, plain ones too: for running it, and for nothing else.

        Raises UserError when the tenant's key is missing or is another one.
        """
        if version is None:
            _, content = self._actions.draft_content(name)
        else:
            content = self._versions.content(name, version)
        tokens = {secret.name: secret.token for secret in content.secrets if secret.plain is None}
        plain = {secret.name: secret.plain for secret in content.secrets if secret.plain is not None}
        return plain | self._store.vault.decrypt(tokens, name)

    def set_dependency(self, name: str, dependency: Dependency) -> list[str]:
        """Add a package to the draft or replace its version; returns warnings."""
        return self._actions.set_dependency(name, dependency)

    def remove_dependency(self, name: str, dependency: str) -> None:
        """Take a package out of the draft; versions keep theirs."""
        self._actions.remove_dependency(name, dependency)

    # Flows

    def flow(self, trigger: str) -> list[Binding]:
        """The bound Actions of a trigger in the order in which they run."""
        return self._flows.get(trigger)

    def set_flow(self, trigger: str, names: list[str]) -> list[str]:
        """Bind these Actions, in this order, and no others; returns warnings.

        Raises UserError when one is unknown, of another trigger, not deployed or named twice, or when there
        are more than the trigger takes; the flow then stays as it was.
        """
        return self._flows.replace(trigger, names)

    # Saved events

    def events(self, trigger: str) -> list[SavedEvent]:
        """The saved events of a trigger by name."""
        return self._events.all(trigger)

    def event(self, trigger: str, name: str) -> SavedEvent:
        """One saved event."""
        return self._events.get(trigger, name)

    def save_event(self, trigger: str, name: str, text: str, *, over: str | None = None) -> SavedEvent:
        """Keep a text under a name, in place of the one of that name. The text need not be right JSON yet.

        `over` is the text that it may replace: MovedError when another program has saved another one.
        """
        return self._events.save(trigger, name, text, over)

    def delete_event(self, trigger: str, name: str) -> None:
        """Remove a saved event."""
        self._events.delete(trigger, name)

    # What api.cache keeps between executions

    def cache(self, trigger: str) -> dict[str, CacheEntry]:
        """The entries of a trigger's cache that have not expired."""
        return self._caches.entries(trigger)

    def change_cache(self, trigger: str, changes: Mapping[str, CacheEntry | None]) -> None:
        """Put entries into a trigger's cache or, with None, take them out."""
        self._caches.change(trigger, changes)

    def clear_cache(self, trigger: str) -> int:
        """Empty a trigger's cache; returns how many entries there were."""
        return self._caches.clear(trigger)

    # The log of executions (`log`)

    @property
    def log_days(self) -> int:
        """How many days executions are kept (default: limits.yaml, execution_log.retention)."""
        return settings.log_days(self._store)

    @log_days.setter
    def log_days(self, days: int | None) -> None:
        settings.keep_log(self._store, days)
        self.log.drop_old()
