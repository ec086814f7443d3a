"""Which call the caret is in; `|` marks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith.language.call import call_at
from actionsmith.language.contract_signature import contract_signature
from actionsmith.language.service import Code


def place(marked: str) -> tuple[str, int, int]:
    before, _, after = marked.partition("|")
    lines = before.split("\n")
    return before + after, len(lines) - 1, len(lines[-1])


@pytest.mark.parametrize(
    ("marked", "language", "expected"),
    [
        ("api.access.deny(|)", "javascript", ("api.access.deny", 0, "")),
        ("api.access.deny('a, b', |)", "javascript", ("api.access.deny", 1, "")),
        ("f(g(1, 2), [1, 2], {a: 1, b: |})", "javascript", ("f", 2, "")),
        ("f(\n  1,\n  // a, b\n  |\n)", "javascript", ("f", 1, "")),
        ("f(1, 2)|", "javascript", None),
        ("if (|", "javascript", None),
        ("function f(a, |", "javascript", None),
        ("list.map((x) => { |", "javascript", None),
        ("f(1) // g(|", "javascript", None),
        ("f(`${g(1, |", "javascript", ("f", 0, "")),
        ("api.redirect.send_user_to(url, query=|", "python", ("api.redirect.send_user_to", 1, "query")),
        ("f(a, b == |", "python", ("f", 1, "")),
        ("def f(a, |", "python", None),
        ("f(1,  # g(\n  |", "python", ("f", 1, "")),
        ('f("""a, (\n""", |', "python", ("f", 1, "")),
    ],
)
def test_the_innermost_call_and_its_argument(
    marked: str, language: str, expected: tuple[str, int, str] | None
) -> None:
    assert call_at(*place(marked), language) == expected


@pytest.mark.parametrize(
    ("marked", "language", "active"),
    [
        ("api.idToken.setCustomClaim('a', |", "javascript", "value"),
        ("api.id_token.set_custom_claim('a', |", "python", "value"),
        ("api.cache.set('a', 'b', {|", "javascript", "options"),
        ("api.cache.set('a', 'b', ttl=|", "python", "ttl: "),
        ("api.access.deny('a', 'b', |", "javascript", None),
    ],
)
def test_the_contract_names_the_parameter_that_is_written(
    marked: str, language: str, active: str | None
) -> None:
    text, row, column = place(marked)
    found = contract_signature(Code(text, "post-login", language), row, column)
    assert found is not None
    if active is None:
        assert found.active == -1
    else:
        assert found.parameters[found.active].label.startswith(active)
        assert found.parameters[found.active].documentation
    assert all(parameter.label in found.label for parameter in found.parameters)


def test_other_calls_have_no_signature_in_the_contract() -> None:
    text, row, column = place("console.log(|")
    assert contract_signature(Code(text, "post-login", "javascript"), row, column) is None


@settings(max_examples=60, deadline=None)
@given(st.text("abf.(){}[],'\"`\\\n#/ =", max_size=60), st.data())
def test_any_text_has_an_answer(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    row = data.draw(st.integers(0, len(lines) - 1))
    for language in ("javascript", "python"):
        call_at(text, row, data.draw(st.integers(0, len(lines[row]))), language)
