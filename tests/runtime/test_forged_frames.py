"""Frames that an Action in Python makes itself: they end its run or tell lies about it, and do no more."""

from __future__ import annotations

import msgspec
import pytest
from running import python

# Python hides nothing: an Action finds the host's pipe in the frames above its own, and its key with it.
FORGE = """
import os, sys
def on_execute_post_login(event, api):
    frame = sys._getframe()
    while not hasattr(frame.f_locals.get('self'), 'pipe'):
        frame = frame.f_back
    pipe = frame.f_locals['self'].pipe
    def forge(text):
        data = (pipe.key + text + chr(10)).encode()
        while data:
            data = data[os.write(pipe.writing, data):]
"""
DONE = '{"t":"done","duration":%s,"cpu":0,"memory":0}'
ERROR = '{"t":"failed","stage":"call","error":{"name":"A","message":"m","line":%s,"column":%s}}'
IMPOSSIBLE = {
    "levels": '{"t":"call","path":"idToken.setCustomClaim","args":["a",' + "[" * 900 + "]" * 900 + "]}",
    "levels of objects": '{"t":"call","path":"idToken.setCustomClaim","args":["a",' + '{"a":' * 101 + "1" + "}" * 101 + "]}",
    "an endless time": DONE % "1e308",
    "no time": DONE % "NaN",
    "a time before": DONE % "-1",
    "memory": '{"t":"done","duration":1,"cpu":0,"memory":99999999999999999999999999}',
    "a line before": ERROR % ("-5", "1"),
    "a line behind": ERROR % ("1000000000000", "1"),
    "a column before": ERROR % ("1", "0"),
    "a line of a call": '{"t":"call","path":"access.deny","args":["x"],"line":' + "9" * 30 + "}",
    "a line of the console": '{"t":"console","level":"log","text":"hi","line":0,"at":0}',
    "a moment": '{"t":"console","level":"log","text":"hi","line":1,"at":Infinity}',
    "an exit code": '{"t":"exit","code":99999999999999999999}',
    "a status": '{"t":"answered","id":1,"status":99999999999999999999}',
    "lines that ran": '{"t":"lines","ran":[-1],"missed":[]}',
    "an order of its own": '{"t":"loaded","exports":{}}',
}  # fmt: skip


def forged(*lines: str, **more):
    return python(FORGE + "".join(f"    {line}\n" for line in lines), **more)


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_impossible_frames_end_the_run_and_nothing_else(name):
    execution = forged(f"forge({IMPOSSIBLE[name]!r})")
    assert (execution.status, execution.error.name) == ("crashed", "ProtocolError")
    assert execution.error.message.startswith("the process was ended: ")
    assert msgspec.json.encode(execution)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["forge('x' * (9 << 20))"], "the process was ended: it said more than 8 MB at once"),
        (
            ["""forge('{"t":"call","path":"access.deny","args":["' + 'x' * (9 << 20) + '"]}')"""],
            "the process was ended: it said more than 8 MB at once",
        ),
        (
            [
                "for _ in range(9):",
                """    forge('{"t":"call","path":"cache.set","args":["' + 'x' * (4 << 20) + '"]}')""",
            ],
            "the process was ended: its calls of api took more than 32 MB",
        ),
    ],
)
def test_what_a_host_may_say_is_bounded(lines, message):
    assert forged(*lines).error.message == message


def test_undefined_arguments_without_number_take_no_time():
    many = "','.join(map(str, range(100000)))"
    execution = forged(
        f"""forge('{{"t":"call","path":"access.deny","args":[' + {many} + '],"undefined":[' + {many} + ']}}')""",
        timeout_s=5,
    )
    assert execution.status in ("failed", "denied")
