"""Whose tokens a custom token exchange issues, and the id of a new user."""

from __future__ import annotations

import re
from typing import Any

from actionsmith.runtime.semantics.answers import Answer
from actionsmith.runtime.semantics.calls import Call, means
from actionsmith.runtime.semantics.pending import METADATA
from actionsmith.runtime.semantics.value_types import is_finite
from actionsmith.triggers import loader

# interop.md, part F: "User id in pre-registration". limits.yaml has no entry for it.
_NEW_USER_ID = re.compile(r"[a-zA-Z0-9@._+-]{1,255}")


@means("authentication.setUserById")
def set_user_by_id(call: Call) -> None:
    """An existing user."""
    _choose(call, {"by": "id", "user_id": call.args["user_id"]})


@means("authentication.setUserByConnection")
def set_user_by_connection(call: Call) -> None:
    """An existing or a new user of a connection."""
    chosen = {
        "by": "connection",
        "connection": call.args["connection_name"],
        "attributes": call.args["user_attributes"],
        "creationBehavior": call.get("options.creationBehavior"),
        "updateBehavior": call.get("options.updateBehavior"),
    }
    _choose(call, chosen)


@means("authentication.setActor")
def set_actor(call: Call) -> None:
    """Who acts on behalf of the user, possibly a chain (limits.yaml: cte.actor.*)."""
    _check_actor(call, call.args["actor"])
    call.ledger.put("actor", call.args["actor"])


@means("user.setUserId")
def set_user_id(call: Call) -> Answer:
    """The id of the user who is about to be created. Gives `api` (interop.md, part F)."""
    user_id = call.args["user_id"]
    if not isinstance(user_id, str) or not _NEW_USER_ID.fullmatch(user_id):
        raise call.error("user_id must be 1 to 255 letters, digits and the characters @ . _ + -")
    call.ledger.put("user.user_id", user_id)
    return Answer(gives="api")


def _choose(call: Call, chosen: dict[str, Any]) -> None:
    before = call.ledger.at("user") or {}
    if "by" in before:
        call.warn(
            "the user had been chosen already; one of setUserById and setUserByConnection is to be called"
        )
    kept = {field: before[field] for field in METADATA if field in before}
    call.ledger.put("user", {**chosen, **kept})


def _check_actor(call: Call, actor: dict[str, Any]) -> None:
    level: Any = actor
    where, depth = "actor", 0
    while level is not None:
        depth += 1
        if depth > loader.limit("cte.actor.levels"):
            raise call.error(f"{where} is one level too many; a chain has at most {depth - 1} actors")
        _check_subject(call, level, where)
        _check_properties(call, level, where)
        where, level = f"{where}.act", level.get("act")


def _check_subject(call: Call, level: dict[str, Any], where: str) -> None:
    most = loader.limit("cte.actor.sub")
    if not 1 <= len(level["sub"]) <= most:
        raise call.error(f"{where}.sub must have 1 to {most} characters; it has {len(level['sub']):,}")


def _check_properties(call: Call, level: dict[str, Any], where: str) -> None:
    properties = {name: value for name, value in level.items() if name not in ("sub", "act")}
    most = loader.limit("cte.actor.properties")
    if len(properties) > most:
        raise call.error(
            f"{where} may have at most {most} members beside sub and act; it has {len(properties)}"
        )
    for name, value in properties.items():
        longest = loader.limit("cte.actor.key")
        if len(name) > longest:
            raise call.error(f"{where} has a member name of more than {longest} characters: '{name[:60]}'")
        if not isinstance(value, str | bool) and not is_finite(value):
            raise call.error(f"{where}.{name} must be a string, a number or true or false")
        if isinstance(value, str) and len(value) > loader.limit("cte.actor.string"):
            raise call.error(f"{where}.{name} may have at most {loader.limit('cte.actor.string')} characters")
