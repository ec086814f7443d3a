"""A flow that waits for its user: kept as data, and gone on with when an answer is there.

Source of the rules: semantics.md, "Redirect", "Forms" and "MFA". What a suspension means for the effects
is in `semantics`; here is how it is kept and what an answer has to look like.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from actionsmith.errors import UserError
from actionsmith.runtime.execution import Answer, Execution, RunRequest, Suspended, WaitsFor
from actionsmith.runtime.masking import Masker
from actionsmith.runtime.semantics import Transaction
from actionsmith.triggers import event_text, loader

FORMAT = 2
"""Of the resume file; another number means that another version of the program wrote it."""

_MS_PER_HOUR = 3_600_000
_MEMBERS = {"redirect": ("query", "body"), "form": ("fields", "query", "body"), "mfa": ("factor", "passed")}
"""What an answer may hold, by what is waited for."""

_RETURNS = {"redirect": "the site", "form": "the form"}
"""Who has the browser meanwhile, where the flow waits for it to come back."""

_ONLY_ANSWER = "only its member 'answer' is meant to change"
_AGAIN = "run the flow again to have a new one"
_WORDS = {
    "redirect": "the user to come back from a redirect",
    "form": "the answers of a form",
    "mfa": "multi-factor authentication",
}


def waits_for(transaction: Transaction, action: str, position: int) -> WaitsFor:
    """What a transaction with status `suspended` waits for."""
    assert transaction.waiting is not None
    return WaitsFor(
        kind=transaction.waiting, action=action, position=position, details=transaction.waiting_details
    )


def suspended(
    waiting: WaitsFor,
    transaction: Transaction,
    steps: Sequence[RunRequest],
    event: dict[str, Any],
    executions: Sequence[Execution],
    *,
    keep_cache: bool,
) -> Suspended:
    """The flow as it can be kept: everything its resumption needs but code, secrets and packages."""
    world = steps[0]
    moment = datetime.now(UTC) if world.now_ms is None else datetime.fromtimestamp(world.now_ms / 1000, UTC)
    masker = Masker.joined(Masker(step.secrets, step.plain) for step in steps)
    kept = Suspended(
        format=FORMAT,
        trigger=transaction.trigger.id,
        waits_for=waiting,
        answer=template(waiting),
        order=[step.source.name for step in steps],
        ids=[step.source.id for step in steps],
        versions=[step.source.version for step in steps],
        actions=[_masked(execution, masker) for execution in executions],
        event=event,
        carried=transaction.carry(),
        cache=dict(transaction.cache.dump()) if keep_cache else None,
        now_ms=world.now_ms,
        seed=world.seed,
        stubs=world.stubs,
        stubs_name=world.stubs_name,
        created_at=moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    )
    return msgspec.structs.replace(kept, seal=_seal(kept))


def template(waiting: WaitsFor) -> Answer:
    """The answer to start from: the right state, the form as it was shown, the first factor passed."""
    details = waiting.details
    match waiting.kind:
        case "redirect":
            return Answer(query={"state": details["state"]})
        case "form":
            return Answer(query={"state": details["state"]}, fields=dict(details.get("fields") or {}))
        case "mfa":
            return Answer(factor=factor_types(waiting)[0])


def factor_types(waiting: WaitsFor) -> list[str]:
    """The factors the user may choose from, the one that is shown first at the front."""
    types = [str(factor.get("type")) for factor in waiting.details.get("options", [])]
    first = (waiting.details.get("default") or {}).get("type")
    return sorted(types, key=lambda kind: kind != first)


def check(waiting: WaitsFor, answer: Answer) -> None:
    """Raises UserError when an answer does not fit what is waited for."""
    given = msgspec.structs.asdict(answer)
    nothing = msgspec.structs.asdict(Answer())
    wrong = [name for name in given if given[name] != nothing[name] and name not in _MEMBERS[waiting.kind]]
    if wrong:
        raise UserError(
            f"the flow waits for {_WORDS[waiting.kind]}, so the answer cannot have {' and '.join(wrong)}; "
            f"it may have {', '.join(_MEMBERS[waiting.kind])}"
        )
    if waiting.kind in _RETURNS:
        _check_state(waiting, answer)
    offered = factor_types(waiting) if waiting.kind == "mfa" else []
    if answer.factor is not None and answer.factor not in offered:
        raise UserError(
            f"the flow does not ask for the factor '{answer.factor}'; it asks for {' or '.join(offered)}"
        )


def words(waiting: WaitsFor) -> str:
    """What is waited for, as part of a sentence."""
    return _WORDS[waiting.kind]


def give(transaction: Transaction, waiting: WaitsFor, answer: Answer) -> None:
    """Hand a checked answer to the transaction that waits for it. Raises UserError when it does not fit."""
    match waiting.kind:
        case "mfa" if answer.passed:
            transaction.mfa_passed(answer.factor)
        case "mfa":
            transaction.mfa_failed()
        case "redirect":
            method = "POST" if answer.body else "GET"
            transaction.resume({"method": method, "query": answer.query, "body": answer.body})
        case "form":
            prompt = {"fields": answer.fields, "vars": waiting.details.get("vars") or {}}
            transaction.resume({"method": "POST", "query": answer.query, "body": answer.body}, prompt)


def overdue(kept: Suspended, now_ms: float) -> str | None:
    """A sentence when the flow has waited longer than the platform lets it.

    Source: limits.yaml, flow.suspended_lifetime.
    """
    most = loader.limit("flow.suspended_lifetime")
    waited = (now_ms - datetime.fromisoformat(kept.created_at).timestamp() * 1000) / _MS_PER_HOUR
    if waited <= most:
        return None
    return (
        f"this flow has waited for {waited:,.1f} hours; the platform forgets a login after {most} "
        f"hour{'' if most == 1 else 's'}"
    )


def decode(text: str, name: str) -> Suspended:
    """A resume file, or what `flow run --json` printed. `name` is what messages call it.

    Raises UserError for anything else.
    """
    try:
        given = event_text.decode(text)
    except event_text.NotJson as error:
        place = f"line {error.line}, column {error.column}"
        raise UserError(
            f"{name} is no resume file: {place}: {event_text.not_json(error)}; {_AGAIN}"
        ) from error
    if isinstance(given, dict) and isinstance(given.get("suspended"), dict):
        given = given["suspended"]
    if not isinstance(given, dict) or not {"format", "carried"} <= given.keys():
        raise UserError(
            f"{name} is no resume file, which is what 'actionsmith flow run' writes when a flow is suspended"
        )
    if given["format"] != FORMAT:
        raise UserError(
            f"{name} was written by another version of Actionsmith (format {given['format']}, this one knows "
            f"{FORMAT}); {_AGAIN}"
        )
    try:
        kept = msgspec.convert(given, Suspended)
    except msgspec.ValidationError as error:
        raise UserError(f"{name} cannot be used: {error}; {_ONLY_ANSWER}") from error
    if kept.seal != _seal(kept):
        raise UserError(f"{name} was changed in another place than its answer; {_ONLY_ANSWER}")
    return kept


def _seal(kept: Suspended) -> str:
    """A digest of everything but the answer. Tools that rewrite JSON may turn 1.0 into 1."""
    plain = msgspec.to_builtins(msgspec.structs.replace(kept, answer=Answer(), seal=""))
    data = json.dumps(_with_whole_numbers(plain), sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()[:32]


def _with_whole_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_whole_numbers(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_whole_numbers(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _check_state(waiting: WaitsFor, answer: Answer) -> None:
    """Who has the browser has to give back the state; of query and body the body counts.

    Source: semantics.md, "Redirect", and "Forms", which suspend like one.
    """
    state = waiting.details["state"]
    given = answer.body.get("state", answer.query.get("state"))
    if given is None:
        raise UserError(
            f"the answer has no 'state'; {_RETURNS[waiting.kind]} must give it back ({state}), else the "
            "platform answers invalid_request and the login goes on waiting"
        )
    if given != state:
        raise UserError(
            f"the state '{given}' is not the one of this flow ({state}); the platform answers "
            "invalid_request and the login goes on waiting"
        )


def _masked(execution: Execution, masker: Masker) -> Execution:
    return msgspec.convert(masker.data(msgspec.to_builtins(execution)), Execution)
