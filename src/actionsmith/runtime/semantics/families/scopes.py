"""Scopes of the access token, and the working set of scopes of a client credentials exchange."""

from __future__ import annotations

from typing import Any

from actionsmith.runtime.semantics.calls import Call, at_end, means
from actionsmith.runtime.semantics.json_paths import found
from actionsmith.runtime.semantics.ledger import Ledger
from actionsmith.triggers import loader

_TOKEN = "accessToken.scopes"
_TARGET = "transaction.targetScopes"
_TARGET_IN_EVENT = "transaction.target_scopes"


@means("accessToken.addScope")
def add_scope(call: Call) -> None:
    """The access token's scopes start from those asked for; see `_keep` for what the outcome holds."""
    scopes, asked_for = _token_scopes(call), _list(call.ledger.in_event("transaction.requested_scopes"))
    scopes = _with(scopes, _scope(call, call.args["scope"]))
    added = sum(scope not in asked_for for scope in scopes)
    if not call.ledger.fill("scopes added to the access token", added, loader.limit("scope.count"), "scopes"):
        raise call.error(f"at most {loader.limit('scope.count'):,} scopes may be added in one flow")
    _keep(call, _TOKEN, scopes, asked_for)


@means("accessToken.removeScope")
def remove_scope(call: Call) -> None:
    """The last of add and remove counts."""
    gone = _scope(call, call.args["scope"])
    scopes = [scope for scope in _token_scopes(call) if scope != gone]
    _keep(call, _TOKEN, scopes, _list(call.ledger.in_event("transaction.requested_scopes")))


@means("transaction.addTargetScope")
def add_target_scope(call: Call) -> None:
    """The event's working set changes at once."""
    _keep_target(call, _with(_target(call), _scope(call, call.args["scope"])))


@means("transaction.removeTargetScope")
def remove_target_scope(call: Call) -> None:
    """The event's working set changes at once."""
    gone = _scope(call, call.args["scope"])
    _keep_target(call, [scope for scope in _target(call) if scope != gone])


@means("transaction.setTargetScopes")
def set_target_scopes(call: Call) -> None:
    """Replaces the working set; duplicates are dropped."""
    scopes = [_scope(call, scope, f"scopes[{at}]") for at, scope in enumerate(call.args["scopes"])]
    _keep_target(call, list(dict.fromkeys(scopes)))


@means("transaction.clearTargetScopes")
def clear_target_scopes(call: Call) -> None:
    """Empties the working set."""
    _keep_target(call, [])


@at_end
def warn_of_scopes_outside_the_grant(ledger: Ledger) -> None:
    """When the Action is done: what the client grant does not allow is lost when the flow ends."""
    lost = outside_grant(ledger)
    if lost:
        ledger.warn_once(
            f"api.transaction: the target scopes {', '.join(lost)} are outside the client grant "
            "(event.transaction.target_scopes at the start of the flow) and are dropped when the flow ends"
        )


def drop_outside_grant(ledger: Ledger) -> None:
    """The flow has ended: the target scopes are cut down to what the client grant allows."""
    lost = outside_grant(ledger)
    if lost:
        scopes = [scope for scope in _list(ledger.at(_TARGET)) if scope not in lost]
        if scopes == _granted(ledger):
            ledger.drop(_TARGET)
        else:
            ledger.put(_TARGET, scopes)


def outside_grant(ledger: Ledger) -> list[str]:
    """Target scopes the client grant does not allow; none when the event does not tell the grant."""
    scopes = ledger.at(_TARGET)
    granted = _granted(ledger) if scopes else None
    return [] if granted is None else [scope for scope in scopes if scope not in granted]


def _granted(ledger: Ledger) -> list[str] | None:
    scopes = found(ledger.given, _TARGET_IN_EVENT)
    return _list(scopes) if isinstance(scopes, list) else None


def _scope(call: Call, text: str, name: str = "scope") -> str:
    """A scope without the spaces around it (limits.yaml: scope.length). Raises ApiError."""
    scope, most = text.strip(), loader.limit("scope.length")
    if not scope:
        raise call.error(f"{name} must not be empty")
    if any(character.isspace() for character in scope):
        raise call.error(f"{name} must not contain white space; add one scope per call: '{scope[:60]}'")
    if len(scope) > most:
        raise call.error(f"{name} may have at most {most:,} characters; it has {len(scope):,}")
    return scope


def _with(scopes: list[str], scope: str) -> list[str]:
    return scopes if scope in scopes else [*scopes, scope]


def _token_scopes(call: Call) -> list[str]:
    kept = call.ledger.at(_TOKEN)
    return kept if kept is not None else _list(call.ledger.in_event("transaction.requested_scopes"))


def _target(call: Call) -> list[str]:
    return _list(call.ledger.in_event(_TARGET_IN_EVENT))


def _keep_target(call: Call, scopes: list[str]) -> None:
    limit = loader.limit("scope.count")
    if not call.ledger.fill("target scopes", len(scopes), limit, "scopes"):
        raise call.error(f"the target scopes may be at most {limit:,}; they would be {len(scopes):,}")
    call.patch(_TARGET_IN_EVENT, scopes)
    _keep(call, _TARGET, scopes, _granted(call.ledger) or [])


def _keep(call: Call, path: str, scopes: list[str], at_first: list[str]) -> None:
    """The outcome holds the whole resulting set, and nothing when that is what it was at first."""
    if scopes == at_first:
        call.ledger.drop(path)
    else:
        call.ledger.put(path, scopes)


def _list(value: Any) -> list[str]:
    return [scope for scope in value if isinstance(scope, str)] if isinstance(value, list) else []
