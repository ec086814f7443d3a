"""Every api method of every trigger, against its entry in the contract.

What the methods refuse is in tests/runtime/method_table, through real hosts.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from actionsmith.runtime.semantics import UNDEFINED, ApiError, asks, families, has_effect, plain_arguments
from actionsmith.runtime.semantics.calls import MEANINGS
from actionsmith.triggers import loader
from actionsmith.triggers.model import Method, Param

VALUES: dict[str, Any] = {
    "string": "text",
    "number": 1_768_900_000_000,
    "boolean": True,
    "any JSON value": {"a": [1, None]},
    "any JSON value | null": {"a": [1, None]},
    "string | null": "text",
    "string | number | boolean | null": 12,
    "string | number | boolean | array<string | number | boolean> | null": ["a", 1, True],
    "array<string>": ["one"],
    "array<FactorSelector>": [{"type": "otp"}],
    "array<EnrollmentFactorSelector>": [{"type": "otp"}],
    "map<string, any>": {"a": 1},
    "map<string, string>": {"a": "b"},
    "FactorSelector": {"type": "otp"},
    "EnrollmentFactorSelector": {"type": "otp"},
    "DuoProviderOptions": {"host": "h", "ikey": "i", "skey": "s"},
    "SetUserByConnectionAttributes": {"user_id": "u"},
    "Actor": {"sub": "someone"},
}
# Valid arguments that the type alone does not tell.
FITTING = {
    "url": "https://example.com/page",
    "provider_url": "https://example.com/passkey",
    "params.take": 10,
    "params.from": "0",
    "options.expiresInSeconds": 60,
    "options.ttl": 60_000,
    "options.expires_at": 1_768_896_060_000,
}
# Removing a scope the default event does not have changes nothing.
NOTHING_TO_REMOVE = ("accessToken.removeScope", "transaction.removeTargetScope")
IN_BOTH_FILES = [
    ("cache.key_size", "post-login", "cache.set", "key"),
    ("cache.value_size", "post-login", "cache.set", "value"),
    ("scope.length", "post-login", "accessToken.addScope", "scope"),
    ("set_primary_user.id_length", "post-login", "authentication.setPrimaryUser", "primary_user_id"),
    ("validation_error.length", "post-login", "validation.error", "errorCode"),
    ("prompt.id_length", "post-login", "prompt.render", "promptId"),
    ("refresh_token.revoke_reason", "post-login", "refreshToken.revoke", "reason"),
    ("session_metadata.length", "post-login", "session.setMetadata", "value"),
    ("transaction_metadata.key_length", "post-login", "transaction.setMetadata", "key"),
    ("saml.attribute_name", "post-login", "samlResponse.setAttribute", "attribute"),
    ("saml.attribute_value", "post-login", "samlResponse.setAttribute", "value"),
    ("saml.audience", "post-login", "samlResponse.setAudience", "audience"),
    ("saml.recipient", "post-login", "samlResponse.setRecipient", "recipient"),
    ("saml.destination", "post-login", "samlResponse.setDestination", "destination"),
    ("saml.signingCert", "post-login", "samlResponse.setSigningCert", "signingCert"),
    ("saml.cert", "post-login", "samlResponse.setCert", "cert"),
    ("saml.key", "post-login", "samlResponse.setKey", "key"),
    ("saml.issuer", "post-login", "samlResponse.setIssuer", "issuer"),
    (
        "saml.nameIdentifierProbes",
        "post-login",
        "samlResponse.setNameIdentifierProbes",
        "nameIdentifierProbes",
    ),
    ("roles.ids", "post-login", "roles.getUserEffectiveRolesByIds", "ids"),
    ("roles.names", "post-login", "roles.getUserEffectiveRolesByNames", "names"),
    ("cte.deny_code", "custom-token-exchange", "access.deny", "code"),
    ("cte.deny_reason", "custom-token-exchange", "access.deny", "reason"),
    ("cte.reject_reason", "custom-token-exchange", "access.rejectInvalidSubjectToken", "reason"),
    ("cte.user_id", "custom-token-exchange", "authentication.setUserById", "user_id"),
    (
        "cte.organization",
        "custom-token-exchange",
        "authentication.setOrganization",
        "organization_id_or_name",
    ),
    (
        "cte.attributes",
        "custom-token-exchange",
        "authentication.setUserByConnection",
        "user_attributes",
    ),
    ("notification.reason_length", "custom-email-provider", "notification.drop", "reason"),
]
EVERY_METHOD = [
    pytest.param(trigger_id, method, id=f"{trigger_id}:{method.path}")
    for trigger_id in loader.trigger_ids()
    for method in loader.trigger(trigger_id).api
    if method.path != "api.redirect.validateToken"  # needs a token: test_redirect_and_prompt.py
]


def arguments(method: Method, *, optional: bool = True) -> list[Any]:
    """Arguments that fit, in order; with the optional ones or without."""
    bound: dict[str, Any] = {}
    for param in method.params:
        if param.optional and not optional:
            continue
        root, *way = param.name.split(".")
        if not way:
            bound[root] = fitting(param)
            continue
        target = bound.setdefault(root, {})
        for part in way[:-1]:
            target = target.setdefault(part, {})
        target[way[-1]] = fitting(param)
    return list(bound.values())


def fitting(param: Param) -> Any:
    if param.enum:
        return param.enum[0]
    value = FITTING.get(param.name, VALUES[param.type])
    return dict(value) if isinstance(value, dict) else value


def top_parameters(trigger_id: str) -> list[tuple[Method, int, Param]]:
    """Every positional parameter of the trigger's methods with its position; no members of options."""
    return [
        (method, at, param)
        for method in loader.trigger(trigger_id).api
        for at, param in enumerate(param for param in method.params if "." not in param.name)
    ]


def path_of(method: Method) -> str:
    return method.path.removeprefix("api.")


def prepared(begin: Any, trigger_id: str, method: Method) -> Any:
    """A started Action in which the method has something to work on."""
    path, event = path_of(method), json.loads(loader.default_event_text(trigger_id))
    if path.startswith("authentication.enroll"):
        event["user"]["enrolledFactors"] = []
    transaction = begin(trigger_id, event, handler=method.only_in[0] if method.only_in else None)
    if path == "cache.delete":
        transaction.cache.load({"text": {"value": "x", "expires_at": 2e12}})
        transaction = begin(trigger_id, cache=transaction.cache)
    if path.endswith(("deleteMetadata", "evictMetadata")):
        transaction.call(f"{path.partition('.')[0]}.setMetadata", ["text", "x"])
    return transaction


@pytest.mark.parametrize(("trigger_id", "method"), EVERY_METHOD)
def test_fitting_arguments_do_what_the_contract_says(begin: Any, trigger_id: str, method: Method) -> None:
    path = path_of(method)
    for optional in (True, False):
        transaction = prepared(begin, trigger_id, method)
        before = transaction.outcome
        answer = transaction.call(path, arguments(method, optional=optional))
        transaction.commit()
        if path != "cache.get":
            assert answer.gives == (
                "api" if method.chain else "undefined" if method.returns == "void" else "value"
            )
        assert has_effect(path) == (not method.effect.startswith("none"))
        unchanged = not has_effect(path) or path in NOTHING_TO_REMOVE
        assert (transaction.outcome == before) == unchanged
        assert not any("not simulated" in warning for warning in transaction.warnings)
        assert transaction.status == {"": "completed", "stop": "denied", "suspend": "suspended"}[method.flow]
        assert (transaction.waiting is not None) == (method.flow == "suspend")


@pytest.mark.parametrize("trigger_id", loader.trigger_ids())
def test_text_beyond_its_limit_is_refused(begin: Any, trigger_id: str) -> None:
    for method, at, param in top_parameters(trigger_id):
        numbers = re.search(r"(?:to|at most) (\d+) (?:characters|bytes)", param.limits)
        if param.type not in ("string", "string | null") or numbers is None:
            continue
        args = arguments(method)
        args[at] = "x" * (int(numbers[1]) + 1)
        transaction = prepared(begin, trigger_id, method)
        if path_of(method).startswith("cache."):
            assert transaction.call(path_of(method), args).value["type"] == "error"
            continue
        with pytest.raises(ApiError, match=f"{param.name} may have at most"):
            transaction.call(path_of(method), args)
        args[at] = "x" * int(numbers[1])
        transaction.call(path_of(method), args)


@pytest.mark.parametrize(("limit_id", "trigger_id", "path", "name"), IN_BOTH_FILES)
def test_limits_written_in_two_files_agree(limit_id: str, trigger_id: str, path: str, name: str) -> None:
    (method,) = (method for method in loader.trigger(trigger_id).api if method.path == f"api.{path}")
    (param,) = (param for param in method.params if param.name == name)
    assert re.search(rf"\b{loader.limit(limit_id)} (?:characters|entries|bytes|members)", param.limits)


@pytest.mark.parametrize("trigger_id", loader.trigger_ids())
def test_unadvertised_methods_work(begin: Any, trigger_id: str) -> None:
    args = {"transaction.setTargetScopes": [["a"]], "transaction.clearTargetScopes": []}
    for method in loader.trigger(trigger_id).api_unreferenced:
        transaction = begin(trigger_id)
        given = args.get(path_of(method), ["text", "text"][: method.signature.count(",") + 1])
        transaction.call(path_of(method), given)
        transaction.commit()
        assert not any("not simulated" in warning for warning in transaction.warnings)


@pytest.mark.parametrize("trigger_id", loader.trigger_ids())
def test_plain_arguments_never_make_a_call_fail(begin: Any, trigger_id: str) -> None:
    trigger = loader.trigger(trigger_id)
    for path, patterns in plain_arguments(trigger).items():
        assert path in asks(trigger)
        for text in ("any", "scope", "email", "a.b", "server_error", "", "x\ny", "é$"):
            args = [text if pattern is not None else {"a": 1} for pattern in patterns]
            fits = all(pattern is None or re.fullmatch(pattern, text) for pattern in patterns)
            if fits:
                transaction = begin(trigger_id)
                assert transaction.call(path, args).value is None
                transaction.commit()
            else:
                with pytest.raises(ApiError):
                    begin(trigger_id).call(path, args)


def test_every_function_of_a_family_is_found_by_its_path() -> None:
    for file in Path(families.__file__).parent.glob("[!_]*.py"):
        import_module(f"{families.__name__}.{file.stem}")
    for path, meaning in MEANINGS.items():
        assert meaning.effect.__module__.rpartition(".")[2] in families.families_of(path), path


def test_a_method_the_trigger_does_not_have() -> None:
    from actionsmith.runtime.semantics.signature import find_method

    with pytest.raises(ApiError, match=r"api\.access\.denny does not exist in post-login; did you mean"):
        find_method("post-login", "access.denny")


def test_undefined_counts_as_not_given(begin: Any) -> None:
    transaction = begin()
    transaction.call("redirect.sendUserTo", ["https://example.com/x", UNDEFINED])
    assert transaction.outcome == {"redirect": {"url": "https://example.com/x"}}
    with pytest.raises(ApiError, match=r"api\.access\.deny: reason is missing; it must be a string"):
        transaction.call("access.deny", [UNDEFINED])


def test_null_counts_as_not_given_where_optional(begin: Any) -> None:
    transaction = begin()
    transaction.call("multifactor.enable", ["any", None])
    assert transaction.outcome == {"multifactor": {"provider": "any"}}


def test_members_that_mean_nothing_and_surplus_arguments_are_noted(begin: Any) -> None:
    transaction = begin()
    transaction.call("redirect.sendUserTo", ["https://example.com/x", {"qurey": {}}])
    transaction.call("access.deny", ["code", "reason"])
    assert transaction.warnings == [
        "api.redirect.sendUserTo: options has a member 'qurey' that means nothing; did you mean 'query'?",
        "api.access.deny takes one argument; the others were ignored",
    ]
    assert transaction.outcome["access"] == {"denied": {"reason": "code"}}


@pytest.mark.parametrize(
    ("path", "args", "event", "warning"),
    [
        ("multifactor.enable", ["any"], {"protocol": "oauth2-token-exchange"}, "has no MFA"),
        ("samlResponse.setKey", ["PEM"], {"protocol": "samlp"}, "without api.samlResponse.setCert"),
        ("accessToken.setCustomClaim", ["email", "x"], {}, "asks for no API"),
        ("user.setUserMetadata", ["k", "x" * 12_000], {}, "the user's profile takes"),
        ("transaction.addTargetScope", ["more"], {"target_scopes": ["a"]}, "are outside the client grant"),
    ],
)
def test_what_an_action_ends_with_does_not_depend_on_what_ran_before(
    path: str, args: list[Any], event: dict[str, Any], warning: str
) -> None:
    """In a process of its own: families are loaded when they are first called."""
    given = {"transaction": event, "organization": {"id": "org_1"}, "user": {"user_id": "u"}}
    code = (
        "from actionsmith.runtime.semantics import Transaction; from actionsmith.triggers import loader\n"
        f"transaction = Transaction(loader.trigger('post-login'), {given!r}, now_ms=lambda: 0)\n"
        f"transaction.start('onExecutePostLogin'); transaction.call({path!r}, {args!r})\n"
        "transaction.commit(); print(transaction.warnings)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert warning in ended.stdout
