"""The log of executions: what was written comes back, whoever writes at the same time and whatever broke."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith.errors import UserError
from actionsmith.tenant.log import Log, LogFilter
from actionsmith.tenant.log.record import LoggedAction, LoggedCommand, LoggedError, LoggedLine, LogRecord
from actionsmith.tenant.tenant import Tenant
from actionsmith.triggers import loader

NOON = datetime(2026, 1, 20, 12, tzinfo=UTC)


def record(name: str = "a", **more) -> LogRecord:
    """A run of the Action `Gate`."""
    action = {
        "action_name": "Gate",
        "version": 1,
        "language": "javascript",
        "handler": "onExecutePostLogin",
        "status": more.get("status", "completed"),
        "started_at": NOON,
        "ended_at": NOON,
        **more.pop("action", {}),
    }
    whole = {
        "kind": "run",
        "trigger_id": "post-login",
        "status": "completed",
        "created_at": NOON,
        "updated_at": NOON,
    }
    return LogRecord(id=name, actions=[LoggedAction(**action)], **whole | more)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "log", lambda: 10)


def ids(records: list[LogRecord]) -> str:
    return "".join(item.id for item in records)


def today(log: Log) -> Path:
    return log.folder / f"{datetime.now(UTC).date()}.jsonl"


def test_what_is_written_comes_back_newest_last(log):
    assert log.read().records == []
    written = [
        record(name, action={"console": [LoggedLine(level="warn", text=f"ü {name}")]}) for name in "abcde"
    ]
    for item in written:
        log.append(item)
    assert log.read().records == written
    assert ids(log.read(limit=2).records) == "de"
    assert log.read(limit=0).records == []


def test_tail_gives_what_is_new_and_only_once(log):
    log.append(record("a"))
    page = log.read()
    assert log.tail(page.cursor).records == []
    log.append(record("b"))
    log.append(record("c", status="failed"))
    new = log.tail(page.cursor)
    assert ids(new.records) == "bc"
    assert log.tail(new.cursor).records == []
    assert ids(log.tail(page.cursor, LogFilter(status=frozenset({"failed"}))).records) == "c"


def test_tail_goes_on_in_the_next_days_file(log):
    page = log.read()
    for days in (2, 1):
        log.append(record(str(days)))
        today(log).rename(log.folder / f"{datetime.now(UTC).date() - timedelta(days=days)}.jsonl")
    first = log.tail(page.cursor)
    assert ids(first.records) == "21"
    assert ids(log.read(limit=1).records) == "1"
    log.append(record("x"))
    assert ids(log.tail(first.cursor).records) == "x"
    today(log).write_bytes(b"")  # emptied by hand
    log.append(record("y"))
    assert ids(log.read().records) == "21y"


FILTERS = {
    "trigger": (LogFilter(trigger="credentials-exchange"), "b"),
    "action": (LogFilter(action="Tag"), "c"),
    "status": (LogFilter(status=frozenset({"denied", "failed"})), "de"),
    "since": (LogFilter(since=NOON + timedelta(seconds=1)), "e"),
    "console": (LogFilter(grep="HELLO there"), "c"),
    "error": (LogFilter(grep="typeerror: x is"), "e"),
    "command": (LogFilter(grep="api.access.deny"), "d"),
    "argument": (LogFilter(grep='say "no"'), "d"),
    "number in the outcome": (LogFilter(grep="4711"), "d"),
    "name in the outcome": (LogFilter(grep="reasonCode"), "d"),
    "names of fields are no text": (LogFilter(grep="started_at"), ""),
    "both": (LogFilter(status=frozenset({"failed"}), grep="nothing"), ""),
}


@pytest.mark.parametrize(("wanted", "expected"), FILTERS.values(), ids=FILTERS.keys())
def test_filters(log, wanted, expected):
    log.append(record("a"))
    log.append(record("b", trigger_id="credentials-exchange"))
    hello = [LoggedLine(level="log", text="hello there")]
    log.append(record("c", action={"action_name": "Tag", "console": hello}))
    deny = [LoggedCommand(path="access.deny", args=['say "no"'])]
    outcome = {"access": {"denied": {"reasonCode": 4711}}}
    log.append(record("d", status="denied", action={"commands": deny, "outcome": outcome}))
    error = LoggedError(name="TypeError", message="x is not a function")
    log.append(record("e", status="failed", updated_at=NOON + timedelta(seconds=2), action={"error": error}))
    assert ids(log.read(wanted).records) == expected


def test_damaged_lines_are_passed_over_and_counted(log):
    log.append(record("a"))
    with today(log).open("ab") as file:
        file.write(b'{"id": 7}\nnot JSON\n\xff\xfe\n\n[1]\n')
    log.append(record("b"))
    page = log.read()
    assert (ids(page.records), page.damaged) == ("ab", 4)
    assert log.read(limit=1).damaged == 0  # what is not looked at is not counted


def test_a_writer_that_died_in_a_line_costs_only_that_line(log):
    log.append(record("a"))
    cursor = log.read().cursor
    with today(log).open("ab") as file:
        file.write(b'{"id":"b","kind":"run","trig')
    assert ids(log.read().records) == "a"
    assert log.tail(cursor).records == []
    log.append(record("c"))
    page = log.tail(cursor)
    assert (ids(page.records), page.damaged) == ("c", 1)


def test_other_files_in_the_folder_are_left_alone(log):
    log.append(record("a"))
    (log.folder / "notes.txt").write_text("mine")
    (log.folder / "2026-01-01.jsonl.bak").write_text("mine")
    log.drop_old()
    assert ids(log.read().records) == "a"
    assert {path.name for path in log.folder.iterdir()} == {
        "notes.txt",
        "2026-01-01.jsonl.bak",
        today(log).name,
    }


def test_a_new_day_takes_old_days_away(log):
    log.folder.mkdir()
    now = datetime.now(UTC).date()
    for days in (1, 10, 11, 400):
        (log.folder / f"{now - timedelta(days=days)}.jsonl").write_text("")
    log.append(record("a"))
    left = {path.stem for path in log.folder.iterdir()}
    assert left == {str(now - timedelta(days=days)) for days in (0, 1, 10)}


def test_a_disk_that_refuses_leaves_the_log_as_it_was(log, monkeypatch):
    log.append(record("a"))
    before = today(log).read_bytes()
    real = os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) > 50:
            return real(handle, data[:50])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(UserError, match=r"cannot be written \(No space left on device\)"):
        log.append(record("b"))
    monkeypatch.undo()
    assert today(log).read_bytes() == before
    log.append(record("c"))
    assert (ids(log.read().records), log.read().damaged) == ("ac", 0)


def test_a_file_in_place_of_the_folder_is_a_sentence(tmp_path):
    (tmp_path / "log").write_text("")
    log = Log(tmp_path / "log", lambda: 10)
    with pytest.raises(UserError, match="cannot be written"):
        log.append(record())
    assert log.read().records == []


def test_only_the_owner_can_read_it(log):
    log.append(record())
    assert (log.folder.stat().st_mode & 0o777, today(log).stat().st_mode & 0o777) == (0o700, 0o600)


WRITER = """
import sys
from pathlib import Path
sys.path[:0] = {path!r}
from test_log import record
from actionsmith.tenant.log import Log
log = Log(Path(sys.argv[1]), lambda: 10)
for number in range(150):
    log.append(record(f"{{sys.argv[2]}}-{{number}}", action={{"warnings": ["x" * (number * 400 % 30000)]}}))
"""


def test_several_processes_write_at_once(log):
    code = WRITER.format(path=[str(Path(__file__).parent)])
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(log.folder), name], env=os.environ)
        for name in "pqr"
    ]
    page, seen = log.read(), []
    while any(writer.poll() is None for writer in writers):
        page = log.tail(page.cursor)
        assert page.damaged == 0
        seen += page.records
    seen += log.tail(page.cursor).records
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    for name in "pqr":
        own = [item.id for item in seen if item.id.startswith(name)]
        assert own == [f"{name}-{number}" for number in range(150)]
    assert log.read().records == seen


@settings(max_examples=60, deadline=None)
@given(
    data=st.binary(max_size=300),
    cuts=st.lists(st.integers(0, 300), max_size=4),
)
def test_no_file_content_breaks_reading(tmp_path_factory, data, cuts):
    log = Log(tmp_path_factory.mktemp("any") / "log", lambda: 10)
    log.append(record("a"))
    whole = today(log).read_bytes()
    for cut in cuts:
        data = data[:cut] + b"\n" + data[cut:]
    today(log).write_bytes(data + b"\n" + whole + data)
    log.append(record("b"))
    found = log.read().records
    assert found[-1].id == "b" and any(item.id == "a" for item in found)


def test_a_tenant_keeps_ten_days_or_as_many_as_it_says(tmp_path):
    tenant = Tenant.create(tmp_path / "tenant", "work")
    assert tenant.log_days == loader.limit("execution_log.retention") == 10
    tenant.log.append(record())
    old = tenant.log.folder / f"{datetime.now(UTC).date() - timedelta(days=5)}.jsonl"
    old.write_text("")
    for days in (0, -1, 10**9):
        with pytest.raises(UserError, match="1 to 3650 days"):
            tenant.log_days = days
    assert old.exists()
    tenant.log_days = 3
    assert Tenant.open(tenant.path).log_days == 3
    assert not old.exists()
    tenant.log_days = None
    assert tenant.log_days == 10
