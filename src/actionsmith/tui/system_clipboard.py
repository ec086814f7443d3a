"""The clipboard of the system, beside the terminal's own way to it (OSC 52), which not every terminal goes.

Best effort: a program that puts text there is looked for on PATH. A package such as pyperclip would wait
for that program without a time limit, and one that hangs (a display that does not answer) would be kept
for ever; here it is ended.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress

MOST_SECONDS = 3.0

TMUX_MOST_BYTES = 74_000
"""Longer sequences are dropped on the way by many; the clipboard of the system gets such a text alone."""


def clipboard_command(environment: Mapping[str, str], platform: str = sys.platform) -> list[str] | None:
    """The program that takes text from its standard input into the clipboard. None: there is none here."""
    candidates: list[tuple[bool, list[str]]] = [
        (platform == "darwin", ["pbcopy"]),
        ("WAYLAND_DISPLAY" in environment, ["wl-copy"]),
        ("DISPLAY" in environment, ["xclip", "-selection", "clipboard"]),
        ("DISPLAY" in environment, ["xsel", "--clipboard", "--input"]),
        ("WSL_DISTRO_NAME" in environment, ["clip.exe"]),
    ]
    path = environment.get("PATH")
    return next((words for fits, words in candidates if fits and shutil.which(words[0], path=path)), None)


def put(text: str) -> None:
    """Put text into the system's clipboard, in a thread. What cannot be done is left."""
    command = clipboard_command(os.environ)
    if command is not None:
        threading.Thread(target=_run, args=(command, text), daemon=True).start()


def through_tmux(text: str, environment: Mapping[str, str]) -> str | None:
    """The sequence that asks the terminal around tmux to take text; None outside of tmux, or for too much.

    tmux lets it through when `allow-passthrough` is on; with `set-clipboard on` it needs no such help.
    """
    encoded = base64.b64encode(text.encode()).decode()
    if not environment.get("TMUX") or len(encoded) > TMUX_MOST_BYTES:
        return None
    return f"\x1bPtmux;\x1b\x1b]52;c;{encoded}\a\x1b\\"


def _run(command: list[str], text: str) -> None:
    encoding = "utf-16-le" if command[0] == "clip.exe" else "utf-8"
    with suppress(OSError, subprocess.SubprocessError, UnicodeError):
        # no pipe for its output: xclip stays in the background and would keep it open
        subprocess.run(
            command,
            input=text.encode(encoding),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
        )
