"""Everything the contract offers is proposed where it can be written, in both languages."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith.language.completion import Completion, narrowed
from actionsmith.language.contract_completion import contract_completions, contract_hover
from actionsmith.language.service import Code
from actionsmith.triggers import loader
from actionsmith.triggers.naming import python_path


def proposals(code: str, language: str = "javascript", trigger: str = "post-login") -> list[Completion]:
    lines = code.split("\n")
    action = Code(code, trigger, language, "", ("SMTP_HOST", "SMTP_USER"), ("nodemailer", "a-b"))
    result = contract_completions(action, len(lines) - 1, len(lines[-1]))
    return narrowed(result.items, lines[-1][result.start_column :])


def labels(code: str, language: str = "javascript", trigger: str = "post-login") -> list[str]:
    return [item.label for item in proposals(code, language, trigger)]


@pytest.mark.parametrize("language", ["javascript", "python"])
@pytest.mark.parametrize("trigger", loader.trigger_ids())
def test_every_member_and_every_method_is_proposed(trigger: str, language: str) -> None:
    contract = loader.trigger(trigger)
    for facts in contract.event:
        parent, _, name = facts.path.rpartition(".")
        if "*" in facts.path or not name.isidentifier():
            continue
        shown = labels(f"x = {parent.replace('[]', '[0]')}.", language, trigger)
        assert name in shown or f"{name}_" in shown, facts.path
    for method in contract.api:
        path = python_path(method.path) if language == "python" else method.path
        parent, _, name = path.rpartition(".")
        assert name in labels(f"await {parent}.", language, trigger), path


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("event.us", "user"),
        ("event?.user?.app_", "app_metadata"),
        ("if (!event.", "user"),
        ("f(event.authentication.methods[0].", "timestamp"),
        ("event.authentication?.methods[i].", "timestamp"),
        ("`Hello ${event.user.", "email"),
        ("event.secrets.", "SMTP_HOST"),
        ("event.secrets['", "SMTP_HOST"),
        ("api.acc", "accessToken"),
        ("api.idToken\n    .", "setCustomClaim"),
        ("api.access.deny('x').idToken.", "setCustomClaim"),
        ("require('", "nodemailer"),
        ('require("cr', "crypto"),
        ("import mail from '", "nodemailer"),
        ("api.multifactor.enable('", "guardian"),
        ("ev", "event"),
        ("exports.x = onEx", "onExecutePostLogin"),
    ],
)
def test_javascript(code: str, expected: str) -> None:
    assert expected in labels(code)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import ", "nodemailer"),
        ("import re, ", "a_b"),
        ("from dat", "datetime"),
        ("api.id_token.", "set_custom_claim"),
        ("f'{event.user.", "email"),
        ("event.secrets.SMTP_", "SMTP_USER"),
        ("def on_", "on_execute_post_login"),
    ],
)
def test_python(code: str, expected: str) -> None:
    assert expected in labels(code, "python")


@pytest.mark.parametrize(
    "code", ["'event.", '"api.access.', "x.event.", "foo.", "event..", "", "1.", "spread(...ev"]
)
def test_nothing_is_proposed_in_strings_and_after_other_names(code: str) -> None:
    assert "user" not in labels(code)
    assert "deny" not in labels(code)


def test_a_method_brings_its_brackets_and_says_what_it_does() -> None:
    (deny,) = proposals("api.access.de")
    assert (deny.insert, deny.caret_back, deny.kind) == ("deny()", 1, "method")
    assert deny.detail.startswith("(reason)")
    assert "Refuses the login" in deny.documentation


def test_proposals_in_python_are_names_python_can_parse() -> None:
    for trigger in loader.trigger_ids():
        for item in (*proposals("event.", "python", trigger), *proposals("api.", "python", trigger)):
            ast.parse(f"event.{item.insert}")


def test_hover_knows_the_path_under_the_caret() -> None:
    code = "if (x) { api.access.deny('no'); }"
    action = Code(code, "post-login", "javascript")
    found = contract_hover(action, 0, code.index("den") + 1)
    assert found is not None and "Refuses the login" in found.documentation
    assert found.signature.startswith("api.access.deny(")
    assert contract_hover(action, 0, 1) is None


def test_the_best_match_is_first() -> None:
    items = [
        Completion(label, label, "property") for label in ("my_User", "User", "user", "unused_attr", "x")
    ]
    assert [item.label for item in narrowed(items, "user")] == ["user", "User", "my_User", "unused_attr"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["event", "api", ".", "?.", "(", ")", "[", "]", "'", '"', "`", "${", "\n", " ", ",", "é", "===", "0"]),
        max_size=25,
    ),
    st.sampled_from(["javascript", "python"]),
)  # fmt: skip
def test_any_text_is_answered(pieces: list[str], language: str) -> None:
    proposals("".join(pieces), language)
