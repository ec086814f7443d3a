"""Both languages give the same results."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_calls import calls, texts
from running import javascript, python, request

from actionsmith.runtime.engine import default_event, open_transaction
from actionsmith.runtime.host_kind import Packages
from actionsmith.runtime.hosts.process import Host
from actionsmith.runtime.semantics.wording import worded
from actionsmith.runtime.session import Session
from actionsmith.runtime.step import run_step
from actionsmith.triggers import loader

# Each calls what the event lists, and tells what came back or was thrown.
CALLERS = {
    "javascript": """
exports.onExecutePostLogin = async (event, api) => {
  console.log(event.said);
  for (const { path, args } of event.calls) {
    try {
      const names = path.split('.');
      const last = names.pop();
      const given = await names.reduce((owner, name) => owner[name], api)[last](...args);
      console.log(given === api ? 'api' : given === undefined ? 'nothing' : typeof given);
    } catch (error) {
      console.log(`${error.name}: ${error.message}`);
    }
  }
  if (event.fails !== null) throw new TypeError(event.fails);
};
exports.onContinuePostLogin = async () => {};
""",
    "python": """
import functools, inspect

KINDS = {str: 'string', bool: 'boolean', int: 'number', float: 'number'}

async def on_execute_post_login(event, api):
    print(event.said)
    for call in event.calls:
        try:
            given = functools.reduce(getattr, call['python'].split('.'), api)(*call['args'])
            if inspect.isawaitable(given):
                given = await given
            print('api' if given is api else 'nothing' if given is None else KINDS.get(type(given), 'object'))
        except Exception as error:
            print(f'{type(error).__name__}: {error}')
    if event.fails is not None:
        raise TypeError(event.fails)

def on_continue_post_login(event, api):
    pass
""",
}
NOW = 1767225600000.0


class Warm:
    """One Action in one host, called as often as a test wants."""

    def __init__(self, language):
        self.request = request(CALLERS[language], language, now_ms=NOW)
        self.host = Host(language, Packages(), self.request.memory_mb)
        self.session = Session(self.host, self.request, None)
        assert self.session.load(self.session.open_transcript(None)).status == "completed"

    def run(self, event):
        self.session.renew_time()
        transaction = open_transaction("post-login", {**default_event("post-login"), **event}, self.request)
        transcript = self.session.open_transcript(None)
        return run_step(self.session, "onExecutePostLogin", transaction, transcript, 0.0)


@pytest.fixture(scope="module")
def both():
    warm = [Warm(language) for language in CALLERS]
    yield warm
    for one in warm:
        one.host.close()


def in_python(text):
    """A message in Python's names, whichever language it is in."""
    methods = {method.path: method for method in loader.trigger("post-login").api}
    named = re.search(r"api\.\w+\.\w+", text)
    return worded(text, "python", methods.get(named[0]) if named else None)


def essence(execution):
    """What does not depend on the language: all but times, memory, places in the code and names of the api."""
    error = execution.error
    return {
        "status": execution.status,
        "commands": [(command.path, command.args, command.effect) for command in execution.commands],
        "outcome": execution.outcome,
        "console": [(line.level, in_python(line.text)) for line in execution.console],
        "warnings": [in_python(warning) for warning in execution.warnings],
        "error": error and (error.name, in_python(error.message)),
    }


def assert_same(both, event):
    one, other = (essence(warm.run(event)) for warm in both)
    assert one == other
    return one


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(asked=st.lists(calls, max_size=6), said=texts, fails=st.none() | texts)
def test_random_calls_events_and_errors(both, asked, said, fails):
    listed = [{"path": path, "python": snake, "args": args} for (path, snake), args in asked]
    # print ends a line, and then another; console.log knows only the second end
    assert_same(both, {"calls": listed, "said": said.rstrip("\n") or "x", "fails": fails})


def nested(levels, inside=1):
    for _ in range(levels):
        inside = [inside]
    return inside


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        (nested(100), True),
        (nested(101), False),
        (nested(300), False),
        ({"list": nested(99)}, True),
        ({"list": nested(100)}, False),
        ({f"key {n}": n for n in range(5000)}, True),
        ("\U0001f600 \u2028 \x00 \x7f é", True),
    ],
    ids=["100 levels", "101", "300", "object of 100", "object of 101", "5,000 members", "unicode"],
)
def test_large_and_nested_values(both, value, accepted):
    call = {"path": "idToken.setCustomClaim", "python": "id_token.set_custom_claim", "args": ["c", value]}
    found = assert_same(both, {"calls": [call], "said": "x", "fails": None})
    assert found["status"] == "completed"
    if accepted:
        assert found["outcome"] == {"idToken": {"customClaims": {"c": value}}}
    else:
        assert found["console"][1] == ("log", "TypeError: a value given to api is nested too deeply")


def test_a_megabyte(both):
    call = {"path": "access.deny", "python": "access.deny", "args": ["long " * 200_000]}
    found = assert_same(both, {"calls": [call], "said": "y" * 20_000, "fails": None})
    assert found["commands"] == [("access.deny", ["long " * 200_000], True)]


def test_half_a_character():
    one = javascript(
        "exports.onExecutePostLogin = async (event, api) => {"
        " console.log('a\\ud800b'); api.access.deny('\\udc00 \\ud83d\\ude00'); };"
    )
    other = python(
        "def on_execute_post_login(event, api):\n    print('a\\ud800b'); api.access.deny('\\udc00 \U0001f600')\n"
    )
    assert essence(one) == essence(other)
    assert one.console[0].text == "a\ufffdb"


SAME_END = {
    "waits for ever": ("await new Promise(() => {});", "await asyncio.Future()", "failed", "NeverEnds"),
    "a task that fails and is not awaited": (
        "(async () => { await null; throw new TypeError('x'); })();",
        "asyncio.create_task(fails())",
        "failed",
        "TypeError",
    ),
    "a failure that somebody looks at": (
        "const p = (async () => { throw new TypeError('x'); })(); try { await p; } catch {}",
        "task = asyncio.create_task(fails())\n    try: await task\n    except TypeError: pass",
        "completed",
        None,
    ),
    "an api error": ("api.idToken.setCustomClaim('scope', 1);", "api.id_token.set_custom_claim('scope', 1)", "failed", "Error"),
    "a wrong argument": ("api.access.deny(3);", "api.access.deny(3)", "failed", "TypeError"),
    "no argument": ("api.access.deny();", "api.access.deny()", "failed", "TypeError"),
    "what JSON cannot hold": ("api.idToken.setCustomClaim('a', 1n);", "api.id_token.set_custom_claim('a', {1, 2})", "failed", "TypeError"),
    "a value within itself": (
        "const a = []; a.push(a); api.idToken.setCustomClaim('a', a);",
        "a = []; a.append(a); api.id_token.set_custom_claim('a', a)",
        "failed",
        "TypeError",
    ),
    "no number": ("api.idToken.setCustomClaim('a', [NaN, Infinity]);", "api.id_token.set_custom_claim('a', [float('nan'), float('inf')])", "completed", None),
    "whole and half numbers": ("api.idToken.setCustomClaim('a', [1.0, -0, 0.5, 1e21]);", "api.id_token.set_custom_claim('a', [1.0, -0.0, 0.5, 1e21])", "completed", None),
    "keys that are no text": (
        "api.idToken.setCustomClaim('a', {[1]: 1, [true]: 2, [null]: 3, [1.5]: 4});",
        "api.id_token.set_custom_claim('a', {2 - 1: 1, 'true': 2, None: 3, 1.5: 4})",
        "completed",
        None,
    ),
    "a process that ends itself": ("process.exit(3);", "sys.exit(3)", "crashed", "ProcessExit"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME_END)
def test_the_same_end(name):
    script, snake, status, error = SAME_END[name]
    one = javascript(f"exports.onExecutePostLogin = async (event, api) => {{\n{script}\n}};")
    other = python(
        "import asyncio, sys\nasync def fails():\n    raise TypeError('x')\n"
        f"async def on_execute_post_login(event, api):\n    {snake}\n"
    )
    assert (one.status, one.error and one.error.name) == (status, error), one.error
    assert (other.status, other.error and other.error.name) == (status, error), other.error
    assert one.outcome == other.outcome
    assert [(command.path, command.args) for command in one.commands] == [
        (command.path, command.args) for command in other.commands
    ]


def test_a_thread_may_still_wake_a_handler():
    execution = python(
        "import asyncio, threading, time\n"
        "async def on_execute_post_login(event, api):\n"
        "    done = asyncio.get_running_loop().create_future()\n"
        "    def work():\n"
        "        time.sleep(0.05); done.get_loop().call_soon_threadsafe(done.set_result, 'woken')\n"
        "    threading.Thread(target=work).start()\n"
        "    api.access.deny(await done)\n"
    )
    assert execution.outcome["access"] == {"denied": {"reason": "woken"}}
