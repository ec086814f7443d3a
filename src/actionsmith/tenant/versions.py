"""Versions: deploy, rollback, history."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import msgspec

from actionsmith.errors import UserError
from actionsmith.tenant.actions import Actions, secret_infos
from actionsmith.tenant.model import Version
from actionsmith.tenant.storage.records import ActionRecord, Content, VersionRecord, now
from actionsmith.tenant.storage.store import Store

KEEP_VERSIONS = "keep_versions"
TABLE = "versions"


class Versions:
    """The numbered snapshots of the Actions of a tenant.

    A version is written to the Action's list first and counts from the moment the index knows its number;
    what stands above the index's number is left from a crash and is overwritten by the next deploy. So
    numbers have no gap, and a kill at any moment leaves the old state or the new one.
    """

    def __init__(self, store: Store, actions: Actions) -> None:
        self._store = store
        self._actions = actions

    def all(self, name: str) -> list[Version]:
        """The versions, newest first. One whose body is lost is listed without code, its note says so."""
        record = self._store.index.action(name)
        versions = self._records(record)
        return [self._listed(record, versions, number) for number in sorted(versions, reverse=True)]

    def count(self, name: str) -> int:
        """How many versions are kept."""
        return len(self._records(self._store.index.action(name)))

    def get(self, name: str, number: int) -> Version:
        """One version. Raises UserError when it does not exist or its body is damaged."""
        record, versions = self._find(name, number)
        return _as_version(record, versions, number, self._content(record, number, versions[number]))

    def content(self, name: str, number: int) -> Content:
        """The stored body of a version."""
        record, versions = self._find(name, number)
        return self._content(record, number, versions[number])

    def deploy(self, name: str, note: str) -> Version:
        """Make the draft the next version and deploy it."""
        with self._store.lock():
            record, content = self._actions.draft_content(name)
            return self._commit(record, content, record.draft, note)

    def rollback(self, name: str, number: int) -> Version:
        """Make a new version from an old one and deploy it; the draft becomes its content."""
        with self._store.lock():
            record, versions = self._find(name, number)
            content = self._content(record, number, versions[number])
            return self._commit(record, content, versions[number].content, f"rollback to {number}")

    def keep(self, count: int | None) -> None:
        """Keep this many versions per Action, the deployed one in any case; None keeps them all."""
        if count is not None and count < 1:
            raise UserError(f"at least 1 version of an Action is kept, not {count}")
        with self._store.lock():
            self._store.index.put_setting(KEEP_VERSIONS, "" if count is None else str(count))
            for record in self._store.index.actions():
                self._trim(record)

    def kept(self) -> int | None:
        """How many versions of an Action are kept; None: all."""
        setting = self._store.index.setting(KEEP_VERSIONS)
        return int(setting) if setting.isdecimal() else None

    def _commit(self, record: ActionRecord, content: Content, digest: str, note: str) -> Version:
        number = record.latest + 1
        version = VersionRecord(content=digest, created_at=now(), note=note)
        self._store.versions(record.id).put_numbered(TABLE, number, version)
        changed = msgspec.structs.replace(
            record,
            latest=number,
            deployed=number,
            deployed_content=digest,
            draft=digest,
            draft_is_own=False,
            updated_at=version.created_at,
        )
        self._store.index.put_action(changed)
        with suppress(
            UserError
        ):  # the version is deployed; what could not be tidied up is at the next deploy
            self._trim(changed)
        before = VersionRecord(content=record.deployed_content, created_at=record.updated_at)
        return _as_version(changed, {number - 1: before, number: version}, number, content)

    def _trim(self, record: ActionRecord) -> None:
        """Drop the oldest unused versions, and the bodies that no version and no draft names."""
        versions = self._records(record)
        most = self.kept()
        if most is not None:
            old = [number for number in sorted(versions)[:-most] if number != record.deployed]
            if old:
                self._store.versions(record.id).remove_numbered(TABLE, old)
                versions = {number: versions[number] for number in versions.keys() - set(old)}
        named = {version.content for version in versions.values()}
        self._store.contents.keep_only(record.id, {*named, record.draft})

    def _records(self, record: ActionRecord) -> dict[int, VersionRecord]:
        found = self._store.versions(record.id).numbered(TABLE, VersionRecord)
        return {number: version for number, version in found.items() if number <= record.latest}

    def _find(self, name: str, number: int) -> tuple[ActionRecord, dict[int, VersionRecord]]:
        """The Action and its versions. Raises UserError when this one is not among them."""
        record = self._store.index.action(name)
        versions = self._records(record)
        if number in versions:
            return record, versions
        if not versions:
            hint = "it was never deployed" if record.latest == 0 else "its list of versions is lost"
        else:
            hint = f"there are {min(versions)} to {max(versions)}"
        raise UserError(f"'{name}' has no version {number}: {hint}")

    def _content(self, record: ActionRecord, number: int, version: VersionRecord) -> Content:
        content = self._store.contents.get(record.id, version.content)
        if content is None:
            raise UserError(
                f"the content of version {number} of '{record.name}' is gone ({version.content}.json); "
                "deploy or roll back to another version"
            )
        return content

    def _listed(self, record: ActionRecord, versions: dict[int, VersionRecord], number: int) -> Version:
        try:
            return _as_version(record, versions, number, self._content(record, number, versions[number]))
        except UserError as error:
            lost = msgspec.structs.replace(versions[number], note=f"damaged: {error}")
            return _as_version(record, versions | {number: lost}, number, Content())


def _as_version(
    record: ActionRecord, versions: Mapping[int, VersionRecord], number: int, content: Content
) -> Version:
    version, before = versions[number], versions.get(number - 1)
    return Version(
        number=number,
        code=content.code,
        secrets=secret_infos(content),
        dependencies=list(content.dependencies),
        created_at=version.created_at,
        note=version.note,
        deployed=number == record.deployed,
        repeats=before is not None and before.content == version.content,
    )
