"""Runs that are the same each time: a clock that stands still, random numbers, a cache, a package's stand-in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from http_actions import LANGUAGES
from running import javascript, python, said

from actionsmith.runtime.host_kind import Packages

NOW = datetime(2026, 1, 20, 8, 30, 15, 250_000, UTC)
NOW_MS = NOW.timestamp() * 1000


def texts(execution):
    assert execution.error is None, execution.error
    return [text for _, text, _ in said(execution)]


JAVASCRIPT_CLOCK = {
    "Date.now()": "1768897815250",
    "new Date().toISOString()": "2026-01-20T08:30:15.250Z",
    "new Date(0).toISOString()": "1970-01-01T00:00:00.000Z",
    "new Date(2020, 1).getMonth()": "1",
    "Date() === new Date().toString() && typeof Date()": "string",
    "new (class Mine extends Date {})().getTime() === Date.now()": "true",
    "new Date() instanceof Date && new Date().constructor === Date": "true",
    "loadedBefore instanceof Date": "true",
    "Date.name + Date.length + Date.now.name": "Date7now",
    "performance.timeOrigin": "1768897815250",
    "require('perf_hooks').performance.timeOrigin": "1768897815250",
    "performance.now() < 1e6": "true",
    "new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', timeStyle: 'medium' }).format()": "08:30:15",
    "new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'short' }).format(0)": "01/01/1970",
    "new Intl.DateTimeFormat('en', { timeZone: 'UTC', year: 'numeric' }).formatToParts()[0].value": "2026",
    "[new Date()].map(new Intl.DateTimeFormat('en', { timeZone: 'UTC', year: 'numeric' }).format)[0]": "2026",
}
PYTHON_CLOCK = {
    "time.time()": "1768897815.25",
    "time.time_ns()": "1768897815250000000",
    "time.gmtime().tm_hour, time.gmtime(0).tm_year, time.gmtime(None).tm_min": "(8, 1970, 30)",
    "time.localtime() == time.localtime(time.time())": "True",
    "time.strftime('%Y', time.gmtime(0)), time.strftime('%Y')": "('1970', '2026')",
    "time.ctime() == time.ctime(time.time()) == time.asctime()": "True",
    "time.clock_gettime(time.CLOCK_REALTIME)": "1768897815.25",
    "0 < time.monotonic() < time.perf_counter() + 1e9": "True",
    "datetime.datetime.now(datetime.UTC)": "2026-01-20 08:30:15.250000+00:00",
    "datetime.datetime.utcnow()": "2026-01-20 08:30:15.250000",
    "datetime.datetime.now() == datetime.datetime.today()": "True",
    "datetime.date.today() == datetime.datetime.now().date()": "True",
    "repr(datetime.datetime.utcnow())": "datetime.datetime(2026, 1, 20, 8, 30, 15, 250000)",
    "repr(datetime.date.today())": "datetime.date(2026, 1, 20)",
    "issubclass(datetime.datetime, datetime.date)": "True",
    "isinstance(datetime.datetime.min, datetime.datetime)": "True",
    "isinstance(datetime.datetime.now(), datetime.date)": "True",
    "isinstance(datetime.date.today(), datetime.datetime)": "False",
    "isinstance(datetime.datetime.now(), type('Mine', (datetime.datetime,), {}))": "False",
    "pickle.loads(pickle.dumps(datetime.datetime.now())) == datetime.datetime.now()": "True",
    "datetime.datetime.now() - datetime.datetime.strptime('2026', '%Y') > datetime.timedelta(19)": "True",
    "email.utils.formatdate()": "Tue, 20 Jan 2026 08:30:15 -0000",
}


def test_the_clock_of_javascript_stands_still():
    told = ", ".join(f"() => {expression}" for expression in JAVASCRIPT_CLOCK)
    execution = javascript(
        "const loadedBefore = require('fs').statSync('.').mtime;\n"
        f"exports.onExecutePostLogin = async () => {{ for (const tell of [{told}]) console.log(String(tell())); }};",
        now_ms=NOW_MS,
    )
    assert dict(zip(JAVASCRIPT_CLOCK, texts(execution), strict=True)) == JAVASCRIPT_CLOCK


def test_a_date_of_javascript_knows_whole_milliseconds_only():
    code = "exports.onExecutePostLogin = async () => console.log(Date.now(), Date.now() === +new Date());"
    assert texts(javascript(code, now_ms=NOW_MS + 0.75)) == ["1768897815250 true"]


def test_the_clock_of_python_stands_still():
    told = "".join(f"    print(({expression}))\n" for expression in PYTHON_CLOCK)
    execution = python(
        f"import datetime, email.utils, pickle, time\ndef on_execute_post_login(event, api):\n{told}",
        now_ms=NOW_MS,
    )
    assert dict(zip(PYTHON_CLOCK, texts(execution), strict=True)) == PYTHON_CLOCK


def test_api_and_the_cache_go_by_the_same_clock():
    """Entries are gone when they are too old at the frozen time."""
    cache = {
        "old": {"value": "a", "expires_at": NOW_MS - 1},
        "new": {"value": "b", "expires_at": NOW_MS + 1000},
    }
    line = (
        "print(api.cache.get('old'), api.cache.get('new').value, int(api.cache.get('new').expires_at - {}))"
    )
    execution = python(
        "import time\ndef on_execute_post_login(event, api):\n    " + line.format("time.time() * 1000"),
        now_ms=NOW_MS,
        cache=cache,
    )
    assert texts(execution) == ["None b 1000"]
    execution = javascript(
        "exports.onExecutePostLogin = async (event, api) => {\n"
        "  const { value, expires_at } = api.cache.get('new');\n"
        "  console.log(api.cache.get('old'), value, expires_at - Date.now());\n};",
        now_ms=NOW_MS,
        cache=cache,
    )
    assert texts(execution) == ["undefined b 1000"]


RANDOM = {
    "javascript": "exports.onExecutePostLogin = async () => console.log(Math.random(), Math.random());",
    "python": "import random\ndef on_execute_post_login(event, api):\n"
    "    print(random.random(), random.choice('abcdefgh'), random.sample(range(99), 3))\n",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_seed_makes_random_numbers_repeat(language):
    run = {"javascript": javascript, "python": python}[language]
    first, again, other, none = (texts(run(RANDOM[language], seed=seed)) for seed in (7, 7, 8, None))
    assert first == again
    assert len({*first, *other, *none}) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_being_asked_for_nothing_is_made_up(language):
    run = {"javascript": javascript, "python": python}[language]
    code = {
        "javascript": "exports.onExecutePostLogin = async () => console.log(Date.now());",
        "python": "import time\ndef on_execute_post_login(event, api):\n    print(time.time() * 1000)\n",
    }[language]
    before = datetime.now(UTC).timestamp() * 1000
    (told,) = texts(run(code))
    assert before - 1 <= float(told) <= datetime.now(UTC).timestamp() * 1000


def test_a_folder_stands_in_for_an_npm_package(tmp_path):
    package = tmp_path / "stand-in"
    (package / "lib").mkdir(parents=True)
    (package / "package.json").write_text('{"name": "left-pad", "main": "lib/main.js"}')
    (package / "lib/main.js").write_text("module.exports = (text) => `mine ${text} ${require('./more')}`;")
    (package / "lib/more.js").write_text("module.exports = 'more';")
    execution = javascript(
        "const pad = require('left-pad');\nconst more = require('left-pad/lib/more');\n"
        "exports.onExecutePostLogin = async () => {\n"
        "  console.log(pad('x'), more, (await import('left-pad')).default('y'));\n};",
        packages=Packages(overrides={"left-pad": package}),
    )
    assert texts(execution) == ["mine x more more mine y more"]


@pytest.mark.parametrize("form", ["the package", "its folder"])
def test_a_folder_stands_in_for_a_python_package(tmp_path, form):
    package = tmp_path / "work" / "sdk"
    (package / "inner").mkdir(parents=True)
    (package / "__init__.py").write_text("from .inner import value\n")
    (package / "inner/__init__.py").write_text("value = 'mine'\n")
    folder = package if form == "the package" else package.parent
    execution = python(
        "import sdk\nfrom sdk.inner import value\n"
        "def on_execute_post_login(event, api):\n    print(sdk.value, value)\n",
        packages=Packages(overrides={"sdk": folder}),
    )
    assert texts(execution) == ["mine mine"]
