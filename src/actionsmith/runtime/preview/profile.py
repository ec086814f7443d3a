"""The user before and after a flow (semantics.md, "User and app metadata", "Custom token exchange")."""

from __future__ import annotations

from typing import Any

from actionsmith.runtime.semantics.json_paths import found
from actionsmith.runtime.semantics.pending import METADATA
from actionsmith.triggers.model import Trigger

Profile = dict[str, Any]


def profile_changes(trigger: Trigger, event: dict[str, Any], outcome: dict[str, Any]) -> Profile | None:
    """`before`, `after` and `changes`; None where the user is unknown or the trigger cannot change one.

    A change has the `path` of what is other, and what it was `before` and is `after`, None for nothing.
    Metadata is compared key by key: a value is replaced as a whole.
    """
    if not any(method.path.startswith("api.user.") for method in trigger.api):
        return None
    given = found(event, "user")
    chosen = found(outcome, "user.by") is not None
    if not isinstance(given, dict) and not chosen:
        return None
    before: Profile = given if isinstance(given, dict) else {}
    after = {**before, **_new_attributes(outcome)}
    for field in METADATA:
        pending = found(outcome, f"user.{field}")
        if isinstance(pending, dict):
            stored = before.get(field)
            merged = {**(stored if isinstance(stored, dict) else {}), **pending}
            after[field] = {
                key: value for key, value in merged.items() if value is not None or key not in pending
            }
    return {"before": before, "after": after, "changes": _changes(before, after)}


def _new_attributes(outcome: dict[str, Any]) -> Profile:
    """The id of a new or of another user, and what a token exchange says of the user it has chosen."""
    attributes = found(outcome, "user.attributes")
    new = dict(attributes) if isinstance(attributes, dict) else {}
    user_id = found(outcome, "user.user_id") or found(outcome, "authentication.primaryUserId")
    return new if user_id is None else {**new, "user_id": user_id}


def _changes(before: Profile, after: Profile) -> list[Profile]:
    changes = []
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if name in METADATA and isinstance(new, dict):
            known = old if isinstance(old, dict) else {}
            changes += [_change(f"{name}.{key}", known, new, key) for key in {**known, **new}]
        else:
            changes.append(_change(name, before, after, name))
    return [change for change in changes if not _same(change["before"], change["after"])]


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON, where true is not 1."""
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _change(path: str, before: Profile, after: Profile, key: str) -> Profile:
    return {"path": path, "before": before.get(key), "after": after.get(key)}
