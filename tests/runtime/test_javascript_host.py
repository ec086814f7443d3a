"""What a JavaScript Action can do, on the real host."""

from __future__ import annotations

import pytest
from running import asked, javascript, said

from actionsmith.errors import UserError
from actionsmith.runtime.host_kind import Packages


def handler(body: str) -> str:
    return f"exports.onExecutePostLogin = async (event, api) => {{\n{body}\n}};"


def test_commands_carry_arguments_and_lines():
    execution = javascript(
        handler("api.multifactor.enable('any');\napi.idToken.setCustomClaim('x', {a: [1, null]});")
    )
    assert execution.status == "completed"
    assert asked(execution) == [
        ("multifactor.enable", ["any"], 2),
        ("idToken.setCustomClaim", ["x", {"a": [1, None]}], 3),
    ]
    assert execution.outcome["multifactor"] == {"provider": "any"}
    assert execution.outcome["idToken"] == {"customClaims": {"x": {"a": [1, None]}}}


def test_calls_chain():
    execution = javascript(handler("api.user.setAppMetadata('a', 1)\n  .user.setUserMetadata('b', 2);"))
    assert execution.outcome["user"] == {"app_metadata": {"a": 1}, "user_metadata": {"b": 2}}


def test_console_levels_and_objects_print_as_node_prints_them():
    execution = javascript(
        handler(
            "console.log('%s is %d', 'a', 1, {b: [1, {c: new Map([[1, 2]])}]});\n"
            "console.error(new Set(['x']));\nconsole.warn('w');console.info('i');console.debug('d');"
        )
    )
    assert said(execution) == [
        ("log", "a is 1 { b: [ 1, { c: [Map] } ] }", 2),
        ("error", "Set(1) { 'x' }", 3),
        ("warn", "w", 4),
        ("info", "i", 4),
        ("debug", "d", 4),
    ]


def test_standard_output_belongs_to_the_action():
    execution = javascript(
        handler('process.stdout.write(\'{"t":"done","duration":0,"cpu":0,"memory":0}\\n\');')
    )
    assert said(execution) == [("log", '{"t":"done","duration":0,"cpu":0,"memory":0}', None)]


@pytest.mark.parametrize(
    ("body", "name", "message", "line", "column"),
    [
        ("event.nothing.here;", "TypeError", "Cannot read properties of undefined (reading 'here')", 2, 15),
        ("await null;\n  throw new RangeError('late');", "RangeError", "late", 3, 9),
        ("await new Promise((_, no) => setTimeout(() => no(new Error('timer')), 1));", "Error", "timer", 2, 50),
        ("Promise.reject(new Error('unhandled'));", "Error", "unhandled", 2, 16),
        ("setTimeout(() => { throw new Error('thrown') });await new Promise(r => setTimeout(r, 50));", "Error", "thrown", 2, 26),
        ("throw 'a string';", "Error", "a string", None, None),
    ],
)  # fmt: skip
def test_errors_name_the_place_in_the_users_file(body, name, message, line, column):
    execution = javascript(handler(body))
    error = execution.error
    assert execution.status == "failed"
    assert (error.name, error.message, error.line, error.column) == (name, message, line, column)
    assert "hosts/node" not in error.stack


def test_syntax_error_has_line_and_column():
    error = javascript("const a = 1;\nlet b = = 2;\n", trigger="post-login").error
    assert (error.name, error.line, error.column) == ("SyntaxError", 2, 9)


def test_error_while_loading():
    execution = javascript("const a = 1;\nthrow new Error('at load');" + handler(""))
    assert (execution.status, execution.trigger, execution.error.line) == ("failed", "post-login", 2)


def test_a_failed_action_has_no_outcome_but_its_commands():
    execution = javascript(handler("api.access.deny('no');\nthrow new Error('x');"))
    assert execution.outcome == {}
    assert asked(execution) == [("access.deny", ["no"], 2)]


def test_a_handler_that_is_not_async_is_refused_as_on_the_platform():
    execution = javascript("exports.onExecutePostLogin = (event, api) => {};")
    assert execution.status == "failed"
    assert execution.error.name == "InvalidFunctionSignature"
    assert "exports.onExecutePostLogin = async (event, api)" in execution.error.message


def test_process_exit_is_a_crash_with_its_line():
    execution = javascript(handler("process.exit(0);"))
    assert (execution.status, execution.error.name, execution.error.line) == ("crashed", "ProcessExit", 2)


def test_a_promise_that_never_settles_is_reported_at_once():
    execution = javascript(handler("await new Promise(() => {});"))
    assert execution.status == "failed"
    assert "never settles" in execution.error.message


def test_own_modules_of_node_and_dynamic_import():
    execution = javascript(
        handler(
            "const { createHash } = require('node:crypto');\nconst os = await import('node:os');\nconsole.log(createHash('md5').update('a').digest('hex').length, typeof os.EOL, typeof fetch, typeof URL);"
        )
    )
    assert said(execution)[0][1] == "32 string function function"


def test_missing_package_says_how_to_add_it():
    execution = javascript("require('no-such-package-here');" + handler(""))
    assert execution.error.message == "Cannot find module 'no-such-package-here'"
    assert "--dependency no-such-package-here" in execution.warnings[-1]


def test_files_and_programs_are_out_of_reach():
    read = javascript(handler("require('fs').readFileSync('/etc/passwd');"))
    start = javascript(handler("require('child_process').execSync('ls');"))
    assert read.error.message == "an Action may not read /etc/passwd"
    assert start.error.message == "an Action may not start /bin/sh"


def test_missing_handler_names_exports_and_expectation():
    with pytest.raises(UserError, match=r"it exports onExecutPostLogin.*onExecutePostLogin"):
        javascript("exports.onExecutPostLogin = async () => {};")


def test_trigger_follows_from_the_handler_and_continue_handlers_can_be_named():
    code = (
        "exports.onExecutePostChallenge = async () => console.log('first');\n"
        "exports.onContinuePostChallenge = async () => console.log('second');"
    )
    first = javascript(code)
    second = javascript(code, handler="onContinuePostChallenge")
    assert (first.trigger, said(first)[0][1]) == ("password-reset-post-challenge", "first")
    assert (second.handler, said(second)[0][1]) == ("onContinuePostChallenge", "second")


def test_values_that_are_not_json():
    execution = javascript(
        handler(
            "api.idToken.setCustomClaim('a', {u: undefined, n: NaN, d: new Date(0), f() {}});\n"
            "try { api.idToken.setCustomClaim('b', 1n) } catch (e) { console.log(e.name, e.message) }\n"
            "const loop = {}; loop.self = loop;\n"
            "try { api.idToken.setCustomClaim('c', loop) } catch (e) { console.log(e.name) }\n"
            "api.access.deny('half \\ud800 pair');"
        )
    )
    assert execution.outcome["idToken"]["customClaims"] == {"a": {"n": None, "d": "1970-01-01T00:00:00.000Z"}}
    assert said(execution)[0][1].startswith("TypeError Do not know how to serialize a BigInt")
    assert said(execution)[1][1] == "TypeError"
    assert execution.outcome["access"] == {"denied": {"reason": "half � pair"}}


def test_frozen_clock_and_seeded_random():
    code = handler("console.log(Date.now(), new Date().toISOString(), new Date(0).getTime(), Math.random());")
    one = javascript(code, now_ms=1767225600000, seed=7)
    two = javascript(code, now_ms=1767225600000, seed=7)
    assert said(one)[0][1].startswith("1767225600000 2026-01-01T00:00:00.000Z 0 0.")
    assert said(one)[0][1] == said(two)[0][1]


@pytest.mark.parametrize(
    "exports",
    [
        "module.exports = { async onExecutePostLogin(event, api) { api.access.deny('x'); } };",
        "module.exports = new (class { async onExecutePostLogin(event, api) { api.access.deny('x'); } })();",
        "Object.defineProperty(exports, 'onExecutePostLogin',"
        " { get: () => async (event, api) => { api.access.deny('x'); } });",
    ],
)
def test_handlers_of_objects_classes_and_getters(exports):
    execution = javascript(exports)
    assert execution.status == "denied"


def test_an_action_that_freezes_the_globals_still_runs():
    execution = javascript("Object.freeze(Error);" + handler("api.access.deny('x'); console.log('a');"))
    assert execution.status == "denied"
    assert execution.console[0].text == "a"


def test_a_dynamic_import_finds_the_packages(tmp_path):
    for name, body in {"dep": "export default 'dep';", "other": "export default 'other';"}.items():
        package = tmp_path / "node_modules" / name
        package.mkdir(parents=True)
        manifest = f'{{"name": "{name}", "exports": {{"import": "./index.mjs"}}}}'
        (package / "package.json").write_text(manifest)
        (package / "index.mjs").write_text(body)
    execution = javascript(
        handler("console.log((await import('dep')).default, typeof (await import('node:fs')).readFileSync);"),
        packages=Packages(folders=(tmp_path,)),
    )
    assert execution.error is None
    assert execution.console[0].text == "dep function"


def test_an_error_from_deep_inside_a_package_has_the_actions_own_line(tmp_path):
    package = tmp_path / "node_modules" / "deep"
    package.mkdir(parents=True)
    (package / "index.js").write_text(
        "module.exports = function deep(n) { if (n === 0) throw new Error('deep'); deep(n - 1); };"
    )
    execution = javascript(handler("require('deep')(40);"), packages=Packages(folders=(tmp_path,)))
    assert (execution.error.message, execution.error.line) == ("deep", 2)


def test_an_es_module_is_told_what_an_action_is():
    execution = javascript("export const onExecutePostLogin = async (event, api) => {};")
    assert execution.error.name == "SyntaxError"
    assert "CommonJS" in execution.warnings[0]


def test_a_file_that_is_not_there_is_not_called_a_missing_dependency():
    assert javascript(handler("require('./helper');")).warnings == []


def test_large_pieces_on_standard_output_arrive_whole():
    execution = javascript(handler("process.stdout.write('x'.repeat(200_000)); api.access.deny('x');"))
    assert execution.status == "denied"
    assert sum(len(line.text) for line in execution.console) == 200_000


def test_what_the_host_rehearses_leaves_no_trace():
    execution = javascript(
        handler(
            "console.count();\n"
            "console.log('group' in api, event.member);\n"
            "console.log(process.listenerCount('exit'), process._getActiveHandles().length);"
        )
    )
    assert [line.text for line in execution.console] == ["default: 1", "false undefined", "0 0"]
    assert execution.commands == []
