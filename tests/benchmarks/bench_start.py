"""Start to the first usable screen, against a bare Textual app with one TextArea.

`python tests/benchmarks/bench_start.py`. Both run in a pseudo terminal of the same size; the clock stops
when the screen shows its text (ours: the code of the Action; theirs: the text of the TextArea).
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

from side_by_side import report

BARE = """
from textual.app import App
from textual.widgets import TextArea
class Bare(App):
    def compose(self):
        yield TextArea("the text is here")
Bare().run()
"""
ROUNDS = 11
GOAL = 1.8


def main() -> None:
    home = tempfile.mkdtemp()
    environment = {
        **os.environ,
        "HOME": home,
        "TERM": "xterm-256color",
        "COLUMNS": "160",
        "LINES": "45",
        "COLORTERM": "truecolor",
        **{f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("DATA", "CONFIG", "CACHE", "STATE")},
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    bare = Path(home) / "bare.py"
    bare.write_text(BARE)
    program = str(Path(sys.executable).with_name("actionsmith"))
    ours = ([program], b"exports.")
    theirs = ([sys.executable, str(bare)], b"the text is here")
    for command, sign in (ours, theirs):
        until_shown(command, sign, environment)  # makes the tenant, fills the caches
    measured: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for times, (command, sign) in zip(measured, (ours, theirs), strict=True):
            times.append(until_shown(command, sign, environment))
    print(f"{'':<44} {'ours':>12} {'theirs':>12}")
    report("start to first usable screen / bare Textual", *measured, GOAL)


def until_shown(command: list[str], sign: bytes, environment: dict[str, str]) -> float:
    """Seconds from the start of the program until `sign` stands on its screen."""
    start = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(command[0], command, environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 45, 160, 0, 0))
    seen = b""
    try:
        while sign not in plain(seen):
            if not select.select([terminal], [], [], 20)[0]:
                raise TimeoutError(f"{command[0]} did not show {sign!r} within 20 s")
            seen += os.read(terminal, 1 << 16)
        return time.perf_counter() - start
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(terminal)


def plain(seen: bytes) -> bytes:
    """What was written without its escape sequences."""
    return re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", seen)


if __name__ == "__main__":
    main()
