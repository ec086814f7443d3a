"""ctrl+c and the like, at the moments that are dangerous: the program ends in order, with the code for it."""

import os
import signal
import subprocess
import sys

import pytest

WAITS = "import time\ndef on_execute_post_login(event, api): time.sleep(600)\n"
# Sends the signal whenever a function of this name is called, until it has been sent `times` times.
PROGRAM = """
import signal, sys
left = [{times}]
def watch(frame, kind, _):
    if kind == "call" and frame.f_code.co_name == {function!r} and left[0]:
        left[0] -= 1
        signal.raise_signal({number})
sys.setprofile(watch)
from actionsmith.cli import main
main()
"""
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


@pytest.mark.parametrize("number", CODES, ids=lambda number: number.name)
@pytest.mark.parametrize(
    "function",
    [
        "get_class_annotations",  # msgspec looks at a type: it crashes when that fails
        "make_directory",  # a host is being started
        "order",  # it is given its work
        "select",  # the Action runs
    ],
)
@pytest.mark.parametrize("times", [1, 3])
def test_a_signal_at_a_bad_moment_ends_the_run_in_order(tmp_path, function, number, times):
    action, place = tmp_path / "waits.py", tmp_path / "tmp"
    action.write_text(WAITS)
    place.mkdir()
    ended = run(["run", str(action), "--timeout", "20"], function, number, times, TMPDIR=str(place))
    assert ended.returncode == CODES[number], ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    assert list(place.iterdir()) == []


def test_ctrl_c_while_the_contract_is_read(tmp_path):
    ended = run(["trigger", "list"], "get_class_annotations", signal.SIGINT, 1, XDG_CACHE_HOME=str(tmp_path))
    assert ended.returncode == 130, ended.stderr


def run(arguments, function, number, times, **environment):
    program = PROGRAM.format(function=function, number=int(number), times=times)
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
