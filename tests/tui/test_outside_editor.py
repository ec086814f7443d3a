"""The text in the person's own editor."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bare_editor import BareEditor, Bench, bench
from textual.app import SuspendNotSupported

from actionsmith.errors import UserError
from actionsmith.tui.editor.outside_editor import NotEdited, edited
from actionsmith.workshop.own_editor import editor_command

FAKE = """
import os, pathlib, sys
path = pathlib.Path(sys.argv[1])
log = pathlib.Path(__file__).with_name("log")
log.write_text(f"{path.suffix} {path.stat().st_mode & 0o777:o} {path.parent.stat().st_mode & 0o777:o} {path}")
{body}
"""


def script(tmp_path: Path, body: str) -> list[str]:
    path = tmp_path / "fake_editor.py"
    path.write_text(FAKE.replace("{body}", body))
    return [sys.executable, str(path)]


@contextmanager
def not_suspended(self: object) -> Iterator[None]:
    yield


async def run(desk: Bench, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setattr(BareEditor, "suspend", not_suspended)
    monkeypatch.setenv("VISUAL", shlex.join(command))
    await desk.press("alt+e")


async def test_what_comes_back_is_one_step_and_the_undo_before_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bench("a = 1\nb = 2", "python") as desk:
        editor = desk.editor
        editor.insert("c", (1, 5))
        command = script(tmp_path, "path.write_text(path.read_text().replace('=', ':=') + '\\n')")
        await run(desk, monkeypatch, command)
        assert editor.text == "a := 1\nb := 2c"
        assert (tmp_path / "log").read_text().startswith(".py 600 700 ")
        editor.undo()
        assert editor.text == "a = 1\nb = 2c"
        editor.undo()
        assert editor.text == "a = 1\nb = 2"


@pytest.mark.parametrize(
    ("body", "sentence", "kept"),
    [
        ("path.write_text('kept'); sys.exit(3)", "ended with 3", b"kept"),
        ("path.write_text('kept'); os.kill(os.getpid(), 9)", "ended with -9", b"kept"),
        ("path.write_bytes(b'\\xff\\xfe')", "The file is not UTF-8 any more", b"\xff\xfe"),
        ("path.unlink()", "could not be used: No such file or directory", None),
        ("sys.exit(3)", "ended with 3", None),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_what_was_written_stays(
    tmp_path: Path, body: str, sentence: str, kept: bytes | None
) -> None:
    with pytest.raises(NotEdited) as fault:
        edited("text", ".js", script(tmp_path, body))
    file = Path((tmp_path / "log").read_text().split()[-1])
    if kept is None:
        assert str(fault.value).endswith(f"{sentence}: the text stays as it was.")
        assert not file.parent.exists()
    else:
        assert str(fault.value).endswith(f"{sentence}: the text here stays as it was, yours is in {file}.")
        assert file.read_bytes() == kept
        shutil.rmtree(file.parent)


def test_the_file_is_gone_afterwards(tmp_path: Path) -> None:
    assert edited("a\n", ".js", script(tmp_path, "pass")) == "a\n"
    assert not Path((tmp_path / "log").read_text().split()[-1]).parent.exists()


def test_the_editor_is_named_by_visual_or_editor() -> None:
    assert editor_command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert editor_command({"VISUAL": " ", "EDITOR": "'my vi' -n"}) == ["my vi", "-n"]
    for environment, sentence in (({}, "no editor is set"), ({"EDITOR": "vi '"}, "$EDITOR cannot be read")):
        with pytest.raises(UserError, match="^" + sentence.replace("$", r"\$")):
            editor_command(environment)


async def test_where_it_cannot_be_done_the_person_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bench("a", "python") as desk:
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.delenv("EDITOR", raising=False)
        await desk.press("alt+e")
        assert desk.notices[-1].startswith("No editor is set;")

        @contextmanager
        def refused(self: object) -> Iterator[None]:
            raise SuspendNotSupported("no")
            yield

        monkeypatch.setattr(BareEditor, "suspend", refused)
        monkeypatch.setenv("EDITOR", "vi")
        await desk.press("alt+e")
        assert desk.notices[-1].startswith("The terminal cannot be handed over here")
        await run(desk, monkeypatch, script(tmp_path, "sys.exit(1)"))
        assert desk.notices[-1].endswith("ended with 1: the text stays as it was.")
        assert desk.editor.text == "a"
