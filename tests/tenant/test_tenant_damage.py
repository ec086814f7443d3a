"""Damaged files: a sentence that names them, a copy that is kept, and work that goes on where it can."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith.errors import UserError
from actionsmith.tenant.storage import migrations
from actionsmith.tenant.tenant import Tenant

GARBAGE = [
    b"",
    b"{",
    b"\x00\xff\xfe",
    b"[]",
    b'{"meta": {"one": {}}}',
    b'{"meta": {"1": {"schema": "?"}}}',
    b"null",
]


def kept(tenant: Tenant) -> list[bytes]:
    folder = tenant.path / "quarantine"
    return [path.read_bytes() for path in folder.iterdir()] if folder.exists() else []


def content_files(tenant: Tenant) -> list[Path]:
    return list(tenant.path.glob("actions/*/content/*.json"))


@pytest.mark.parametrize("garbage", GARBAGE)
def test_a_damaged_index_stops_and_stays_where_it_is(deployed: Tenant, garbage: bytes) -> None:
    index = deployed.path / "tenant.json"
    good = index.read_bytes()
    index.write_bytes(garbage)
    for _ in range(2):
        with pytest.raises(UserError, match=r"tenant\.json .*put a good copy in its place"):
            Tenant.open(deployed.path)
    assert index.read_bytes() == garbage
    assert kept(deployed) in ([garbage], [])
    index.write_bytes(good)
    assert Tenant.open(deployed.path).version("Greet", 1).code == "first"


def test_a_truncated_index_is_kept_aside_once(deployed: Tenant) -> None:
    index = deployed.path / "tenant.json"
    half = index.read_bytes()[:200]
    index.write_bytes(half)
    for _ in range(3):
        with pytest.raises(UserError, match=r"is damaged .* it is kept as"):
            Tenant.open(deployed.path)
    assert kept(deployed) == [half]


@settings(max_examples=40, deadline=None)
@given(
    garbage=st.binary(max_size=40)
    | st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ).map(msgspec.json.encode)
)
def test_no_content_of_the_index_causes_a_traceback(
    garbage: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("garbage")
    (path / "tenant.json").write_bytes(garbage)
    with pytest.raises(UserError):
        Tenant.open(path)


def test_damaged_events_are_set_aside_and_new_ones_can_be_saved(deployed: Tenant) -> None:
    deployed.save_event("post-login", "admin user", "{}")
    (deployed.path / "events.json").write_bytes(b'{"events": {"1": {')
    with pytest.raises(UserError, match=r"events\.json is damaged.*quarantine.*work goes on"):
        deployed.events("post-login")
    assert deployed.events("post-login") == []
    deployed.save_event("post-login", "other", "{}")
    assert [event.name for event in deployed.events("post-login")] == ["other"]
    assert kept(deployed) == [b'{"events": {"1": {']


def test_a_damaged_list_of_versions_leaves_the_draft_and_the_numbers(deployed: Tenant) -> None:
    (path,) = deployed.path.glob("actions/*/versions.json")
    path.write_bytes(b"garbage")
    with pytest.raises(UserError, match=r"versions\.json is damaged"):
        deployed.versions("Greet")
    with pytest.raises(UserError, match="its list of versions is lost"):
        deployed.version("Greet", 1)
    assert deployed.draft("Greet").code == "first"
    assert deployed.deploy("Greet").number == 2
    assert kept(deployed) == [b"garbage"]


def test_one_damaged_version_does_not_hide_the_others(deployed: Tenant) -> None:
    (first,) = content_files(deployed)
    deployed.save_code("Greet", "second")
    deployed.deploy("Greet")
    first.write_bytes(first.read_bytes()[:-4])
    newest, oldest = deployed.versions("Greet")
    assert newest.code == "second"
    assert oldest.note.startswith("damaged: ")
    with pytest.raises(UserError, match="version 1 of 'Greet' is gone"):
        deployed.rollback("Greet", 1)
    assert deployed.action("Greet").deployed == 2


def test_a_damaged_draft_can_be_saved_anew_or_rolled_back(deployed: Tenant) -> None:
    deployed.save_code("Greet", "second")
    (draft,) = [path for path in content_files(deployed) if b"second" in path.read_bytes()]
    draft.write_bytes(b"{}")
    with pytest.raises(UserError, match="is damaged"):
        deployed.draft("Greet")
    with pytest.raises(UserError, match="roll back to a version"):
        deployed.draft("Greet")
    (warning,) = deployed.save_code("Greet", "third")
    assert "must be set again" in warning
    assert deployed.draft("Greet").code == "third"
    assert deployed.rollback("Greet", 1).code == "first"
    assert kept(deployed) == [b"{}"]


def test_a_body_that_was_damaged_is_written_again_when_its_text_is_saved(deployed: Tenant) -> None:
    (first,) = content_files(deployed)
    deployed.save_code("Greet", "second")
    first.write_bytes(b"")
    deployed.save_code("Greet", "first")
    assert deployed.version("Greet", 1).code == "first"


def with_schema(tenant: Tenant, number: int) -> None:
    index = tenant.path / "tenant.json"
    tables = msgspec.json.decode(index.read_bytes())
    tables["meta"]["1"]["schema"] = number
    index.write_bytes(msgspec.json.encode(tables))


def test_a_newer_format_is_refused(deployed: Tenant) -> None:
    with_schema(deployed, 99)
    with pytest.raises(UserError, match=r"newer Actionsmith \(format 99.*upgrade"):
        Tenant.open(deployed.path)


def test_an_older_format_is_brought_up_to_date(deployed: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)
    monkeypatch.setitem(migrations.STEPS, migrations.SCHEMA - 1, lambda path: with_schema(deployed, 2))
    assert Tenant.open(deployed.path).action("Greet").latest == 1
    monkeypatch.delitem(migrations.STEPS, migrations.SCHEMA - 1)
    assert Tenant.open(deployed.path).action("Greet").latest == 1
