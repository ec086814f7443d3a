"""Values that JSON has no words for, and calls that are refused: told alike in both languages."""

from __future__ import annotations

import json

import msgspec
import pytest
from running import javascript, python

from actionsmith.runtime.execution import Execution
from actionsmith.runtime.host_kind import Language

# The same statement in both languages, and what is thrown, or else what is asked for and warned of.
NUMBERS = {
    "a claim": (
        "api.idToken.setCustomClaim('https://x/c', {a: [1, NaN], b: -Infinity});",
        "api.id_token.set_custom_claim('https://x/c', {'a': [1, NAN], 'b': -INF})",
        {"idToken": {"customClaims": {"https://x/c": {"a": [1, None], "b": None}}}},
        ["value.a[1] is NaN, of which JSON makes null", "value.b is infinite, of which JSON makes null"],
    ),
    "metadata": (
        "api.user.setUserMetadata('theme', Number('abc'));",
        "api.user.set_user_metadata('theme', NAN)",
        {"user": {"user_metadata": {"theme": None}}},
        ["value is NaN, of which JSON makes null"],
    ),
    "a number that is checked": (
        "api.transaction.setMetadata('n', parseInt('x'));",
        "api.transaction.set_metadata('n', NAN)",
        "value must be a string, a number, true or false or null, not NaN",
        [],
    ),
    "an option": (
        "api.redirect.encodeToken({secret: 'x', payload: {}, expiresInSeconds: NaN});",
        "api.redirect.encode_token(secret='x', payload={}, expires_in_seconds=NAN)",
        "must be a number, not NaN",
        [],
    ),
    "a lifetime": (
        "throw new Error(api.cache.set('k', 'v', {ttl: 1000 * undefined}).code);",
        "raise Exception(api.cache.set('k', 'v', ttl=NAN)['code'])",
        "InvalidExpiry",
        [],
    ),
}
PYTHON = "NAN, INF = float('nan'), float('inf')\ndef on_execute_post_login(event, api):\n    "


def run_both(javascript_code: str, python_code: str, **more: object) -> dict[Language, Execution]:
    return {
        "javascript": javascript(
            f"exports.onExecutePostLogin = async (event, api) => {{{javascript_code}}};", **more
        ),
        "python": python(f"{PYTHON}{python_code}\n", **more),
    }


@pytest.mark.parametrize("name", NUMBERS)
def test_what_is_no_number_is_told(name: str) -> None:
    *code, expected, warnings = NUMBERS[name]
    for language, execution in run_both(*code).items():
        if isinstance(expected, str):
            assert execution.error is not None, language
            assert execution.error.message.endswith(expected), language
        else:
            assert (execution.outcome, execution.status) == (expected, "completed"), language
        assert [warning.partition(": ")[2] for warning in execution.warnings] == warnings, language
        printed = msgspec.json.encode(execution)
        assert json.loads(printed, parse_constant=pytest.fail), language  # proper JSON all the same


def test_a_hole_and_what_makes_its_own_json_stay_as_json_has_them() -> None:
    execution = javascript(
        "exports.onExecutePostLogin = async (event, api) => {"
        "api.idToken.setCustomClaim('https://x/c', [1, , NaN, undefined, () => 1, { toJSON: () => NaN, n: NaN }, new Date(0)]);"
        "api.idToken.setCustomClaim('https://x/d', { u: undefined, n: NaN, f() {}, s: 'null' }); };"
    )
    assert execution.outcome["idToken"]["customClaims"] == {
        "https://x/c": [1, None, None, None, None, None, "1970-01-01T00:00:00.000Z"],
        "https://x/d": {"n": None, "s": "null"},
    }


def test_a_map_or_set_of_which_nothing_is_kept_is_told() -> None:
    execution = javascript(
        "exports.onExecutePostLogin = async (event, api) => {"
        "api.idToken.setCustomClaim('https://x/c', { roles: new Set(['admin']), none: new Set(), empty: {} });"
        "api.idToken.setCustomClaim('https://x/m', new Map([[1, 2]])); };"
    )
    assert execution.outcome["idToken"]["customClaims"]["https://x/c"] == {
        "roles": {},
        "none": {},
        "empty": {},
    }
    assert [warning.partition("; give ")[2] for warning in execution.warnings] == [
        "[...set] instead",
        "Object.fromEntries(map) instead",
    ]


def test_a_map_in_front_of_an_empty_object_is_told_as_well() -> None:
    execution = javascript(
        "exports.onExecutePostLogin = async (event, api) => {"
        "try { api.user.setUserMetadata(new Map([[1, 2]]), {}); } catch {} };"
    )
    assert [warning for warning in execution.warnings if "was given a Map" in warning]


def test_a_refused_call_is_marked() -> None:
    both = run_both(
        "try { api.redirect.sendUserTo('nope'); } catch {} api.access.deny('no');",
        "try:\n        api.redirect.send_user_to('nope')\n    except Exception:\n        api.access.deny('no')",
    )
    for language, execution in both.items():
        refused, kept = execution.commands
        assert refused.refusal.startswith("url must be a valid absolute URL"), language
        assert (kept.error, kept.refusal, execution.status) == (None, "", "denied"), language


def test_a_secret_in_the_words_of_a_refusal_is_masked() -> None:
    both = run_both(
        "try { api.redirect.sendUserTo(event.secrets.KEY); } catch {}",
        "try:\n        api.redirect.send_user_to(event.secrets.KEY)\n    except Exception: pass",
        secrets={"KEY": "s3cr3t-value"},
    )
    for language, execution in both.items():
        assert "[secret KEY]" in execution.commands[0].refusal, language


@pytest.mark.parametrize("value", [None, "text", 7])
def test_a_change_of_the_event_finds_its_way_whatever_stands_there(value: object) -> None:
    both = run_both(
        "api.transaction.setMetadata('a', 'b'); console.log(event.transaction.metadata.a);",
        "api.transaction.set_metadata('a', 'b'); print(event.transaction.metadata.a)",
        event={"transaction": value},
    )
    for language, execution in both.items():
        assert [line.text for line in execution.console] == ["b"], language
