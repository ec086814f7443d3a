"""Answers to flows that wait, with the session token of a site, signed with what the tenant holds."""

from __future__ import annotations

import time
from typing import Any

import msgspec

from actionsmith.errors import UserError, did_you_mean
from actionsmith.runtime import site_token
from actionsmith.runtime.execution import Answer, FlowExecution, Suspended
from actionsmith.tenant.tenant import Tenant
from actionsmith.workshop.suspended_actions import name_now


class Signing(msgspec.Struct, frozen=True):
    """A session token that is to be made: its claims, and what it is signed with.

    That is the secret of this name, of the Action that waits, or else `value`.
    """

    claims: dict[str, Any]
    name: str | None = None
    value: str = ""


class Given(msgspec.Struct, frozen=True):
    """The answer, and the session token that goes along with it if there is to be one."""

    answer: Answer
    signing: Signing | None = None


def token_secrets(tenant: Tenant, result: FlowExecution) -> tuple[str, ...] | None:
    """The names of the secrets of the Action that waits, if it waits for a site that sends a session token.

    Those that it has signed its own with come first. Blocks. Raises UserError when they cannot be read.
    """
    kept = result.suspended
    if kept is None or not site_token.is_expected(kept):
        return None
    secrets = _secrets(tenant, kept)
    executions = [execution for execution in result.actions if execution.action == kept.waits_for.action]
    used = [secret for execution in executions for secret in site_token.secrets_used(execution)]
    return tuple(sorted(secrets, key=lambda name: secrets[name] not in used))


def complete(tenant: Tenant, kept: Suspended, given: Given) -> Answer:
    """The answer with its session token, which goes into the body where something comes back in it.

    Blocks. Raises UserError when the secret cannot be read.
    """
    signing, answer = given.signing, given.answer
    if signing is None:
        return answer
    secret = signing.value if signing.name is None else _secret(tenant, kept, signing.name)
    now_ms = time.time() * 1000 if kept.now_ms is None else kept.now_ms
    return site_token.signed(kept, answer, signing.claims, secret, now_ms, in_body=bool(answer.body))


def _secret(tenant: Tenant, kept: Suspended, name: str) -> str:
    secrets = _secrets(tenant, kept)
    if name not in secrets:
        action = kept.waits_for.action
        raise UserError(f"{action} has no secret '{name}' to sign with{did_you_mean(name, secrets)}")
    return secrets[name]


def _secrets(tenant: Tenant, kept: Suspended) -> dict[str, str]:
    """Those of the Action that waits, in the version that ran."""
    position = kept.waits_for.position
    return tenant.reveal_secrets(name_now(tenant, kept, position), kept.versions[position])
