"""`action edit`: drafts in one's own editor, with the workbench or the command line beside it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outside_drafts import CODE, PYTHON, command, until

from actionsmith.tenant.tenant import Tenant

MARK = '/** @type {import("./action_types/post-login").OnExecutePostLogin} */ '


@contextmanager
def watching(folder: Path, *names: str) -> Iterator[subprocess.Popen[str]]:
    """`action edit --watch` in a process of its own, ended as a person ends it."""
    process = subprocess.Popen(
        command("action", "edit", *names, "--watch", str(folder)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        while "watching" not in (line := process.stderr.readline()):
            assert line, "it ended"
        yield process
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()


def test_saves_go_both_ways_and_come_together(drafts: Tenant, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    script, module = folder / "Gate_ one_two.js", folder / "Tag.py"
    gate = "Gate: one/two"
    with watching(folder) as process:
        assert script.read_text() == MARK + CODE
        assert (folder / "jsconfig.json").exists()
        assert "interface PostLoginAPI" in (folder / "action_types/post-login.d.ts").read_text()
        assert "class PostLoginAPI" in (folder / "action_types/post_login.pyi").read_text()
        compile(module.read_text(), "Tag.py", "exec")

        script.write_text(MARK + CODE.replace("one", "uno"))
        until(lambda: "uno" in drafts.draft(gate).code)
        assert drafts.draft(gate).code == CODE.replace("one", "uno"), "without the mark for the editor"

        drafts.save_code("Tag", PYTHON + "# elsewhere\n")
        until(lambda: "# elsewhere" in module.read_text())
        assert process.stdout is not None
        drafts.rename_action("Tag", "Label")
        module.write_text("# from outside\n" + module.read_text())
        until(lambda: drafts.draft("Label").code == "# from outside\n" + PYTHON + "# elsewhere\n")

        drafts.create_action("New", "post-login", "python", "# new\n")
        until((folder / "New.py").exists)
        (folder / "New.py").write_text("# last moment\n")
    assert drafts.draft("New").code == "# last moment\n"
    assert process.stdout.read().splitlines() == [str(script), str(module)], "data only"


def test_both_texts_are_kept_when_they_do_not_fit(drafts: Tenant, tmp_path: Path) -> None:
    from actionsmith.workshop.outside_editing import OutsideEditing

    said: list[str] = []
    outside = OutsideEditing(drafts, tmp_path / "out", ["Tag"], said.append)
    (file,) = outside.paths
    draft_file = file.with_name("Tag.draft.py")

    def look() -> None:
        outside.look()
        outside.look()

    mine, theirs = file.read_text().replace("pass", "mine()"), PYTHON.replace("pass", "theirs()")
    file.write_text("# top\n" + file.read_text())
    drafts.save_code("Tag", PYTHON + "# end\n")
    look()
    assert drafts.draft("Tag").code == "# top\n" + PYTHON + "# end\n"
    assert file.read_text().startswith("# top\ndef"), "merged texts are on both sides"
    assert "# end" in file.read_text()

    file.write_text(mine)
    drafts.save_code("Tag", theirs)
    look()
    assert drafts.draft("Tag").code == draft_file.read_text() == theirs
    assert file.read_text() == mine
    assert "in the same lines" in said[-1]
    drafts.save_code("Tag", theirs + "# more\n")
    look()
    assert (file.read_text(), draft_file.read_text()) == (mine, theirs + "# more\n")
    file.write_text(mine)  # the same text, saved again: it is to stay
    os.utime(file, ns=(1, 1))
    look()
    assert drafts.draft("Tag").code == PYTHON.replace("pass", "mine()")
    assert not draft_file.exists()

    file.write_bytes(b"\xff")
    look()
    look()
    assert sum("not UTF-8" in sentence for sentence in said) == 1
    drafts.delete_action("Tag")
    look()
    assert "is not watched any more" in said[-1]


def test_a_file_that_is_there_already_is_not_overwritten(drafts: Tenant, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "Tag.py").write_text("# worked on\n")
    (folder / "jsconfig.json").write_text("{}")
    with watching(folder):
        assert (folder / "Tag.py").read_text() == "# worked on\n"
        assert (folder / "Tag.draft.py").read_text() == drafts.draft("Tag").code == PYTHON
        assert (folder / "jsconfig.json").read_text() == "{}"
        (folder / "Tag.py").write_text("# worked on more\n")
        until(lambda: drafts.draft("Tag").code == "# worked on more\n")
    assert not (folder / "Tag.draft.py").exists()


def test_the_editor_of_the_person_is_opened_on_the_code(cli, drafts: Tenant, editor, monkeypatch) -> None:
    editor('printf \'# typed\\n\' | cat - "$1" > "$1.new"; mv "$1.new" "$1"')
    ended = cli("--tenant", "work", "action", "edit", "Tag")
    assert (ended.code, ended.out) == (0, "")
    assert "saved the draft of 'Tag'" in ended.err
    assert drafts.draft("Tag").code == "# typed\n" + PYTHON

    editor("true")
    assert "is as it was" in cli("--tenant", "work", "action", "edit", "Tag").err
    editor('echo x > "$1"; exit 3')
    ended = cli("--tenant", "work", "action", "edit", "Tag")
    assert ended.code == 2
    kept = Path(ended.err.rpartition(" ")[2].strip())
    assert kept.read_text() == "x\n"
    assert drafts.draft("Tag").code == "# typed\n" + PYTHON

    monkeypatch.setenv("EDITOR", "/no/such/editor --wait")
    assert "'/no/such/editor' cannot be started" in cli("--tenant", "work", "action", "edit", "Tag").err
    monkeypatch.setenv("EDITOR", "")
    assert "set VISUAL or EDITOR" in cli("--tenant", "work", "action", "edit", "Tag").err
    assert cli("--tenant", "work", "action", "edit").code == 2
