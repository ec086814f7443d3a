"""User, app and transaction metadata (semantics.md, "User and app metadata", "Transaction ... metadata")."""

from __future__ import annotations

from typing import Any

import msgspec

from actionsmith.runtime.semantics.answers import UNDEFINED, ApiError
from actionsmith.runtime.semantics.calls import Call, at_end, means
from actionsmith.runtime.semantics.ledger import Ledger
from actionsmith.runtime.semantics.pending import with_pending
from actionsmith.triggers import loader

_FIELDS = {"setUserMetadata": "user_metadata", "setAppMetadata": "app_metadata"}
_PRIMARY = "authentication.setPrimaryUser"
_PASSWORDLESS = ("email", "sms")
_LARGEST_SAFE_NUMBER = 2**53 - 1


@means("user.setUserMetadata", "user.setAppMetadata")
def set_user_or_app_metadata(call: Call) -> None:
    """A pending change: null removes the key from the profile, undefined drops the pending change."""
    field = _FIELDS[call.method.path.rpartition(".")[2]]
    key, value, path = call.args["key"], call.args["value"], f"user.{field}"
    _check_key(call, key, field)
    if _is_passwordless_signup(call.ledger):
        call.warn(f"'{key}' was left out: a passwordless user cannot be given metadata before registration")
        return
    stored = call.ledger.in_event(path)
    if stored is not None and not isinstance(stored, dict):
        raise call.abort(f"the stored {field} of the user is not an object, so '{key}' cannot be set in it")
    if field == "app_metadata" and key not in (stored or ()):
        _warn_of_hidden_attribute(call, key)
    pending = {name: other for name, other in (call.ledger.at(path) or {}).items() if name != key}
    saved = call.ledger.saved.get(field, {})
    if value is not UNDEFINED:
        pending[key] = value
    elif key in saved:
        pending[key] = saved[key]
    if pending:
        call.ledger.put(path, pending)
    else:
        call.ledger.drop(path)


@means("transaction.setMetadata")
def set_transaction_metadata(call: Call) -> None:
    """Visible at once in `event.transaction.metadata`; null (and undefined) remove the key."""
    key, value = call.args["key"], call.args["value"]
    if value is UNDEFINED:
        value = None
    if not key:
        raise call.error("key must not be empty")
    _check_value(call, value)
    known = call.ledger.in_event("transaction.metadata")
    visible = {name: other for name, other in known.items() if name != key} if isinstance(known, dict) else {}
    if value is not None:
        visible[key] = value
    limit = loader.limit_bytes("transaction_metadata.total_size")
    used = sum(_size(other) for other in visible.values())
    if not call.ledger.fill("transaction metadata", used, limit, "bytes"):
        raise call.error(
            f"all values together may take {limit:,} bytes; with '{key}' they would take {used:,}"
        )
    call.patch("transaction.metadata", visible)
    pending = call.ledger.at("transaction.metadata") or {}
    call.ledger.put("transaction.metadata", {**pending, key: value})


@at_end
def lose_user_metadata_of_this_action(ledger: Ledger) -> None:
    """setPrimaryUser: what the same Action did to user_metadata is lost, with a warning."""
    before = (ledger.before.get("user") or {}).get("user_metadata")
    if _PRIMARY not in ledger.called or ledger.at("user.user_metadata") == before:
        return
    if before is None:
        ledger.drop("user.user_metadata")
    else:
        ledger.put("user.user_metadata", before)
    ledger.warn(
        "api.authentication.setPrimaryUser: the user_metadata set in the same Action is lost; "
        "set it in a later Action"
    )


@at_end
def warn_of_big_profile(ledger: Ledger) -> None:
    """When the Action is done: a profile beyond `user_profile.size` is still accepted, with a warning."""
    if not any(ledger.at(f"user.{field}") for field in _FIELDS.values()):
        return
    user = with_pending(ledger).get("user")
    if not isinstance(user, dict):
        return
    limit, used = loader.limit_bytes("user_profile.size"), _size(user)
    if used > limit:
        ledger.warn_once(f"the user's profile takes {used:,} bytes; it should take {limit:,} at most")


@at_end
def check_sizes(ledger: Ledger) -> None:
    """When the Action is done: pending metadata within the limits per session. Raises ApiError."""
    for method, field in _FIELDS.items():
        pending = ledger.at(f"user.{field}")
        if pending is None:
            continue
        limit, used = loader.limit_bytes(f"{field}.per_session"), _size(pending)
        if not ledger.fill(f"pending {field}", used, limit, "bytes"):
            raise ApiError(
                f"api.user.{method}: at most {limit:,} bytes of {field} can be saved per session; "
                f"the changes take {used:,}",
                methods=(f"user.{method}",),
            )


def _is_passwordless_signup(ledger: Ledger) -> bool:
    """Source: pre-user-registration.yaml, `Not possible for passwordless users`."""
    strategy = ledger.in_event("connection.strategy")
    return ledger.trigger.id == "pre-user-registration" and strategy in _PASSWORDLESS


def _warn_of_hidden_attribute(call: Call, key: str) -> None:
    """app_metadata is merged onto the profile root, where a new key may hide an attribute."""
    user = call.ledger.in_event("user")
    if isinstance(user, dict) and key in user:
        call.warn(f"the key '{key}' hides the attribute event.user.{key} of the same name")


def _check_key(call: Call, key: str, field: str) -> None:
    for character in loader.word_list("metadata_key_forbidden_characters"):
        if character in key:
            raise call.error(f"key must not contain '{character}': '{key[:60]}'")
    if field == "app_metadata" and key in loader.word_list("reserved_app_metadata_keys"):
        raise call.error(f"the key '{key}' is reserved for the profile itself; choose another one")


def _check_value(call: Call, value: Any) -> None:
    if isinstance(value, int | float) and abs(value) > _LARGEST_SAFE_NUMBER:
        raise call.error("value must be a safe number; send bigger ones as a string")
    most = loader.limit_bytes("transaction_metadata.value_size")
    if _size(value) > most:
        raise call.error(f"value may take at most {most:,} bytes; it takes {_size(value):,}")


def _size(value: Any) -> int:
    """Bytes: of a string its text, of anything else its JSON."""
    if isinstance(value, str):
        return len(value.encode("utf-8", "surrogatepass"))
    return len(msgspec.json.encode(value))
