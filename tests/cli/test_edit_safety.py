"""`action edit` loses no text: files that cannot be drafts, names that clash, saves at the same moment."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from outside_drafts import PYTHON, command, until

from actionsmith.errors import UserError
from actionsmith.tenant.tenant import Tenant


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("printf 'caf\\351' > \"$1\"", "is not UTF-8"),
        (': > "$1"', "is empty"),
        ('echo typed > "$1"; {delete}', "was deleted"),
    ],
)
def test_a_text_that_cannot_be_the_draft_is_kept(
    cli, drafts: Tenant, editor, body: str, sentence: str
) -> None:
    delete = f"{sys.executable} -c 'from actionsmith.cli import main; main()' --tenant work action delete Tag"
    editor(body.replace("{delete}", delete))
    ended = cli("--tenant", "work", "action", "edit", "Tag")
    assert (ended.code, sentence in ended.err) == (2, True), ended.err
    kept = Path(ended.err.rpartition(" ")[2].strip())
    assert kept.exists()
    shutil.rmtree(kept.parent)
    if sentence != "was deleted":
        assert drafts.draft("Tag").code == PYTHON


def test_ctrl_c_in_the_editor_belongs_to_the_editor(drafts: Tenant, editor, tmp_path: Path) -> None:
    editor(
        f'trap \'echo caught >> "{tmp_path}/log"\' INT\ntouch "{tmp_path}/up"\nsleep 1\n'
        'sleep 1\necho "# typed" > "$1"'
    )
    process = subprocess.Popen(
        command("action", "edit", "Tag"), stderr=subprocess.PIPE, start_new_session=True
    )
    until((tmp_path / "up").exists)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, (tmp_path / "log").read_text()) == (0, "caught\n"), err
    assert drafts.draft("Tag").code == "# typed\n"


def test_names_that_clash_and_files_that_are_links_or_read_only(drafts: Tenant, tmp_path: Path) -> None:
    from actionsmith.workshop.outside_editing import OutsideEditing

    folder, real, said = tmp_path / "out", tmp_path / "real.py", []
    for name in ("tag", "Tag.draft", "t" * 400, "..", "Tag/x", "Tag_x"):
        drafts.create_action(name, "post-login", "python", f"# {name}\n")
    folder.mkdir()
    real.write_text("# linked\n")
    (folder / "Tag.py").symlink_to(real)
    outside = OutsideEditing(drafts, folder, None, said.append)
    names = [path.name for path in outside.paths]
    assert len({name.casefold() for name in names}) == len(names) == 8
    assert "Tag.draft (2).py" in names, "the draft of Tag is in Tag.draft.py"
    assert (folder / "Tag.draft.py").read_text() == PYTHON

    def look() -> None:
        outside.look()
        outside.look()

    real.write_text(PYTHON + "# through the link\n")
    look()
    assert drafts.draft("Tag").code == PYTHON + "# through the link\n"
    assert (folder / "Tag.draft (2).py").read_text() == "# Tag.draft\n"
    assert not (folder / "Tag.draft.py").exists()
    real.chmod(0o444)
    drafts.save_code("Tag", PYTHON + "# elsewhere\n")
    look()
    assert "# elsewhere" in real.read_text()
    assert ((folder / "Tag.py").is_symlink(), real.stat().st_mode & 0o777) == (True, 0o444)

    for place, sentence in (
        (drafts.path / "out", "in the tenant's own directory"),
        (real, "cannot be a folder"),
    ):
        with pytest.raises(UserError, match=sentence):
            OutsideEditing(drafts, place, None, said.append)


def test_what_is_written_beside_a_file_is_nobodys_to_delete(drafts: Tenant, tmp_path: Path) -> None:
    from actionsmith.workshop.outside_editing import OutsideEditing

    folder = tmp_path / "out"
    outside = OutsideEditing(drafts, folder, ["Tag"], lambda _: None)
    (file,) = outside.paths
    own = folder / "Tag.draft.py"
    own.write_text("# the person's own\n")

    def look() -> None:
        outside.look()
        outside.look()

    file.write_text("")
    look()
    assert (drafts.draft("Tag").code, own.read_text()) == (PYTHON, "# the person's own\n")
    beside = folder / "Tag.draft (2).py"
    assert beside.read_text() == PYTHON
    beside.write_text("# merged by hand\n")
    file.write_text("# whole again\n")
    look()
    assert drafts.draft("Tag").code == "# whole again\n"
    assert (own.exists(), beside.read_text()) == (True, "# merged by hand\n")
    file.write_text("")
    look()
    file.write_text("\n")
    look()
    assert drafts.draft("Tag").code == "\n", "saved again: so it is meant"


def test_a_save_in_the_moment_of_a_look_is_not_overwritten(
    drafts: Tenant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from actionsmith.workshop import outside_editing

    outside = outside_editing.OutsideEditing(drafts, tmp_path / "out", ["Tag"], lambda _: None)
    (file,) = outside.paths
    write = outside_editing.with_types

    def save_just_now(code: str, *where: str) -> str:
        monkeypatch.setattr(outside_editing, "with_types", write)
        file.write_text("# saved just now\n" + file.read_text())
        return write(code, *where)

    drafts.save_code("Tag", PYTHON + "# elsewhere\n")
    monkeypatch.setattr(outside_editing, "with_types", save_just_now)
    for _ in range(4):
        outside.look()
    assert drafts.draft("Tag").code == "# saved just now\n" + PYTHON + "# elsewhere\n"


def test_a_fault_of_a_moment_is_made_up_for(drafts: Tenant, tmp_path: Path) -> None:
    from actionsmith.workshop.outside_editing import OutsideEditing

    said: list[str] = []
    folder = tmp_path / "out"
    (folder / "Tag.py").mkdir(parents=True)
    outside = OutsideEditing(drafts, folder, None, said.append)
    assert [path.name for path in outside.paths] == ["Gate_ one_two.js"]
    outside.look()
    assert len([sentence for sentence in said if "'Tag' cannot be edited here" in sentence]) == 1
    (folder / "Tag.py").rmdir()
    outside.look()
    file = folder / "Tag.py"
    text = file.read_text()
    file.unlink()
    file.mkdir()
    drafts.save_code("Tag", PYTHON + "# elsewhere\n")
    outside.look()
    assert "cannot be used" in said[-1]
    file.rmdir()
    file.write_text(text)
    for _ in range(3):
        outside.look()
    assert "# elsewhere" in file.read_text()
