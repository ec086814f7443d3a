"""Look-ups of roles, groups and rules, answered from the event: there is no directory to ask here.

Roles come from `event.authorization.roles` (names; ids are made from them, always the same). Groups
come from `event.user.groups`: names, or objects with `id` and `name`.
"""

from __future__ import annotations

import hashlib
from typing import Any

from actionsmith.runtime.semantics.answers import Answer
from actionsmith.runtime.semantics.calls import Call, means, value
from actionsmith.triggers import loader

Entry = dict[str, Any]


@means("roles.getUserEffectiveRoles")
def get_user_effective_roles(call: Call) -> Answer:
    """One page of the user's roles."""
    return value(_page(call, "roles", _roles(call)))


@means("roles.getUserEffectiveRolesByIds")
def get_user_effective_roles_by_ids(call: Call) -> Answer:
    """Those of the given roles the user has."""
    return value({"roles": [role for role in _roles(call) if role["id"] in call.args["ids"]]})


@means("roles.getUserEffectiveRolesByNames")
def get_user_effective_roles_by_names(call: Call) -> Answer:
    """Those of the given roles the user has."""
    return value({"roles": [role for role in _roles(call) if role["name"] in call.args["names"]]})


@means("groups.getUserGroups")
def get_user_groups(call: Call) -> Answer:
    """One page of the user's groups."""
    return value(_page(call, "groups", _groups(call)))


@means("groups.hasGroupMembership")
def has_group_membership(call: Call) -> Answer:
    """Per group asked about, by id or name, whether the user is in it."""
    memberships = {}
    for asked in call.args["groups"]:
        matches = [
            {"id": group["id"], "name": group["name"], "group_type": group["group_type"]}
            for group in _groups(call)
            if asked in (group["id"], group["name"])
        ]
        memberships[asked] = {"is_member": True, "matches": matches} if matches else {"is_member": False}
    return value({"memberships": memberships})


@means("rules.wasExecuted")
def was_executed(call: Call) -> Answer:
    """False: no legacy rules run here."""
    return value(False)


def _page(call: Call, member: str, entries: list[Entry]) -> dict[str, Any]:
    """A page from the cursor on; the cursor of the next one is in `next`."""
    start = call.get("params.from", "0")
    if not start.isascii() or not start.isdigit():
        raise call.error("params.from must be the next member of an earlier page")
    first, size = int(start), int(call.get("params.take", loader.limit("roles.page_size")))
    page: dict[str, Any] = {member: entries[first : first + size]}
    if first + size < len(entries):
        page["next"] = str(first + size)
    return page


def _roles(call: Call) -> list[Entry]:
    names = call.ledger.in_event("authorization.roles")
    if not isinstance(names, list):
        return []
    return [
        {"id": _made_id("rol", name), "name": name, "type": "tenant"}
        for name in names
        if isinstance(name, str)
    ]


def _groups(call: Call) -> list[Entry]:
    given = call.ledger.in_event("user.groups")
    members = given if isinstance(given, list) else []
    groups = [{"name": group} if isinstance(group, str) else group for group in members]
    tenant = call.ledger.in_event("tenant.id") or ""
    created = call.ledger.in_event("user.created_at") or ""
    return [
        {
            "id": _made_id("grp", str(group.get("name"))),
            "name": "",
            "group_type": "tenant",
            "tenant_name": tenant,
            "created_at": created,
            "updated_at": created,
            "membership_created_at": created,
            "assignment": "direct",
            **group,
        }
        for group in groups
        if isinstance(group, dict)
    ]


def _made_id(prefix: str, name: str) -> str:
    return f"{prefix}_{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
