"""Metadata of the session and of the refresh token (semantics.md; limits.yaml: session_metadata.* and
refresh_token_metadata.*)."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from actionsmith.runtime.semantics.answers import UNDEFINED
from actionsmith.runtime.semantics.calls import Call, means
from actionsmith.runtime.semantics.families.lifetimes import refuse_online_token
from actionsmith.runtime.semantics.json_paths import found
from actionsmith.triggers import loader


class _Holder(msgspec.Struct, frozen=True):
    """Who holds the metadata: its names in the event, in the outcome and in limits.yaml."""

    event: str
    outcome: str
    limits: str


_HOLDERS = {
    "session": _Holder("session", "session.metadata", "session_metadata"),
    "refreshToken": _Holder("refresh_token", "refreshToken.metadata", "refresh_token_metadata"),
}


@means("session.setMetadata", "refreshToken.setMetadata")
def set_metadata(call: Call) -> None:
    """Visible at once in the event; null removes the key. Every broken rule throws."""
    holder = _holder(call)
    if holder.event == "session" and not isinstance(call.ledger.in_event("session"), dict):
        raise call.error("there is no session; check event.session first")
    refuse_online_token(call)
    key, value = call.args["key"], call.args["value"]
    _check_text(call, "key", key, loader.limit(f"{holder.limits}.length"))
    if not re.fullmatch(loader.limit_pattern(f"{holder.limits}.key_pattern"), key):
        raise call.error(f"key may have letters, digits, '_' and '-' only: '{key[:60]}'")
    if isinstance(value, str):
        _check_text(call, "value", value, loader.limit(f"{holder.limits}.length"))
    else:
        value = None if value is UNDEFINED else value
    visible = {name: other for name, other in _visible(call, holder).items() if name != key}
    if value is not None:
        visible[key] = value
    most = loader.limit(f"{holder.limits}.entries")
    if not call.ledger.fill(f"{holder.event} metadata", len(visible), most, "entries"):
        raise call.error(f"at most {most:,} entries may be kept; '{key}' is one too many")
    _show(call, holder, visible)
    if value is None:
        _keep_removed(call, holder, key)
    else:
        call.ledger.put(holder.outcome, {**_pending(call, holder), key: value})


@means("session.deleteMetadata", "refreshToken.deleteMetadata")
def delete_metadata(call: Call) -> None:
    """Remove one entry; nothing happens when it does not exist."""
    holder, key = _holder(call), call.args["key"]
    visible = _visible(call, holder)
    if key not in visible:
        return
    _show(call, holder, {name: value for name, value in visible.items() if name != key})
    _keep_removed(call, holder, key)


@means("session.evictMetadata", "refreshToken.evictMetadata")
def evict_metadata(call: Call) -> None:
    """Remove all entries; nothing happens when there are none."""
    holder = _holder(call)
    visible = _visible(call, holder)
    if visible:
        _show(call, holder, {})
        _keep_removed(call, holder, *visible)


def _holder(call: Call) -> _Holder:
    return _HOLDERS[call.method.path.split(".")[1]]


def _visible(call: Call, holder: _Holder) -> dict[str, Any]:
    """What is stored and pending; before a refresh token exists only what is pending."""
    known = call.ledger.in_event(f"{holder.event}.metadata")
    if isinstance(known, dict):
        return known
    return {name: value for name, value in _pending(call, holder).items() if value is not None}


def _pending(call: Call, holder: _Holder) -> dict[str, Any]:
    """What the flow has changed so far: new values, and null for the stored entries it removed."""
    return call.ledger.at(holder.outcome) or {}


def _keep_removed(call: Call, holder: _Holder, *keys: str) -> None:
    """The outcome has null for a stored entry that is gone, and nothing for one that was never stored."""
    stored = found(call.ledger.given, f"{holder.event}.metadata")
    pending = {name: value for name, value in _pending(call, holder).items() if name not in keys}
    pending |= {key: None for key in keys if isinstance(stored, dict) and key in stored}
    if pending:
        call.ledger.put(holder.outcome, pending)
    else:
        call.ledger.drop(holder.outcome)


def _show(call: Call, holder: _Holder, visible: dict[str, Any]) -> None:
    if isinstance(call.ledger.in_event(holder.event), dict):
        call.patch(f"{holder.event}.metadata", visible)


def _check_text(call: Call, name: str, text: str, most: int) -> None:
    if "\0" in text:
        raise call.error(f"{name} must not contain null bytes")
    if len(text) > most:
        raise call.error(f"{name} may have at most {most:,} characters; it has {len(text):,}")
