"""Whatever an Action does, the caller gets an answer and goes on."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from running import request, said

from actionsmith.runtime.engine import run
from actionsmith.runtime.execution import ConsoleLine
from actionsmith.runtime.host_kind import Language
from actionsmith.runtime.replay import Replay
from actionsmith.triggers import loader

LANGUAGES: list[Language] = ["javascript", "python"]


def code(language: Language, javascript: str, python: str) -> str:
    if language == "javascript":
        return f"exports.onExecutePostLogin = async (event, api) => {{ {javascript} }};"
    return f"import os, sys\ndef on_execute_post_login(event, api):\n    {python}\n"


def go(language: Language, javascript: str, python: str, **more):
    return run(request(code(language, javascript, python), language, **more))


@pytest.mark.parametrize("language", LANGUAGES)
def test_endless_loop_meets_the_time_limit(language):
    execution = go(
        language,
        "console.log('here'); api.access.deny('x'); for (;;);",
        "print('here'); api.access.deny('x')\n    while True: pass",
        timeout_s=1.0,
    )
    assert execution.status == "timed_out"
    assert execution.error.name == "TimeLimit"
    assert said(execution)[0][1] == "here"
    assert execution.commands[0].path == "access.deny"
    assert execution.outcome == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_endless_loop_while_loading(language):
    endless = "for (;;);" if language == "javascript" else "while True: pass"
    execution = run(request(endless, language, trigger="post-login", timeout_s=1.0))
    assert execution.status == "timed_out"


@pytest.mark.parametrize("language", LANGUAGES)
def test_memory_limit(language):
    execution = go(
        language,
        "const all = []; for (;;) all.push(new Array(10000).fill({}));",
        "all = []\n    while True: all.append(bytearray(10_000_000))",
        memory_mb=128,
    )
    assert execution.status in ("crashed", "failed")
    assert "more than its memory limit of 128 MB" in execution.error.message
    assert said(execution) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hundred_megabytes_of_console_output(language):
    execution = go(
        language,
        "const text = 'x'.repeat(1000); for (let i = 0; i < 100_000; i++) console.log(text); api.access.deny('end');",
        "for i in range(100_000): print('x' * 1000)\n    api.access.deny('end')",
    )
    assert execution.status == "denied"
    # an end of line counts, too
    assert sum(len(line.text) + 1 for line in execution.console) - 1 == loader.limit("log.buffer")
    assert "more lines were left out" in execution.warnings[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hundred_megabytes_of_standard_output(language):
    execution = go(
        language,
        "const text = 'x'.repeat(999_999) + '\\n'; for (let i = 0; i < 100; i++) require('fs').writeSync(1, text); api.access.deny('end');",
        "for i in range(1000): os.write(1, b'x' * 99_999 + b'\\n')\n    api.access.deny('end')",
    )
    assert execution.status == "denied"
    assert sum(len(line.text) for line in execution.console) <= loader.limit("log.buffer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ten_megabyte_event(language):
    event = {"user": {"name": "x" * 10_000_000}}
    execution = go(
        language,
        "api.access.deny(String(event.user.name.length));",
        "api.access.deny(str(len(event.user.name)))",
        event=event,
    )
    assert execution.outcome == {"access": {"denied": {"reason": "10000000"}}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "garbage",
    ["not a frame", '{"t": "console"}', '{"t": "loaded", "exports": 3}', "[" * 5000],
    ids=["words", "incomplete", "wrong type", "deep"],
)
def test_garbage_on_the_pipe_ends_the_host_not_the_caller(language, garbage):
    execution = go(
        language,
        f"for (let fd = 3; fd < 30; fd++) {{ try {{ require('fs').writeSync(fd, {garbage!r} + '\\n'); }} catch {{}} }} for (;;);",
        f"for fd in range(3, 30):\n        try: os.write(fd, {garbage!r}.encode() + b'\\n')\n        except OSError: pass",
        timeout_s=5.0,
    )
    # Node.js itself may fall over when its own descriptors are written to
    assert execution.status == "crashed"
    assert execution.error.name in ("ProtocolError", "ProcessEnded")


@pytest.mark.parametrize("language", LANGUAGES)
def test_cancel_ends_a_run(language):
    cancel = threading.Event()

    def on_progress(_: object) -> None:
        cancel.set()

    execution = run(
        request(code(language, "console.log('x'); for (;;);", "print('x')\n    while True: pass"), language),
        progress=on_progress,
        cancel=cancel,
    )
    assert execution.error.name == "Cancelled"


@pytest.mark.parametrize("language", LANGUAGES)
def test_progress_comes_while_the_action_runs(language):
    seen: list[float] = []

    def on_progress(item: object) -> None:
        if isinstance(item, ConsoleLine):
            seen.append(time.monotonic())

    go_code = code(
        language,
        "console.log('a'); await new Promise(r => setTimeout(r, 300)); console.log('b');",
        "import time\n    print('a'); time.sleep(0.3); print('b')",
    )
    run(request(go_code, language), progress=on_progress)
    assert len(seen) == 2
    assert seen[1] - seen[0] > 0.2


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0
    for language in LANGUAGES * 3:
        go(language, "require('fs').writeFileSync('left.txt', 'x');", "open('left.txt', 'w').write('x')")
    assert [entry.name for entry in tmp_path.iterdir()] == []
    if before:
        assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_environment_is_scrubbed(language, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    execution = go(
        language,
        "console.log(JSON.stringify(process.env.AWS_SECRET_ACCESS_KEY ?? null), process.env.HOME === process.cwd());",
        "import json; print(json.dumps(os.environ.get('AWS_SECRET_ACCESS_KEY')), os.environ['HOME'] == os.getcwd())",
    )
    assert said(execution)[0][1].lower() == "null true"


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_lines_meet_the_console_limit(language, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("actionsmith.runtime.session.console_limit", lambda: 50)
    execution = go(
        language,
        "for (let i = 0; i < 1000; i++) console.log();",
        "for _ in range(1000): print()",
    )
    assert execution.status == "completed"
    assert len(execution.console) <= 50
    assert "was cut off" in execution.warnings[0]


def test_output_without_line_ends_meets_the_console_limit_with_a_warning():
    execution = go("python", "", "for _ in range(20): os.write(2, b'x' * 100_000)")
    assert execution.status == "completed"
    assert sum(len(line.text) for line in execution.console) == loader.limit("log.buffer")
    assert "was cut off" in execution.warnings[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_aborting_action_is_not_taken_for_a_lack_of_memory(language):
    execution = go(language, "process.abort();", "os.abort()")
    assert execution.status == "crashed"
    assert execution.error.name == "ProcessEnded"
    assert "SIGABRT" in execution.error.message


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_that_cannot_be_looked_at_is_still_a_failure(language):
    javascript = """exports.onExecutePostLogin = async () => {
      throw Object.defineProperty(new Error(), 'message', { get() { throw new Error('evil'); } });
    };"""
    python = """class Evil(Exception):
    def __str__(self): raise ValueError('evil')
def on_execute_post_login(event, api): raise Evil
"""
    execution = run(request(javascript if language == "javascript" else python, language))
    assert execution.status == "failed"
    assert execution.error.message


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_generator_is_no_handler(language):
    javascript = "exports.onExecutePostLogin = async function* (event, api) { api.access.deny('x'); };"
    python = "async def on_execute_post_login(event, api):\n    api.access.deny('x')\n    yield\n"
    execution = run(request(javascript if language == "javascript" else python, language))
    assert execution.status == "failed"
    assert execution.commands == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_one_call_may_be_given_is_bounded(language):
    execution = go(
        language,
        """
        for (const text of ['\\u00fc'.repeat(1e6), 'x'.repeat(2 ** 20), new Array(1e6)])
          try { api.idToken.setCustomClaim('a', text); } catch (error) { console.log(error.name, error.message); }
        """,
        """
    for value in ('\\u00fc' * 1_000_000, 'x' * 2 ** 20, [None] * 1_000_000):
        try: api.id_token.set_custom_claim('a', value)
        except TypeError as error: print('TypeError', error)
        """,
    )
    told = "TypeError a value given to api is too large: one call may take at most 1 MB as JSON"
    assert [text for _, text, _ in said(execution)] == [told] * 2
    assert [len(command.args[1]) for command in execution.commands] == [1_000_000]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_all_calls_may_be_given_is_bounded(language):
    execution = go(
        language,
        "\nfor (;;) api.cache.set('a', 'x'.repeat(4000));",
        "while True: api.cache.set('a', 'x' * 4000)",
    )
    assert execution.error.message == (
        "a value given to api is too large: all calls of a run together may take at most 8 MB as JSON"
    )
    assert execution.error.name == "TypeError"
    assert execution.error.line == (2 if language == "javascript" else 3)
    assert sum(len(command.args[1]) for command in execution.commands) == pytest.approx(2**23, rel=0.01)


def test_each_event_has_the_bound_of_all_calls_for_itself():
    source = code("javascript", "api.cache.set('a', 'x'.repeat(900_000)); api.access.deny('x');", "")
    with Replay(request(source, "javascript")) as replay:
        assert {execution.status for execution in replay.run([b"{}"] * 20)} == {"failed", "denied"} - {
            "failed"
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_with_an_endless_message_is_told_in_part(language):
    execution = go(language, "throw new Error('x'.repeat(50e6));", "raise ValueError('x' * 50_000_000)")
    assert execution.status == "failed"
    assert execution.error.message.endswith("xxx... (50000000 characters)")
    assert len(execution.error.message) < 200_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_at_a_line_that_cannot_be_is_told_without_it(language):
    execution = go(
        language,
        "const e = new Error('odd'); e.stack = '/actions/action.js:99999999999:0'; throw e;",
        "raise SyntaxError('odd', ('/actions/action.py', -5, 0, ''))",
    )
    assert (execution.status, execution.error.message) == ("failed", "odd")
    assert (execution.error.line, execution.error.column) == (None, None)
