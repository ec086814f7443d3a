"""The text in the person's own editor: handed over in a private file, and taken back as one edit."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from actionsmith.errors import UserError
from actionsmith.tui.faults import capitalized
from actionsmith.tui.notices import toast
from actionsmith.workshop.own_editor import editor_command, open_in_editor

if TYPE_CHECKING:
    from actionsmith.tui.editor.searching_text_area import SearchingTextArea

SUFFIXES = {"javascript": ".js", "python": ".py", "json": ".json"}


class NotEdited(Exception):
    """The text stays as it was; the message is a sentence for the person."""


def edit_outside(editor: SearchingTextArea) -> None:
    """Let the person edit the text in their editor. The screen waits: the terminal is the editor's meanwhile.

    What comes back is one step of the undo; whatever goes wrong leaves the text as it is, with a notice.
    """
    if editor.read_only:
        return
    text = "\n".join(editor.document.lines)
    try:
        command = editor_command(os.environ)
        with editor.app.suspend():
            new = edited(text, SUFFIXES.get(editor.syntax, ".txt"), command)
    except SuspendNotSupported:
        toast(editor, "The terminal cannot be handed over here, so no other editor can be opened.", "warning")
    except (UserError, NotEdited) as error:
        toast(editor, capitalized(str(error)), "warning")
    else:
        editor.set_text(new)
    editor.app.refresh(layout=True)


def edited(text: str, suffix: str, command: list[str]) -> str:
    """What a text becomes in an editor. The file is the person's alone, and gone once it was taken back.

    A newline that the editor puts at the end of the last line is no change. Raises NotEdited.
    """
    folder = Path(tempfile.mkdtemp(prefix="actionsmith-"))  # mode 0700
    path, before = folder / f"draft{suffix}", text.encode()
    try:
        path.touch(0o600)
        path.write_bytes(before)
        code = open_in_editor(command, path)
        if code:
            raise _refused(f"{command[0]} ended with {code}", path, before)
        new = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused("The file is not UTF-8 any more", path, before) from None
    except OSError as error:
        raise _refused(f"{command[0]} could not be used: {error.strerror}", path, before) from None
    shutil.rmtree(folder, ignore_errors=True)
    new = new.replace("\r\n", "\n").replace("\r", "\n")
    return new if text.endswith("\n") else new.removesuffix("\n")


def _refused(why: str, path: Path, before: bytes) -> NotEdited:
    """What was written in the editor stays in its file; one in which nothing was written goes."""
    try:
        is_changed = path.read_bytes() != before
    except OSError:
        is_changed = False
    if is_changed:
        return NotEdited(f"{why}: the text here stays as it was, yours is in {path}.")
    shutil.rmtree(path.parent, ignore_errors=True)
    return NotEdited(f"{why}: the text stays as it was.")
