"""What is written to disk. The callers' view of the same things is `tenant/model.py`."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import msgspec

from actionsmith.tenant.model import Dependency, Language


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """Who the tenant is. `schema` is the format of all its files."""

    schema: int
    id: str
    name: str
    created_at: datetime


class ActionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One Action in the index. `draft` and `deployed_content` name contents (see `digest_of`).

    `draft_is_own`: no version holds the draft's content, so it can go when the draft changes.
    """

    id: str
    name: str
    trigger: str
    language: Language
    created_at: datetime
    updated_at: datetime
    draft: str
    draft_is_own: bool = True
    latest: int = 0
    deployed: int | None = None
    deployed_content: str = ""


class VersionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One version; its number is the id of the document."""

    content: str
    created_at: datetime
    note: str = ""


class FlowRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The Actions bound to a trigger, by id, first to last."""

    trigger: str
    actions: list[str]


class SettingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A setting of the tenant; an empty value means its default."""

    key: str
    value: str


class EventRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A saved event."""

    trigger: str
    name: str
    text: str
    updated_at: datetime


class StoredSecret(msgspec.Struct, frozen=True, omit_defaults=True):
    """A secret with its encrypted value, or a plain setting: then `token` is empty and `plain` the value."""

    name: str
    token: str
    updated_at: datetime
    plain: str | None = None


class Content(msgspec.Struct, frozen=True):
    """Everything a version freezes. Never changed once written; a new state is a new content."""

    code: str = ""
    secrets: tuple[StoredSecret, ...] = ()
    dependencies: tuple[Dependency, ...] = ()


def digest_of(encoded: bytes) -> str:
    """The name of a content: equal names mean equal code, secrets and dependencies."""
    return hashlib.blake2b(encoded, digest_size=16).hexdigest()


def now() -> datetime:
    """The present, to the millisecond, in UTC."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
