"""The editor of one's choice: which it is, and waiting for it."""

from __future__ import annotations

import shlex
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from actionsmith.errors import UserError


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """The words of `$VISUAL`, else of `$EDITOR`. Raises UserError when neither is set or can be read."""
    for name in ("VISUAL", "EDITOR"):
        try:
            if words := shlex.split(environment.get(name, "")):
                return words
        except ValueError as error:
            raise UserError(f"${name} cannot be read: {error}; write it as in the shell") from error
    raise UserError(
        "no editor is set; set VISUAL or EDITOR in the shell, such as  export EDITOR=vim  "
        "or  export EDITOR='code --wait'"
    )


def open_in_editor(command: list[str], path: Path) -> int:
    """Open a file and wait for the editor to end; gives its exit code. Raises OSError when it cannot start.

    Ctrl+c is the editor's meanwhile: it reaches both, and ending here would take the editor down with us.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)  # a function: the editor does not inherit it
    try:
        return subprocess.run([*command, str(path)], check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)
