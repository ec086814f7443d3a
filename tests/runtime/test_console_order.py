"""Console lines are in the order in which they were written, whichever way they were."""

from __future__ import annotations

import sys

import pytest
from http_actions import LANGUAGES
from running import javascript, python, request, said

from actionsmith.runtime.replay import Replay

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere a writer is not told what was read"
)

MIXED = {
    "javascript": """const fs = require('fs');
console.log('0');
process.stdout.write('1\\n');
exports.onExecutePostLogin = async () => {
  console.log('2');
  process.stdout.write('3\\n');
  console.error('4');
  process.stderr.write('5\\n');
  console.error('6');
  fs.writeSync(2, '7\\n');
  fs.writeSync(1, '8\\n');
  console.log('9');
  process.stderr.write('10');
};""",
    "python": """import logging, os, sys
print('0')
os.write(1, b'1\\n')
def on_execute_post_login(event, api):
    print('2')
    os.write(1, b'3\\n')
    print('4', file=sys.stderr)
    os.write(2, b'5\\n')
    logging.warning('6')
    sys.__stderr__.write('7\\n')
    sys.__stdout__.write('8\\n')
    print('9')
    sys.__stdout__.write('10')
""",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_goes_past_the_console_stands_where_it_was_written(language):
    run = javascript if language == "javascript" else python
    execution = run(MIXED[language])
    assert execution.error is None
    assert [text for _, text, _ in said(execution)] == [str(number) for number in range(11)]
    moments = [line.at_ms for line in execution.console[2:]]  # those of the load are from its beginning
    assert moments == sorted(moments)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_last_is_there_however_the_action_ends(language):
    if language == "javascript":
        code = "exports.onExecutePostLogin = async () => { process.stdout.write('last'); throw new Error('x'); };"
        execution = javascript(code)
    else:
        code = "import os, sys\ndef on_execute_post_login(event, api):\n    sys.__stdout__.write('last'); os._exit(3)\n"
        execution = python(code)
    assert [text for _, text, _ in said(execution)] == ["last"]


MANY = {
    "javascript": "exports.onExecutePostLogin = async (event) => { process.stdout.write(`${event.n}\\n`); };",
    "python": "import os\ndef on_execute_post_login(event, api):\n    os.write(1, b'%d\\n' % event.n)\n",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_of_many_has_its_own_lines(language):
    with Replay(request(MANY[language], language)) as replay:
        results = list(replay.run(b'{"n": %d}' % number for number in range(500)))
    assert [[text for _, text, _ in said(one)] for one in results] == [[str(number)] for number in range(500)]


BEHIND = """import os, threading
def on_execute_post_login(event, api):
    def go_on():
        for number in range(200):
            os.write(1, b'raw\\n')
            print('said')
    threading.Thread(target=go_on).start()
"""


def test_a_thread_that_is_left_behind_takes_no_order_away():
    with Replay(request(BEHIND, "python")) as replay:
        results = list(replay.run(b"{}" for _ in range(20)))
    assert [one.error for one in results] == [None] * 20
