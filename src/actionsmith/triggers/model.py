"""The contract as typed data: what a trigger offers, read from `contract/<trigger id>.yaml`."""

from __future__ import annotations

from typing import Any, Literal

import msgspec


class Property(msgspec.Struct, frozen=True, kw_only=True):
    """One member of `event`. `path` starts with `event.`; `[]` marks the items of an array.

    `optional` is relative to the parent: a required member of an optional object is missing
    only when the object is. `open` objects may carry members that are not listed.
    """

    path: str
    type: str
    optional: bool
    doc: str = ""
    enum: tuple[str, ...] = ()
    enum_open: bool = False
    items_enum: tuple[str, ...] = ()
    open: bool = False
    items_open: bool = False
    nullable: bool = False
    stage: str = ""
    plan: str = ""
    origin: str = ""


class Param(msgspec.Struct, frozen=True, kw_only=True):
    """One parameter of an api method; `options.ttl` is the member `ttl` of the parameter `options`."""

    name: str
    type: str
    optional: bool
    doc: str = ""
    limits: str = ""
    enum: tuple[str, ...] = ()
    default: Any = None


class Method(msgspec.Struct, frozen=True, kw_only=True):
    """One method of `api`. `path` starts with `api.` and uses the JavaScript names."""

    path: str
    signature: str
    doc: str
    params: tuple[Param, ...] = ()
    returns: str = "void"
    chain: bool = False
    is_async: bool = msgspec.field(default=False, name="async")
    rules: tuple[str, ...] = ()
    effect: str = "none"
    flow: Literal["", "stop", "suspend"] = ""
    only_in: tuple[str, ...] = ()
    deprecated: str = ""
    default: Any = None
    stage: str = ""
    plan: str = ""
    origin: str = ""


class Binding(msgspec.Struct, frozen=True, kw_only=True):
    """How Actions are attached: `flow` is an ordered list, the others have one owner each."""

    kind: Literal["flow", "provider", "profile", "stream"]
    max_bound: int
    note: str = ""


class Starter(msgspec.Struct, frozen=True, kw_only=True):
    """Arguments of a handler in the code a new Action starts with."""

    args: tuple[str, ...]
    commented_out: bool = False


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """A fixed point where Actions run. One YAML file each; see the contract for the words."""

    id: str
    title: str
    group: str
    versions: tuple[str, ...]
    current_version: str
    sync: bool
    sync_source: str
    when: str
    handlers: tuple[str, ...]
    handler_notes: dict[str, str]
    starter: dict[str, Starter]
    aliases: tuple[str, ...]
    runs_for: tuple[str, ...]
    can_suspend: bool
    binding: Binding
    tenant_logs: tuple[str, ...]
    api_type: str
    types_module: str
    event: tuple[Property, ...]
    api: tuple[Method, ...]
    event_unreferenced: tuple[Property, ...] = ()
    api_unreferenced: tuple[Method, ...] = ()
    stage: str = ""
    event_types: Any = None


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of `limits.yaml`; `value` is a number or, for `unit: pattern`, a regular expression."""

    id: str
    group: str
    value: int | str
    unit: str
    applies_to: str
    source: str
    note: str = ""
    conflict: str = ""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One member of a named type; `const` is the only value it can have."""

    name: str
    type: str
    optional: bool
    doc: str = ""
    enum: tuple[str, ...] = ()
    const: str = ""


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One of the objects that a union may be."""

    fields: tuple[Field, ...]


class NamedType(msgspec.Struct, frozen=True, kw_only=True):
    """A type that parameters and return values refer to by name (`shared-objects.yaml`)."""

    kind: Literal["object", "enum", "union", "jwt"]
    doc: str = ""
    fields: tuple[Field, ...] = ()
    values: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    open: bool = False
