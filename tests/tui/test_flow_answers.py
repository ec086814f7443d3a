"""What a suspended flow waits for in words, and how its answers are read."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.errors import UserError
from actionsmith.runtime.execution import Answer, WaitKind, WaitsFor
from actionsmith.tui.flow.answers import read_parameters
from actionsmith.tui.flow.waiting import answer_text, factors, waiting_text

NAME = st.text("abz_-.[ü ", min_size=1, max_size=6)


def waits(kind: WaitKind, **details: Any) -> WaitsFor:
    return WaitsFor(kind=kind, action="A", position=0, details=details)


REDIRECT = waits("redirect", url="https://example.com/a/b?state=1#x", state="1")
CHALLENGE = waits(
    "mfa", command="challenge", default={"type": "push"}, options=[{"type": "otp"}, {"type": "push"}]
)
ENROLLMENT = waits("mfa", command="enroll", default=None, options=[{"type": "otp"}])


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (REDIRECT, "waits for the redirect to https://example.com/a/b"),
        (waits("form", id="ap_1"), "waits for the form ap_1"),
        (CHALLENGE, "waits for MFA: push, otp"),
        (ENROLLMENT, "waits for an enrollment: otp"),
    ],
)
def test_what_is_waited_for_is_said_in_a_few_words(what: WaitsFor, said: str) -> None:
    assert waiting_text(what) == said


def test_the_preferred_factor_comes_first_and_none_twice() -> None:
    assert factors(CHALLENGE) == ("push", "otp")


@pytest.mark.parametrize(
    ("what", "answer", "said"),
    [
        (REDIRECT, Answer(), "came back from the redirect"),
        (waits("form", id="ap_1"), Answer(), "the form was filled in"),
        (CHALLENGE, Answer(factor="otp"), "passed MFA with otp"),
        (CHALLENGE, Answer(passed=False), "did not pass MFA"),
        (ENROLLMENT, Answer(factor="otp"), "passed enrollment with otp"),
    ],
)
def test_what_was_answered_is_said_in_a_few_words(what: WaitsFor, answer: Answer, said: str) -> None:
    assert answer_text(what, answer) == said


@given(st.dictionaries(NAME, NAME), st.sampled_from(["", "?", "https://shop.example.com/continue?"]))
def test_a_pasted_query_is_read_however_it_was_cut_out(query: dict[str, str], before: str) -> None:
    if query or not before:
        assert read_parameters(f" {before}{urlencode(query)}\n") == query


@given(st.dictionaries(NAME, st.none() | st.integers() | NAME | st.lists(NAME, max_size=2), max_size=4))
def test_json_is_read_as_it_is(value: dict[str, Any]) -> None:
    assert read_parameters(msgspec.json.encode(value).decode()) == value


@pytest.mark.parametrize("text", ["{", "[1]", '"a=b"', "words", "{'a': 1}", "3"])
def test_what_is_neither_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(UserError, match="line 1"):
        read_parameters(text)
