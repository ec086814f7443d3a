"""Many events through one host."""

from __future__ import annotations

import msgspec
import pytest
from running import request, said

from actionsmith.errors import UserError
from actionsmith.runtime.engine import run
from actionsmith.runtime.replay import Replay

COUNTING = {
    "javascript": """
let loaded = 0;
console.log('loading');
exports.onExecutePostLogin = async (event, api) => {
  loaded += 1;
  console.log(event.n, loaded);
  if (event.n % 3 === 1) throw new Error('third');
  api.idToken.setCustomClaim('n', event.n);
  if (event.n % 3 === 2) api.access.deny(event.secrets.REASON);
};
""",
    "python": """
loaded = 0
print('loading')
def on_execute_post_login(event, api):
    global loaded
    loaded += 1
    print(event.n, loaded)
    if event.n % 3 == 1:
        raise RuntimeError('third')
    api.id_token.set_custom_claim('n', event.n)
    if event.n % 3 == 2:
        api.access.deny(event.secrets.REASON)
""",
}
ENDING_ITSELF = {
    "javascript": """
let calls = 0;
exports.onExecutePostLogin = async (event, api) => {
  calls += 1;
  api.access.deny(`${event.n} ${calls}`);
  if (event.n === 2) process.exit(3);
  if (event.n === 4) for (;;);
};
""",
    "python": """
import sys
calls = 0
def on_execute_post_login(event, api):
    global calls
    calls += 1
    api.access.deny(f"{event.n} {calls}")
    if event.n == 2:
        sys.exit(3)
    while event.n == 4:
        pass
""",
}
LANGUAGES = ["javascript", "python"]


def events(*datas):
    for data in datas:
        yield msgspec.json.encode(data)


def numbered(count):
    return events(*({"n": n} for n in range(count)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_has_its_own_result_in_order(language):
    with Replay(request(COUNTING[language], language, secrets={"REASON": "because"})) as replay:
        assert replay.trigger == "post-login"
        executions = list(replay.run(numbered(300)))
    assert [execution.status for execution in executions] == ["completed", "failed", "denied"] * 100
    texts = [[text for _, text, _ in said(execution)] for execution in executions]
    assert texts == [["loading", "0 1"], *([f"{n} {n + 1}"] for n in range(1, 300))]
    assert executions[1].outcome == {}
    assert executions[2].outcome == {
        "idToken": {"customClaims": {"n": 2}},
        "access": {"denied": {"reason": "because"}},
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_action_that_ends_its_process_or_never_ends_is_loaded_anew(language):
    with Replay(request(ENDING_ITSELF[language], language, timeout_s=0.5)) as replay:
        executions = list(replay.run(numbered(7)))
    assert [execution.status for execution in executions] == [
        "denied", "denied", "crashed", "denied", "timed_out", "denied", "denied"
    ]  # fmt: skip
    told = [command.args[0] for execution in executions for command in execution.commands]
    # of an event that never ends, the last calls may not have left the host
    assert [text for text in told if text != "4 2"] == ["0 1", "1 2", "2 3", "3 1", "5 1", "6 2"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_reach_the_event_that_asked(language):
    code = {
        "javascript": "exports.onExecutePostLogin = async (event, api) => {"
        " api.cache.set('n', String(event.n)); console.log(api.cache.get('n').value, api.cache.get('x')); };",
        "python": "def on_execute_post_login(event, api):\n"
        "    api.cache.set('n', str(event.n)); print(api.cache.get('n').value, api.cache.get('x'))\n",
    }[language]
    with Replay(request(code, language)) as replay:
        texts = [said(execution)[0][1].split()[0] for execution in replay.run(numbered(200))]
    assert texts == [str(n) for n in range(200)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_handler_leaves_running_cannot_speak_for_the_next_event(language):
    code = {
        "javascript": "let late;\nexports.onExecutePostLogin = async (event, api) => {"
        " if (late) { late.access.deny('late'); late.cache.set('late', 'x'); } late = api; };",
        "python": "late = None\ndef on_execute_post_login(event, api):\n    global late\n"
        "    if late: late.access.deny('late'); late.cache.set('late', 'x')\n    late = api\n",
    }[language]
    with Replay(request(code, language)) as replay:
        executions = list(replay.run(numbered(3)))
    assert [(execution.status, execution.commands) for execution in executions] == [("completed", [])] * 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_replay_gives_what_single_runs_give(language):
    made = request(COUNTING[language], language, secrets={"REASON": "because"})
    with Replay(made) as replay:
        replayed = list(replay.run(numbered(6)))
    for n, execution in enumerate(replayed):
        single = run(msgspec.structs.replace(made, event={"n": n}))
        same = ("status", "commands", "outcome", "error", "warnings", "http")
        assert {name: getattr(execution, name) for name in same} == {
            name: getattr(single, name) for name in same
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_code_that_cannot_be_loaded_fails_every_event(language):
    code = {"javascript": "throw new Error('at load');", "python": "raise RuntimeError('at load')"}[language]
    with Replay(request(code, language, trigger="post-login")) as replay:
        executions = list(replay.run(numbered(3)))
    assert [(execution.status, execution.error.message) for execution in executions] == [
        ("failed", "at load")
    ] * 3


def test_code_without_a_handler_is_refused():
    with pytest.raises(UserError, match="has no handler"), Replay(request("exports.x = 1;", "javascript")):
        pass


def test_an_event_larger_than_any_buffer():
    long = "x" * 3_000_000
    code = "exports.onExecutePostLogin = async (event, api) => api.access.deny(String(event.text.length));"
    with Replay(request(code, "javascript")) as replay:
        found = [execution.outcome["access"] for execution in replay.run(events(*[{"text": long}] * 5))]
    assert found == [{"denied": {"reason": "3000000"}}] * 5
