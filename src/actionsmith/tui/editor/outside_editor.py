"""The text in the person's own editor: handed over in a private file, and taken back as one edit."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from actionsmith.tui.notices import toast

if TYPE_CHECKING:
    from actionsmith.tui.editor.searching_text_area import SearchingTextArea

SUFFIXES = {"javascript": ".js", "python": ".py", "json": ".json"}

HOW_TO_SET = (
    "No editor is set. Write for example  export EDITOR=vim  in the shell, then start Actionsmith again."
)


class NotEdited(Exception):
    """The text stays as it was; the message is a sentence for the person."""


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """The words of `$VISUAL`, else of `$EDITOR`. Raises NotEdited when neither is set or can be read."""
    for name in ("VISUAL", "EDITOR"):
        if text := environment.get(name, "").strip():
            try:
                return shlex.split(text)
            except ValueError as error:
                raise NotEdited(f"${name} cannot be read: {error}.") from None
    raise NotEdited(HOW_TO_SET)


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
    except NotEdited as error:
        toast(editor, str(error), "warning")
    else:
        editor.set_text(new)
    editor.app.refresh(layout=True)


def edited(text: str, suffix: str, command: list[str]) -> str:
    """What a text becomes in an editor. The file is the person's alone, and gone afterwards.

    A newline that the editor puts at the end of the last line is no change. Raises NotEdited.
    """
    with tempfile.TemporaryDirectory(prefix="actionsmith-") as directory:  # mode 0700
        path = Path(directory) / f"draft{suffix}"
        try:
            path.touch(0o600)
            path.write_bytes(text.encode())
            done = subprocess.run([*command, str(path)], check=False)
            if done.returncode:
                raise NotEdited(f"{command[0]} ended with {done.returncode}: the text stays as it was.")
            new = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise NotEdited("The file is not UTF-8 any more: the text stays as it was.") from None
        except OSError as error:
            raise NotEdited(
                f"{command[0]} could not be used: {error.strerror}. The text stays as it was."
            ) from None
    new = new.replace("\r\n", "\n").replace("\r", "\n")
    return new if text.endswith("\n") else new.removesuffix("\n")
