"""What a suspended flow waits for: the commands of one Action, carried out one after the other.

Source: semantics.md, "Redirect", "Forms" and "MFA".
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from actionsmith.errors import UserError
from actionsmith.runtime.semantics import factors
from actionsmith.runtime.semantics.answers import ApiError
from actionsmith.runtime.semantics.json_paths import found
from actionsmith.runtime.semantics.ledger import Ledger, Wait
from actionsmith.runtime.semantics.pending import METADATA
from actionsmith.runtime.semantics.urls import with_query
from actionsmith.triggers import loader

_STATE_LENGTH = 32


def continuation_state(event: dict[str, Any]) -> str:
    """The `state` that identifies the transaction to the site the user is sent to; always the same."""
    known = json.dumps([found(event, "transaction"), found(event, "user.user_id")], sort_keys=True)
    return hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:_STATE_LENGTH]


def redirect_url(redirect: dict[str, Any], state: str) -> str:
    """Where the browser goes: the Action's URL and query, with the state added by the platform."""
    return with_query(redirect["url"], {**redirect.get("query", {}), "state": state})


def queue_up(ledger: Ledger) -> None:
    """Line up what the running Action asked the user for: factors first, a redirect or form last.

    Raises ApiError when the transaction fails because of it.
    """
    commands = [command for command in ledger.factor_commands if factors.unpassed(ledger, command)]
    queue = [*(Wait("mfa", command) for command in commands), *_way_out(ledger)]
    if len({wait.kind for wait in queue}) > 1:
        ledger.warn(
            "MFA commands and a redirect or form stand in one Action; they belong in separate ones, "
            "the redirect last"
        )
    ledger.waits = _from_first_usable(ledger, queue)
    if ledger.waits and ledger.waits[0].details.get("command") == "enroll":
        factors.warn_of_missing_challenge(ledger)


def came_back(ledger: Ledger, request: dict[str, Any], prompt: dict[str, Any] | None) -> None:
    """The browser is back from a redirect or form; see Transaction.resume."""
    wait = _take(ledger, "redirect", "form")
    ledger.drop("redirect" if wait.kind == "redirect" else "prompt")
    if wait.kind == "redirect":
        _save_metadata(ledger)
    _begin_request(ledger, request)
    if prompt is not None:
        ledger.show("prompt", {"id": wait.details["id"], **prompt})


def factor_passed(ledger: Ledger, kind: str | None) -> None:
    """The user has passed or enrolled a factor; see Transaction.mfa_passed."""
    options = ledger.waits[0].details.get("options", []) if ledger.waits else []
    fitting = [factor for factor in options if kind is None or factors.kind_of(factor) == _spelled(kind)]
    if options and not fitting:
        offered = ", ".join(factors.kind_of(factor) for factor in options)
        raise UserError(f"the flow does not ask for the factor '{kind}'; it asks for {offered}")
    command = _take(ledger, "mfa").details
    factors.passed(ledger, command, fitting[0])
    _begin_request(ledger, {})
    try:
        ledger.waits = _from_first_usable(ledger, ledger.waits)
    except ApiError as error:
        _refuse(ledger, error.message)


def factor_failed(ledger: Ledger) -> None:
    """The user did not pass; see Transaction.mfa_failed."""
    kind = _take(ledger, "mfa").details["command"]
    what = "challenge" if kind == "challenge" else "enrollment"
    _refuse(ledger, f"the multi-factor {what} was not passed")


def _way_out(ledger: Ledger) -> list[Wait]:
    """The redirect or form of the running Action; it has one at most."""
    state = continuation_state(ledger.given)
    if "redirect.sendUserTo" in ledger.called:
        return [Wait("redirect", {"url": redirect_url(ledger.at("redirect"), state), "state": state})]
    if "prompt.render" in ledger.called:
        return [Wait("form", {**ledger.at("prompt"), "state": state})]
    return []


def _from_first_usable(ledger: Ledger, queue: list[Wait]) -> list[Wait]:
    """The queue from the first command on that is not skipped, with the factors that can be used.

    Raises ApiError when that command cannot be carried out: then the transaction fails.
    """
    for at, wait in enumerate(queue):
        if wait.kind != "mfa":
            return queue[at:]
        options = factors.usable(ledger, wait.details)
        if options:
            _count(ledger)
            return [Wait("mfa", {**wait.details, "options": options}), *queue[at + 1 :]]
    return []


def _count(ledger: Ledger) -> None:
    """One more command that is carried out; what is skipped does not count.

    Source: the rules of authentication.challengeWith, "At most four"; limits.yaml: mfa.commands_per_flow.
    """
    most = loader.limit("mfa.commands_per_flow")
    if ledger.factors_asked == most:
        raise ApiError(
            f"a flow may ask for at most {most} challenges and enrollments "
            "(api.authentication.challengeWith and the like), those that are skipped not counted; "
            "this one asks for more",
            methods=factors.COMMANDS,
        )
    ledger.factors_asked += 1


def _begin_request(ledger: Ledger, request: dict[str, Any]) -> None:
    """After a suspension `event.request` is another one: the query and body of the first are gone."""
    before = ledger.in_event("request")
    kept = before if isinstance(before, dict) else {}
    ledger.show("request", {**kept, "query": {}, "body": {}, **request})


def _take(ledger: Ledger, *kinds: str) -> Wait:
    """The first wait, done with. Raises UserError when the flow waits for something else."""
    if not ledger.waits or ledger.waits[0].kind not in kinds:
        waits = f"waits for {ledger.waits[0].kind}" if ledger.waits else "waits for nothing"
        raise UserError(f"the flow {waits}, so an answer for {' or '.join(kinds)} does not fit")
    wait, *ledger.waits = ledger.waits
    return wait


def _refuse(ledger: Ledger, reason: str) -> None:
    ledger.waits = []
    ledger.stopped = True
    ledger.put("access.denied", {"reason": reason})


def _save_metadata(ledger: Ledger) -> None:
    """Pending changes are saved before the browser leaves: no later call can drop them any more."""
    for field in METADATA:
        pending = ledger.at(f"user.{field}")
        if pending is not None:
            ledger.saved[field] = dict(pending)


def _spelled(kind: str) -> str:
    return factors.kind_of({"type": kind})
