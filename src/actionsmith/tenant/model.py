"""What a tenant holds, as its callers see it. Times are aware and in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Language = Literal["javascript", "python"]


class Dependency(msgspec.Struct, frozen=True):
    """A package of an Action: what was asked for (`^6`, may be empty) and the version it is pinned to.

    The registry follows from the Action's language.
    """

    name: str
    requested: str
    version: str


class SecretInfo(msgspec.Struct, frozen=True):
    """A secret as it may be shown. Only a plain setting, which is not kept secret, has its `value`."""

    name: str
    updated_at: datetime
    plain: bool = False
    value: str | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The one editable state of an Action."""

    code: str
    secrets: list[SecretInfo]
    dependencies: list[Dependency]
    updated_at: datetime


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A numbered snapshot of a draft; it never changes. `note` is a remark, such as `rollback to 1`.

    `repeats` tells that it has the content of the version before it: a deploy makes one all the same
    (semantics.md, "Deploy: takes an immutable snapshot"; interop.md, part A: "even when nothing changed").
    """

    number: int
    code: str
    secrets: list[SecretInfo]
    dependencies: list[Dependency]
    created_at: datetime
    note: str = ""
    deployed: bool = False
    repeats: bool = False


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """A named function for one trigger, without its code.

    `deployed` is the number of the deployed version, `latest` the highest number so far (0: none).
    `changed` tells that the draft differs from the deployed version, or that none is deployed.
    """

    id: str
    name: str
    trigger: str
    language: Language
    created_at: datetime
    updated_at: datetime
    deployed: int | None
    latest: int
    changed: bool


class Binding(msgspec.Struct, frozen=True):
    """One place in a flow: the name of the Action, and the name the flow shows for it."""

    action: str
    display_name: str


class SavedEvent(msgspec.Struct, frozen=True):
    """An event under a name. `text` is the JSON as the user wrote it, faults included."""

    trigger: str
    name: str
    text: str
