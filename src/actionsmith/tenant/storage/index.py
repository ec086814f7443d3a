"""`tenant.json`: the one file that says what is true. An operation has happened when the index says so.

Everything else (contents, the list of versions) is written before the index and found through it, so that a
crash at any moment leaves the old state or the new one.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TypeVar

import msgspec
from tinydb import where

from actionsmith.errors import UserError, did_you_mean
from actionsmith.tenant.storage.database import Database
from actionsmith.tenant.storage.migrations import SCHEMA
from actionsmith.tenant.storage.records import ActionRecord, FlowRecord, Meta, SettingRecord, now

FILE = "tenant.json"


class _Format(msgspec.Struct):
    """Read before anything else, because nothing else is known of a newer format."""

    schema: int


Description = TypeVar("Description", _Format, Meta)


class Index:
    """The index of one tenant. Writers hold the tenant's lock."""

    def __init__(self, root: Path) -> None:
        self.path = root / FILE
        self._database = Database(self.path, root)

    def schema(self) -> int:
        """The format of the tenant. Raises UserError when the index does not say."""
        return self._described(_Format).schema

    def meta(self) -> Meta:
        """Who the tenant is. Raises UserError when the index does not say."""
        return self._described(Meta)

    def found(self, name: str) -> None:
        """Begin a new tenant."""
        meta = Meta(schema=SCHEMA, id=uuid.uuid4().hex, name=name, created_at=now())
        self._database.put("meta", meta, where("id").exists())

    def actions(self) -> list[ActionRecord]:
        """All Actions, oldest first."""
        return self._database.all("actions", ActionRecord)

    def action(self, name: str) -> ActionRecord:
        """One Action. Raises UserError with the nearest name."""
        records = self.actions()
        for record in records:
            if record.name == name:
                return record
        names = [record.name for record in records]
        hint = did_you_mean(name, names) or "; 'actionsmith action list' shows those there are"
        raise UserError(f"there is no Action '{name}' in this tenant{hint}")

    def put_action(self, record: ActionRecord) -> None:
        """Write one Action: the moment at which a change of it has happened."""
        self._database.put("actions", record, where("id") == record.id)

    def remove_action(self, action_id: str) -> None:
        """Take an Action out of the index."""
        self._database.remove("actions", where("id") == action_id)

    def flows(self) -> dict[str, list[str]]:
        """The ids of the bound Actions, by trigger."""
        return {flow.trigger: flow.actions for flow in self._database.all("flows", FlowRecord)}

    def put_flow(self, trigger: str, action_ids: list[str]) -> None:
        """Replace the flow of a trigger."""
        self._database.put(
            "flows", FlowRecord(trigger=trigger, actions=action_ids), where("trigger") == trigger
        )

    def setting(self, key: str) -> str:
        """The text of a setting, or nothing."""
        settings = self._database.all("settings", SettingRecord)
        return next((setting.value for setting in settings if setting.key == key), "")

    def put_setting(self, key: str, value: str) -> None:
        """Replace a setting."""
        self._database.put("settings", SettingRecord(key=key, value=value), where("key") == key)

    def _described(self, kind: type[Description]) -> Description:
        found = self._database.all("meta", kind)
        if not found:
            raise UserError(f"{self._database.path} does not describe a tenant; put a good copy in its place")
        return found[0]
