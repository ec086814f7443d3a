"""The journal: text of a process that died is offered again, once, and only that."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from actionsmith import paths
from actionsmith.tenant.journal import Journal, text_digest
from actionsmith.tenant.tenant import Tenant

TYPE_AND_WAIT = """
import sys
from pathlib import Path
from actionsmith.tenant.journal import Journal, text_digest
from actionsmith.tenant.tenant import Tenant
tenant = Tenant.open(Path(sys.argv[1]))
journal = Journal(tenant)
for length in range(1, len(sys.argv[2]) + 1):
    journal.write("Greet", sys.argv[2][:length], text_digest(tenant.draft("Greet").code))
print("typed", flush=True)
sys.stdin.read()
"""


def typing_process(tenant: Tenant, text: str) -> subprocess.Popen[bytes]:
    """A process that has typed and not saved."""
    process = subprocess.Popen(
        [sys.executable, "-c", TYPE_AND_WAIT, str(tenant.path), text],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"typed\n"
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def journal_files(tenant: Tenant) -> list[Path]:
    return list((paths.state_dir() / "journal" / tenant.id).glob("*"))


def texts(journal: Journal) -> list[str]:
    return [found.text for found in journal.recoverable()]


def crashed(tenant: Tenant, action: str, text: str, base: str = "first") -> None:
    """Leave the journal of a dead process: its lock is free, its text is there."""
    journal = Journal(tenant)
    journal.write(action, text, text_digest(base))
    journal.close()


def test_text_of_a_killed_process_is_offered_and_of_a_living_one_is_not(deployed: Tenant) -> None:
    process = typing_process(deployed, "unsaved [text]")
    journal = Journal(deployed)
    assert journal.recoverable() == []
    kill(process)
    (found,) = journal.recoverable()
    assert (found.action, found.text, found.draft_moved) == ("Greet", "unsaved [text]", False)


def test_two_that_start_at_once_do_not_both_get_the_text(deployed: Tenant) -> None:
    crashed(deployed, "Greet", "mine")
    first, second = Journal(deployed), Journal(deployed)
    assert texts(first) == ["mine"]
    assert texts(second) == []


def test_recovered_text_survives_the_next_crash_until_it_is_discarded(deployed: Tenant) -> None:
    crashed(deployed, "Greet", "mine")
    first = Journal(deployed)
    assert texts(first) == ["mine"]
    first.close()
    second = Journal(deployed)
    (found,) = second.recoverable()
    second.discard(found)
    assert texts(second) == []
    second.close()
    assert texts(Journal(deployed)) == []
    assert [path for path in journal_files(deployed) if path.suffix == ".json"] == []


def test_saving_something_else_leaves_what_was_recovered(deployed: Tenant) -> None:
    """The person said “later” to the recovered text; a save of another one decides nothing about it."""
    crashed(deployed, "Greet", "recovered")
    journal = Journal(deployed)
    assert texts(journal) == ["recovered"]
    journal.write("Greet", "typed anew", text_digest("first"))
    deployed.save_code("Greet", "typed anew")
    journal.clear("Greet")
    assert texts(journal) == ["recovered"]


def test_a_text_laid_by_is_not_replaced_by_another_of_that_name(deployed: Tenant) -> None:
    journal = Journal(deployed)
    journal.write("Deleted", "of the old one", text_digest("first"))
    journal.lay_by("Deleted")
    journal.write("Deleted", "of the new one", text_digest(""))
    journal.clear("Deleted")
    journal.close()
    assert texts(Journal(deployed)) == ["of the old one"]


def test_the_same_text_of_two_crashes_is_offered_once(deployed: Tenant) -> None:
    crashed(deployed, "Greet", "mine")
    crashed(deployed, "Greet", "mine")
    journal = Journal(deployed)
    (found,) = journal.recoverable()
    journal.discard(found)
    assert texts(journal) == []


def test_a_late_thread_does_not_replace_what_was_written_at_the_end(deployed: Tenant) -> None:
    journal = Journal(deployed)
    journal.write("Greet", "newest", text_digest("first"))
    journal.close()
    journal.write("Greet", "older", text_digest("first"))
    journal.clear("Greet")
    assert texts(Journal(deployed)) == ["newest"]


def test_one_of_two_texts_of_an_action_can_be_discarded(deployed: Tenant) -> None:
    crashed(deployed, "Greet", "older")
    crashed(deployed, "Greet", "newer")
    journal = Journal(deployed)
    journal.write("Greet", "being typed", text_digest("first"))
    older = next(found for found in journal.recoverable() if found.text == "older")
    journal.discard(older)
    assert texts(journal) == ["newer"]
    journal.close()
    assert sorted(texts(Journal(deployed))) == ["being typed", "newer"]


def test_what_was_saved_since_is_not_offered(deployed: Tenant) -> None:
    crashed(deployed, "Greet", "second")
    deployed.save_code("Greet", "second")
    assert texts(Journal(deployed)) == []


def test_a_draft_that_moved_on_is_marked(deployed: Tenant) -> None:
    crashed(deployed, "Greet", "mine")
    deployed.save_code("Greet", "theirs")
    (found,) = Journal(deployed).recoverable()
    assert found.draft_moved


def test_text_of_an_action_that_is_gone_is_still_offered(deployed: Tenant) -> None:
    crashed(deployed, "Deleted", "mine")
    (found,) = Journal(deployed).recoverable()
    assert (found.action, found.draft_moved) == ("Deleted", True)


@pytest.mark.parametrize("garbage", [b"", b"\xff", b'{"a": 1}', b'[{"action": "Greet"'])
def test_a_damaged_journal_hides_no_other(deployed: Tenant, garbage: bytes) -> None:
    crashed(deployed, "Greet", "mine")
    (path,) = [path for path in journal_files(deployed) if path.suffix == ".json"]
    (path.parent / "1-deadbeef.json").write_bytes(garbage)
    journal = Journal(deployed)
    (found,) = journal.recoverable()
    assert found.text == "mine"
    journal.discard(found)
    journal.clear("Greet")
    (damaged,) = journal.unreadable()
    assert damaged.read_bytes() == garbage, "what cannot be read is not deleted"


def test_a_closed_empty_journal_leaves_nothing(deployed: Tenant) -> None:
    journal = Journal(deployed)
    journal.write("Greet", "x", text_digest("first"))
    journal.clear("Greet")
    journal.close()
    assert journal_files(deployed) == []


def test_an_event_is_kept_beside_an_action_of_the_same_name(deployed: Tenant) -> None:
    deployed.save_event("post-login", "Greet", "{}")
    journal = Journal(deployed)
    for trigger, name, text in [
        ("", "Greet", "code"),
        ("post-login", "Greet", "[1]"),
        ("post-login", "", "[2]"),
    ]:
        journal.write(name, text, text_digest("{}"), trigger=trigger)
    journal.close()
    later = Journal(deployed)
    found = {(each.trigger, each.action): each for each in later.recoverable()}
    assert {key: each.text for key, each in found.items()} == {
        ("", "Greet"): "code",
        ("post-login", "Greet"): "[1]",
        ("post-login", ""): "[2]",
    }
    event, default = found["post-login", "Greet"], found["post-login", ""]
    assert (event.saved, event.draft_moved) == ("{}", False)
    assert default.draft_moved, "the default event is another one"
    later.discard(event)
    later.discard(default)
    assert texts(later) == ["code"]


def test_the_journal_of_an_older_program_is_read(deployed: Tenant) -> None:
    crashed(deployed, "Greet", "mine")
    (path,) = [path for path in journal_files(deployed) if path.suffix == ".json"]
    path.write_bytes(path.read_bytes().replace(b',"trigger":""', b""))
    assert b"trigger" not in path.read_bytes()
    assert texts(Journal(deployed)) == ["mine"]
