"""Which lines ran: told by the real hosts, in both languages."""

from __future__ import annotations

import sys
import textwrap

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import javascript, python, request, said

from actionsmith.runtime.coverage import coverage_of
from actionsmith.runtime.engine import run
from actionsmith.runtime.execution import ActionError, Coverage, Execution
from actionsmith.runtime.hosts.frames import RanParts
from actionsmith.runtime.pool import HostPool


def marks(execution: Execution, code: str) -> str:
    """`+` for each line that ran, `-` for each that did not, `.` for a line without code."""
    assert isinstance(execution.coverage, Coverage)
    signs = dict.fromkeys(execution.coverage.ran, "+") | dict.fromkeys(execution.coverage.missed, "-")
    assert len(signs) == len(execution.coverage.ran) + len(execution.coverage.missed)
    return "".join(signs.pop(number + 1, ".") for number in range(len(code.splitlines()))) + str(signs or "")


def case(marked: str) -> tuple[str, str]:
    """Code whose lines each bear the expected sign and a space in front: the code, and the signs."""
    lines = textwrap.dedent(marked).strip("\n").split("\n")
    return "\n".join(line[2:] for line in lines), "".join(line[0] for line in lines)


JAVASCRIPT = {
    "branches": """
        . // a comment
        + const limit = 3; /* and
        .    another one */
        .
        + exports.onExecutePostLogin = async (event, api) => {
        +   if (limit > 2) {
        +     api.access.deny('no');
        .   } else {
        -     api.multifactor.enable('any');
        .   }
        +   if (limit > 5) {
        -     console.log('http://more');
        +   } else if (limit > 4) {
        -     console.log('less');
        .   } else {
        +     console.log(limit > 1 ? 'some' : 'none');
        .   }
        . };
    """,
    "loops and functions": """
        + const names = ['a', '𝒃'];
        - function never() {
        -   return 1;
        . }
        . // 'quoted'
        + function twice(text) {
        +   return text + text;
        . }
        + exports.onExecutePostLogin = async (event, api) => {
        +   for (const name of names) {
        +     twice(name);
        .   }
        +   for (const name of []) {
        -     twice(name);
        .   }
        +   names.filter(
        +     (name) => name === 'a',
        .   );
        . };
    """,
    "exceptions and an early return": """
        + exports.onExecutePostLogin = async (event, api) => {
        +   try {
        +     await Promise.reject(new Error('x'));
        -     console.log('not here');
        +   } catch (error) {
        +     console.log(`caught
        +       ${error.message}`);
        .   } finally {
        +     api.access.deny('no');
        .   }
        +   if (event.user) return;
        -   console.log('not there');
        . };
    """,
    "what a timer runs": """
        + const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
        + exports.onExecutePostLogin = async (event, api) => {
        +   await later(1);
        +   setTimeout(() => {
        -     console.log('much later');
        +   }, 10_000).unref();
        . };
    """,
}
PYTHON = {
    "branches": """
        . '''The module,
        . in two lines.'''
        .
        . # a comment
        + LIMIT = 3
        .
        .
        + class Holder:
        .     '''Holds.'''
        .
        +     size = LIMIT
        .
        .
        + def on_execute_post_login(event, api):
        .     '''Decides.'''
        +     if Holder.size > 2:
        +         api.access.deny("no")
        .     else:
        -         api.multifactor.enable("any")
        +     if LIMIT > 5:
        -         print("more")
        +     elif LIMIT > 4:
        -         print("less")
        .     else:
        +         print("some" if LIMIT > 1 else "none")
    """,
    "loops and functions": """
        + names = ["a", "𝒃"]
        .
        + def never():
        -     return 1
        .
        + def decorated(function):
        +     return function
        .
        + @decorated
        + def twice(text):
        +     return text + text
        .
        + def on_execute_post_login(event, api):
        +     for name in names:
        +         twice(name)
        +     for name in []:
        -         twice(name)
        +     list(filter(
        +         lambda name: name == "a", names
        .     ))
        +     while True:
        +         if names.pop() == "a":
        +             break
    """,
    "exceptions and an early return": """
        + import asyncio
        .
        + async def fail():
        +     await asyncio.sleep(0)
        +     raise ValueError("x")
        .
        + async def on_execute_post_login(event, api):
        +     try:
        +         await fail()
        -         print("not here")
        +     except ValueError as error:
        +         print(error)
        .     finally:
        +         api.access.deny("no")
        +     if event.user:
        +         return
        -     print("not there")
    """,
    "threads and generators": """
        + import asyncio, threading
        .
        + def work():
        +     print("in a thread")
        .
        + def count():
        +     yield 1
        +     yield 2
        .
        + async def on_execute_post_login(event, api):
        +     thread = threading.Thread(target=work)
        +     thread.start()
        +     thread.join()
        +     await asyncio.to_thread(work)
        +     next(count())
        +     [
        +         one for one in count()
        +         if one > 5
        .     ]
    """,
}
CASES = [("javascript", name) for name in JAVASCRIPT] + [("python", name) for name in PYTHON]
RUN = {"javascript": javascript, "python": python}


@pytest.mark.parametrize(("language", "name"), CASES)
def test_lines_that_ran_and_lines_that_did_not(language, name):
    code, expected = case({"javascript": JAVASCRIPT, "python": PYTHON}[language][name])
    execution = RUN[language](code, coverage=True)
    assert execution.error is None
    assert marks(execution, code) == expected


def test_the_same_action_gives_comparable_lines_in_both_languages():
    in_javascript, expected = case("""
        + exports.onExecutePostLogin = async (event, api) => {
        +   for (const name of ['a', 'b']) {
        +     if (name === 'c') {
        -       api.access.deny(name);
        -       return;
        .     }
        .   }
        +   api.multifactor.enable(
        +     'any',
        .   );
        . };
    """)
    in_python, _ = case("""
        + def on_execute_post_login(event, api):
        +     for name in ["a", "b"]:
        +         if name == "c":
        -             api.access.deny(name)
        -             return
        .     # the loop
        .     # ends here
        +     api.multifactor.enable(
        +         "any",
        .     )
    """)
    assert marks(javascript(in_javascript, coverage=True), in_javascript) == expected
    assert marks(python(in_python, coverage=True), in_python) == expected[:10]  # without the closing brace


FAILING = {
    "javascript": """
        + const fail = (text) => {
        +   if (text) BODY;
        -   console.log(text);
        . };
        + exports.onExecutePostLogin = async (event, api) => {
        +   for (const text of ['', 'x']) {
        +     console.log('twice');
        +     if (text) fail(text);
        +     console.log('once');
        .   }
        -   console.log('never');
        . };
    """,
    "python": """
        + def fail(text):
        +     if text: BODY
        -     print(text)
        .
        + def on_execute_post_login(event, api):
        +     for text in ["", "x"]:
        +         print("twice")
        +         if text: fail(text)
        +         print("once")
        .
        -     print("never")
    """,
}
BODIES = {
    "javascript": {"throw": "throw new Error('x')", "call": "null.x", "exit": "process.exit(3)"},
    "python": {"throw": "raise ValueError('x')", "call": "None.x", "exit": "raise SystemExit(3)"},
}


@pytest.mark.parametrize("body", ["throw", "call", "exit"])
@pytest.mark.parametrize("language", ["javascript", "python"])
def test_an_action_that_fails_tells_how_far_it_came(language, body):
    code, expected = case(FAILING[language].replace("BODY", BODIES[language][body]))
    execution = RUN[language](code, coverage=True)
    assert execution.status == ("crashed" if body == "exit" else "failed")
    assert execution.error.line == 2
    assert marks(execution, code) == expected


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_what_is_behind_a_failing_call_did_not_run_but_its_cleanup_did(language):
    code, expected = case(
        {
            "javascript": """
                + exports.onExecutePostLogin = async (event, api) => {
                +   try {
                +     event.user.missing.name.length;
                -     console.log('never');
                -     console.log('either');
                .   } finally {
                +     api.access.deny('cleaned up');
                .   }
                -   console.log('not here');
                . };
                + exports.onContinuePostLogin = async () => {
                -   console.log('another time');
                . };
            """,
            "python": """
                + def on_execute_post_login(event, api):
                +     try:
                +         event.user.missing.name.length
                -         print("never")
                -         print("either")
                .     finally:
                +         api.access.deny("cleaned up")
                .
                -     print("not here")
                .
                + def on_continue_post_login(event, api):
                -     print("another time")
            """,
        }[language]
    )
    execution = RUN[language](code, coverage=True)
    assert execution.status == "failed"
    assert marks(execution, code) == expected


def test_a_call_that_is_refused_later_has_not_ended_the_handler():
    code = "a();\nb();"
    told = RanParts(parts=[(0, len(code), 1)])
    source = request(code, "javascript").source
    refused = ActionError(name="TypeError", message="no", line=1)
    thrown = ActionError(name="TypeError", message="no", line=1, stack=f"  at {source.filename}:1:1")
    assert coverage_of(source, told, refused) == Coverage(ran=[1, 2], missed=[])
    assert coverage_of(source, told, thrown) == Coverage(ran=[1], missed=[2])


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_top_level_code_that_fails(language):
    fail = BODIES[language]["call"]
    code = {
        "javascript": f"const a = 1;\n{fail};\nexports.onExecutePostLogin = async () => {{\n  a.b;\n}};",
        "python": f"a = 1\n{fail}\ndef on_execute_post_login(event, api):\n    a.b\n",
    }[language]
    execution = RUN[language](code, coverage=True)
    assert execution.status == "failed"
    assert marks(execution, code)[:4] == "++--"


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_an_action_that_does_not_compile_has_no_lines(language):
    execution = RUN[language]("(", coverage=True)
    assert execution.status == "failed"
    assert execution.coverage is msgspec.UNSET


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_it_is_told_only_to_who_asks_and_nothing_else_changes(language):
    code, _ = case(FAILING[language].replace("BODY", BODIES[language]["call"]))
    plain, watched = RUN[language](code), RUN[language](code, coverage=True)
    assert plain.coverage is msgspec.UNSET
    assert "coverage" not in msgspec.to_builtins(plain)
    assert "coverage" in msgspec.to_builtins(watched)
    assert plain.error == watched.error
    assert said(plain) == said(watched)


def test_a_waiting_host_tells_it_too():
    with_pool = HostPool(keep_filled=False)
    try:
        with_pool.start_at_once("javascript")
        code, expected = case(JAVASCRIPT["branches"])
        execution = run(request(code, "javascript", coverage=True), pool=with_pool)
        assert marks(execution, code) == expected
    finally:
        with_pool.close()


def test_python_that_computes_for_long_is_let_go():
    code = "def on_execute_post_login(event, api):\n    for n in range(300_000):\n        pass\n    if n < 0:\n        print(n)\n"
    execution = python(code, coverage=True)
    assert execution.status == "completed"
    if sys.version_info < (3, 12):
        assert execution.coverage is msgspec.UNSET
    else:
        assert marks(execution, code) == "+++++-"


def test_javascript_gets_no_hold_of_what_counts():
    execution = javascript(
        """
const { hasOwn } = Object;
const { writeSync } = require('node:fs');
const look = (given) => { if (hasOwn(given, 'script') || hasOwn(given, 'count')) writeSync(1, 'stolen'); };
for (const name of ['parts', 'script', 'start', 'end', 'count', '0', '1']) {
  const set = function () { look(this); };
  for (const owner of [Object.prototype, Array.prototype])
    Object.defineProperty(owner, name, { configurable: true, get() { look(this); }, set });
}
globalThis.Function = function () { writeSync(1, 'called'); };
exports.onExecutePostLogin = async () => {
  const tries = {
    names: () => (0, eval)('%DebugCollectCoverage()'),
    text: () => new (async () => {}).constructor('return %DebugCollectCoverage();')(),
    flags: () => require('node:v8').setFlagsFromString('--allow-natives-syntax'),
    inspector: () => new (require('node:inspector').Session)().connect(),
    binding: () => process.binding('v8'),
  };
  for (const [name, attempt] of Object.entries(tries)) {
    try { attempt(); console.log(name); } catch { console.log('refused'); }
  }
};
""",
        coverage=True,
    )
    assert execution.error is None
    assert [text for _, text, _ in said(execution)] == ["refused"] * 5
    assert isinstance(execution.coverage, Coverage)


@given(parts=st.lists(st.tuples(st.integers(), st.integers(), st.integers()), max_size=6))
@settings(max_examples=50, deadline=None)
def test_parts_that_make_no_sense_do_no_harm(parts):
    code = "a();\n\n/* b */ c();\n}"
    source = request(code, "javascript").source
    error = ActionError(name="ProcessExit", message="", line=parts[0][0] if parts else None, column=1)
    found = coverage_of(source, RanParts(parts=parts), error)
    assert isinstance(found, Coverage)
    assert sorted(found.ran + found.missed) == [1, 3]
