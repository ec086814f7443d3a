"""Completion in the JSON of an event."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith.language.completion import CompletionResult
from actionsmith.language.event_json import complete_event


def complete(text: str) -> CompletionResult:
    """Proposals at the `|` in `text`."""
    before, _, after = text.partition("|")
    lines = before.split("\n")
    return complete_event("post-login", before + after, len(lines) - 1, len(lines[-1]))


def finished(text: str, label: str) -> str:
    """The text after the proposal `label` was taken at the `|`."""
    before, _, after = text.partition("|")
    result = complete(text)
    item = next(item for item in result.items if item.label == label)
    line_start = before.rfind("\n") + 1
    return before[: line_start + result.start_column] + item.insert + after[result.replaces_after :]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ('{"us|', "user", '{"user": {}'),
        ('{"us|"}', "user", '{"user": {}}'),
        ('{"user": {"em|ail": 1}}', "email", '{"user": {"email": 1}}'),
        ('{\n  "user": {"name": "x", |}}', "email", '{\n  "user": {"name": "x", "email": ""}}'),
        ('{"user": {"email_verified": |}}', "true", '{"user": {"email_verified": true}}'),
        (
            '{"authentication": {"methods": [{}, {"name": "|"}]}}',
            "mfa",
            '{"authentication": {"methods": [{}, {"name": "mfa"}]}}',
        ),
    ],
)
def test_a_proposal_fits_into_the_text(text: str, label: str, expected: str) -> None:
    assert finished(text, label) == expected


def test_a_member_that_is_there_is_not_proposed_again() -> None:
    labels = [item.label for item in complete('{"user": {"email": "x", "|').items]
    assert "email" not in labels
    assert "email_verified" in labels


@pytest.mark.parametrize("text", ["|", "12|", '{"nothing": {"|', "]}|", '{"user": {"email": "|"}}'])
def test_where_the_contract_knows_nothing_there_is_nothing(text: str) -> None:
    assert complete(text).items == ()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(['"', "{", "}", "[", "]", ":", ",", "user", "\\", "\n", " ", "1", "|"]), max_size=20
    )
)
def test_any_text_is_answered(pieces: list[str]) -> None:
    complete("".join(pieces))
