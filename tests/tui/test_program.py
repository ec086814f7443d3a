"""The program itself in a pseudo terminal: started, used, killed, started again."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

PROGRAM = str(Path(sys.executable).with_name("actionsmith"))
PATIENCE_S = 40.0
F5 = "\x1b[15~"
CTRL_Q = "\x11"
ESCAPE = re.compile(r"\x1b(\[[0-9;?<>=]*[A-Za-z]|\][^\x07]*\x07|P[^\x1b]*\x1b\\)")


class Terminal:
    """A program in a pseudo terminal; what it wrote is kept without its escape sequences."""

    def __init__(self, *arguments: str) -> None:
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.environ |= {"TERM": "xterm-256color", "COLUMNS": "160", "LINES": "45"}
            os.execv(PROGRAM, [PROGRAM, *arguments])
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 45, 160, 0, 0))
        self._seen = ""

    def until(self, *signs: str) -> None:
        """Wait until all the signs have been written since the last call."""
        deadline = time.monotonic() + PATIENCE_S
        while not all(sign in ESCAPE.sub("", self._seen) for sign in signs):
            left = deadline - time.monotonic()
            assert left > 0, f"{signs} did not show; there was: {ESCAPE.sub('', self._seen)[-2000:]}"
            if select.select([self._terminal], [], [], left)[0]:
                self._seen += os.read(self._terminal, 1 << 16).decode(errors="replace")
        self._seen = ""

    def press(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def end(self, number: int | None = None) -> int:
        """Wait for the end (after a signal, if one is named), and return the exit code as waitpid tells it."""
        if number is not None:
            os.kill(self.pid, number)
        deadline = time.monotonic() + PATIENCE_S
        while True:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                os.close(self._terminal)
                return os.waitstatus_to_exitcode(status)
            assert time.monotonic() < deadline, "the program does not end"
            if select.select([self._terminal], [], [], 0.05)[0]:
                try:
                    os.read(self._terminal, 1 << 16)
                except OSError:
                    time.sleep(0.01)


@pytest.fixture
def journals(home: Path) -> Path:
    return home / "state" / "actionsmith" / "journal"


def test_first_start_run_and_quit() -> None:
    terminal = Terminal()
    terminal.until("tenant demo", "MFA for Role", "exports.")
    terminal.press(F5)
    terminal.until("completed")
    terminal.press(CTRL_Q)
    assert terminal.end() == 0


def test_text_typed_before_a_kill_is_offered_at_the_next_start(journals: Path) -> None:
    terminal = Terminal()
    terminal.until("exports.")
    terminal.press("unsavedword")
    terminal.until("not saved")
    deadline = time.monotonic() + PATIENCE_S
    while not any("unsavedword" in path.read_text() for path in journals.rglob("*.json")):
        assert time.monotonic() < deadline, "no journal was written"
        time.sleep(0.02)
    assert terminal.end(signal.SIGKILL) == -signal.SIGKILL
    again = Terminal()
    again.until("unsavedword", "Restore")
    again.press(CTRL_Q)
    assert again.end() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order_and_what_was_typed_is_kept(journals: Path, number: int) -> None:
    terminal = Terminal()
    terminal.until("exports.")
    terminal.press("unsavedword")
    terminal.until("not saved")
    assert terminal.end(number) == 128 + number
    assert any("unsaved" in path.read_text() for path in journals.rglob("*.json"))


def test_no_terminal_is_a_sentence() -> None:
    ended = subprocess.run([PROGRAM], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert ended.returncode == 2
    assert "needs a terminal" in ended.stderr
