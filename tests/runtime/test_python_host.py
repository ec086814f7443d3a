"""What a Python Action can do, on the real host."""

from __future__ import annotations

import pytest
from running import asked, python, said

from actionsmith.errors import UserError
from actionsmith.runtime.host_kind import Packages


def handler(*lines: str, form: str = "def") -> str:
    body = "\n".join(f"    {line}" for line in lines)
    return f"{form} on_execute_post_login(event, api):\n{body}\n"


@pytest.mark.parametrize("form", ["def", "async def"])
def test_commands_carry_arguments_and_lines_under_javascript_names(form):
    execution = python(
        handler(
            "api.multifactor.enable('any')", "api.id_token.set_custom_claim('x', {'a': (1, None)})", form=form
        )
    )
    assert execution.status == "completed"
    assert asked(execution) == [
        ("multifactor.enable", ["any"], 2),
        ("idToken.setCustomClaim", ["x", {"a": [1, None]}], 3),
    ]
    assert execution.outcome["idToken"] == {"customClaims": {"x": {"a": [1, None]}}}


def test_option_members_and_parameters_may_be_keywords():
    execution = python(
        handler(
            "api.redirect.send_user_to('https://example.com/a', query={'b': 'c'})",
            "api.cache.set(key='k', value='v', ttl=1000)",
        )
    )
    assert asked(execution)[0][1] == ["https://example.com/a", {"query": {"b": "c"}}]
    assert asked(execution)[1][1] == ["k", "v", {"ttl": 1000}]


@pytest.mark.parametrize(
    ("trigger", "call", "message"),
    [
        ("post-login", "multifactor.enable('any', 'x', allow_remember_browser=True)", "options must be an object, not a string"),
        ("post-login", "multifactor.enable('any', allow_remember_browser=1)", "allow_remember_browser must be true or false, not a number"),
        ("post-login", "multifactor.enable('any', {'allowRememberBrowser': 1})", "options.allowRememberBrowser must be true or false, not a number"),
        ("post-login", "multifactor.enable('any', options={'allowRememberBrowser': 1})", "options.allowRememberBrowser must be true or false, not a number"),
        ("custom-token-exchange", "authentication.set_user_by_connection('c', {'user_id': 'u'}, update_behavior='none')", "creation_behavior is missing; it must be 'create_if_not_exists' or 'none'"),
        ("custom-token-exchange", "authentication.set_user_by_connection('c', {'user_id': 'u'}, {'creation_behavior': 'none', 'update_behavior': 'none'})", "options.creationBehavior is missing; it must be 'create_if_not_exists' or 'none'; 'creation_behavior' is to be called 'creationBehavior'"),
        ("custom-token-exchange", "authentication.set_actor({'sub': 'x', 'act': {'sub': 'y', 'role': None}})", "actor.act.role must be a string, a number or true or false"),
        ("custom-token-exchange", "authentication.set_actor(sub='x', act={'sub': 'y', 'role': None})", "act.role must be a string, a number or true or false"),
    ],
)  # fmt: skip
def test_messages_name_members_as_they_were_given(trigger, call, message):
    name = "on_execute_" + trigger.replace("-", "_")
    error = python(f"def {name}(event, api):\n    api.{call}\n", trigger=trigger).error
    assert (error.message, error.line) == (f"api.{call.partition('(')[0]}: {message}", 2)


def test_wrong_options_of_the_cache_do_not_throw():
    execution = python(
        handler("print(api.cache.set('k', 'v', 'x', ttl=3), api.cache.get(), api.cache.delete())")
    )
    assert execution.error is None
    assert said(execution)[0][1] == (
        "{'type': 'error', 'code': 'FailedToSetCacheRecord'} None "
        "{'type': 'error', 'code': 'CacheKeyDoesNotExist'}"
    )


def test_event_members_are_attributes_and_absent_ones_are_none():
    execution = python(
        handler(
            "print(event.user.email, event['user']['email'], event.nothing, event.user.nothing)",
            "print(event.request.geoip.countryCode, event.request.geoip.country_code)",
            "print(event.authentication.methods[0].name, sorted(event.tenant))",
        )
    )
    assert [text for _, text, _ in said(execution)] == [
        "robin.doe@example.com robin.doe@example.com None None",
        "PT PT",
        "pwd ['id']",
    ]


def test_print_standard_error_and_logging():
    execution = python(
        "import logging, sys\nlog = logging.getLogger(__name__)\n"
        + handler(
            "print('two', 'words', end='')",
            "print(' joined\\nsecond')",
            "print('bad', file=sys.stderr)",
            "log.info('i %s', 1); log.warning('w'); log.debug('d'); log.error('e')",
        )
    )
    assert said(execution) == [
        ("log", "two words joined\nsecond", 5),
        ("error", "bad", 6),
        ("info", "i 1", 7),
        ("warn", "w", 7),
        ("debug", "d", 7),
        ("error", "e", 7),
    ]


@pytest.mark.parametrize(
    ("line", "name", "message", "column"),
    [
        ("event.nothing.here", "AttributeError", "'NoneType' object has no attribute 'here'", 5),
        ("raise RuntimeError('x')", "RuntimeError", "x", 5),
        ("api.acess.deny('x')", "AttributeError", "api has no member 'acess'; did you mean 'access'?", 5),
        ("api.access.deny(why='x')", "TypeError", "api.access.deny() has no parameter 'why'; it takes reason", 5),
        ("api.access.deny({1, 2})", "TypeError", "a value of type set cannot be given to api: use None, bool, int, float, str, list or dict", 5),
    ],
)  # fmt: skip
def test_errors_name_the_place_in_the_users_file(line, name, message, column):
    execution = python(handler(line))
    error = execution.error
    assert execution.status == "failed"
    assert (error.name, error.message, error.line, error.column) == (name, message, 2, column)
    assert "hosts/python" not in error.stack


def test_error_in_an_awaited_task_and_in_a_called_function():
    execution = python(
        "import asyncio\nasync def inner():\n    await asyncio.sleep(0)\n    raise ValueError('deep')\n"
        + handler("await asyncio.create_task(inner())", form="async def")
    )
    assert (execution.error.name, execution.error.line) == ("ValueError", 4)


def test_syntax_error_has_line_and_column():
    error = python("a = 1\nb = = 2\n", trigger="post-login").error
    assert (error.name, error.line, error.column) == ("SyntaxError", 2, 5)


def test_sys_exit_and_a_process_that_ends_itself_are_crashes():
    exited = python("import sys\n" + handler("sys.exit(3)"))
    gone = python("import os\n" + handler("os._exit(3)"))
    assert (exited.status, exited.error.name, exited.error.line) == ("crashed", "ProcessExit", 3)
    assert (gone.status, gone.error.name) == ("crashed", "ProcessEnded")


def test_a_handler_may_take_fewer_parameters():
    execution = python("def on_execute_post_change_password(event):\n    print(event.user.email)\n")
    assert (execution.trigger, execution.status) == ("post-change-password", "completed")


def test_dataclasses_and_standard_modules_work():
    execution = python(
        "import dataclasses, sqlite3, urllib.request\n@dataclasses.dataclass\nclass A:\n    b: int = 1\n"
        + handler("print(A())")
    )
    assert said(execution)[0][1] == "A(b=1)"


def test_own_packages_of_the_program_are_out_of_reach():
    execution = python("import textual\n" + handler("pass"))
    assert execution.error.message == "No module named 'textual'"
    assert "add it" in execution.warnings[-1]


def test_missing_handler_names_functions_and_expectation():
    with pytest.raises(
        UserError, match=r"it defines on_execute_post_logn; did you mean.*on_execute_post_login"
    ):
        python("def on_execute_post_logn(event, api): pass\n", trigger="post-login")


@pytest.mark.parametrize("trigger", [None, "post-login"])
def test_a_handler_that_no_trigger_has_is_not_to_be_written(trigger):
    with pytest.raises(UserError, match=r"is not a handler of .*; did you mean 'on_execute_post_login'\?$"):
        python(handler("pass"), trigger=trigger, handler="onExecutePostlogin")


def test_async_api_methods_are_awaited():
    execution = python(handler("print((await api.roles.get_user_effective_roles()).roles)", form="async def"))
    assert execution.status == "completed", execution.error


def test_frozen_clock_and_seeded_random():
    code = "import time, random\nfrom datetime import datetime, UTC\n" + handler(
        "print(time.time(), datetime.now(UTC).isoformat(), isinstance(datetime(2020, 1, 1), datetime), random.random())"
    )
    one = python(code, now_ms=1767225600000, seed=7)
    two = python(code, now_ms=1767225600000, seed=7)
    assert said(one)[0][1].startswith("1767225600.0 2026-01-01T00:00:00+00:00 True 0.")
    assert said(one)[0][1] == said(two)[0][1]


@pytest.mark.parametrize(
    "replaced", ["sys.stdout = None", "sys.stdout = open(os.devnull, 'w')", "sys.stdout.close()"]
)
def test_an_action_may_replace_its_standard_output(replaced):
    execution = python(
        "import os, sys\n" + handler("print('before', end='')", replaced, "raise ValueError('x')")
    )
    assert execution.status == "failed"
    assert execution.error.name == "ValueError"
    assert execution.console[0].text == "before"


def test_bytes_may_be_printed():
    execution = python(
        "import sys\n"
        + handler("sys.stdout.reconfigure(line_buffering=True)", "sys.stdout.buffer.write(b'a\\n')")
    )
    assert said(execution) == [("log", "a", 4)]


def test_the_stack_of_an_exception_group_shows_its_members():
    execution = python(handler("raise ExceptionGroup('all', [ValueError('one'), TypeError('two')])"))
    assert execution.error.name == "ExceptionGroup"
    assert "ValueError: one" in execution.error.stack
    assert "TypeError: two" in execution.error.stack


def test_a_handler_may_be_any_callable():
    execution = python(
        "import functools\n"
        "def deny(reason, event, api): api.access.deny(reason)\n"
        "on_execute_post_login = functools.partial(deny, 'x')\n"
    )
    assert execution.status == "denied"


def test_what_was_imported_is_not_called_defined():
    with pytest.raises(UserError, match=r"it defines helper; expected"):
        python("from json import dumps\ndef helper(): pass\n")


def test_the_hosts_own_modules_stand_in_the_way_of_no_import(tmp_path):
    for name in ("api", "pipe", "console", "record"):
        (tmp_path / f"{name}.py").write_text(f"NAME = 'own {name}'\n")
    execution = python(
        "import api as a, pipe, console, record, sys\n"
        + handler(
            "print(a.NAME, pipe.NAME, console.NAME, record.NAME)",
            "print([p for p in sys.path if 'runtime/hosts' in p])",
        ),
        packages=Packages(folders=(tmp_path,)),
    )
    assert [line.text for line in execution.console] == ["own api own pipe own console own record", "[]"]
