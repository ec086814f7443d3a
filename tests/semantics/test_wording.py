"""Errors and warnings in the names of the Action's language."""

from __future__ import annotations

from typing import Any

import pytest

from actionsmith.runtime.semantics import ApiError, Transaction
from actionsmith.runtime.semantics.wording import worded
from actionsmith.triggers import loader
from actionsmith.triggers.naming import python_path, snake


@pytest.fixture
def python(begin: Any) -> Transaction:
    transaction: Transaction = begin()
    transaction.start("onExecutePostLogin", "python")
    return transaction


@pytest.mark.parametrize(
    ("path", "args", "message"),
    [
        ("idToken.setCustomClaim", [1, 1], "api.id_token.set_custom_claim: key must be a string, not a number"),
        ("validation.error", ["x"], "api.validation.error: error_message is missing; it must be a string"),
        ("redirect.encodeToken", [{"payload": {}}], "api.redirect.encode_token: options.secret is missing"),
        ("authentication.challengeWith", [{"type": "otp"}, {"additionalFactors": [{}]}], "options.additionalFactors[0].type"),
        ("prompt.render", ["ap_1", {"fields": 5}], "prompt_options.fields must be an object"),
        ("authentication.recordMethod", ["x"], "in on_continue_post_login, not in on_execute_post_login"),
        ("user.setUserMetadata", ["setUserMetadata.x", 1], "set_user_metadata: key must not contain '.': 'setUserMetadata.x'"),
        ("redirect.validateToken", [{"secret": "s"}], "it is expected in event.request.body"),
    ],
)  # fmt: skip
def test_an_error_in_python(python: Transaction, path: str, args: list[Any], message: str) -> None:
    with pytest.raises(ApiError) as caught:
        python.call(path, args)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("path", "args", "message"),
    [
        ("redirect.encodeToken", [{"payload": {}}], "api.redirect.encode_token: secret is missing"),
        ("authentication.challengeWith", [{"type": "otp"}, {"additionalFactors": [{}]}], "additional_factors[0].type"),
        ("prompt.render", ["ap_1", {"fields": 5}], "api.prompt.render: fields must be an object"),
        ("multifactor.enable", ["any", "x"], "api.multifactor.enable: options must be an object, not a string"),
    ],
)  # fmt: skip
def test_members_that_were_keywords(python: Transaction, path: str, args: list[Any], message: str) -> None:
    with pytest.raises(ApiError) as caught:
        python.call(path, args, keywords=True)
    assert message in caught.value.message


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_a_member_by_nearly_its_name_is_named(begin: Any, language: str) -> None:
    exchange = begin("custom-token-exchange")
    exchange.start("onExecuteCustomTokenExchange", language)
    options = {"creation_behavior": "none", "updateBehavior": "none"}
    with pytest.raises(ApiError) as caught:
        exchange.call("authentication.setUserByConnection", ["c", {"user_id": "u"}, options])
    assert caught.value.message.endswith(
        ": options.creationBehavior is missing; it must be 'create_if_not_exists' or 'none'; "
        "'creation_behavior' is to be called 'creationBehavior'"
    )
    with pytest.raises(ApiError, match=r": actor\.act\.role must be a string, a number or true or false$"):
        exchange.call("authentication.setActor", [{"sub": "x", "act": {"sub": "y", "role": None}}])


def test_a_warning_in_the_language_of_the_action_that_reads_it(python: Transaction) -> None:
    python.call("idToken.setCustomClaim", ["roles", 1])
    assert python.warnings[0].startswith("api.id_token.set_custom_claim: the claim 'roles' was left out")
    carried = Transaction(python.trigger, {}, now_ms=lambda: 0.0, carried=python.carry())
    assert carried.warnings[0].startswith("api.idToken.setCustomClaim: ")


def test_an_error_at_the_end_in_python(python: Transaction) -> None:
    python.call("idToken.setCustomClaim", ["https://a.example/b", "x" * 102_400])
    with pytest.raises(ApiError, match=r"^api\.id_token\.set_custom_claim: the custom claims of a token"):
        python.commit()


def test_every_method_and_handler_has_its_python_name() -> None:
    for trigger_id in loader.trigger_ids():
        trigger = loader.trigger(trigger_id)
        for method in (*trigger.api, *trigger.api_unreferenced):
            assert worded(f"{method.path}: no.", "python") == f"{python_path(method.path)}: no."
            assert worded(method.path, "javascript") == method.path
        for handler in trigger.handlers:
            assert worded(f"not in {handler}", "python") == f"not in {snake(handler)}"


@pytest.mark.parametrize(
    "text", ["event.user.enrolledFactors", "'idToken'", "the user's event.session.cookie.mode"]
)
def test_what_stays_as_it_is(text: str) -> None:
    assert worded(text, "python") == text
