"""Whatever a host says, its parent goes on."""

from __future__ import annotations

import contextlib
import json

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_calls import calls, scalars, texts
from running import request

from actionsmith.runtime.ending import Ending
from actionsmith.runtime.engine import default_event, open_transaction
from actionsmith.runtime.hosts.frames import BadFrame, decode_frame
from actionsmith.runtime.session import Session
from actionsmith.triggers import loader

NOW = 1767225600000.0


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f'{{"t":{text}}}'.encode()))
def test_garbage_is_no_frame(line):
    with contextlib.suppress(BadFrame):
        decode_frame(line)


@settings(max_examples=50, deadline=None)
@given(st.recursive(scalars, lambda inside: st.lists(inside) | st.dictionaries(texts, inside)))
def test_json_of_any_shape_is_a_frame_or_refused(value):
    for frame in (
        value,
        {"t": "call", "path": "x", "args": value},
        {"t": "done", **(value if isinstance(value, dict) else {})},
    ):
        with contextlib.suppress(BadFrame):
            decode_frame(json.dumps(frame).encode())


def test_nesting_without_end_is_no_frame():
    with pytest.raises(BadFrame):
        decode_frame(b'{"t":"call","path":"x","args":' + b"[" * 100_000)


class Talker:
    """A host that says whatever it is told to say."""

    pid, confinement, channel = 0, {}, None

    def __init__(self, frames):
        self.channel, self.said, self.on_output = self, frames, None

    def frames(self, deadline, cancel):
        yield from map(decode_frame, self.said)

    def answer(self, frame):
        msgspec.json.encode(frame)

    def peak_memory(self):
        return None

    def wait_exit(self, seconds):
        return -9

    def order(self, frame): ...
    def kill(self): ...
    def read_output(self): ...


numbers = st.integers(0, 2**40) | st.floats(0, 1e300)
lines = st.none() | st.integers(-(2**40), 2**40)
errors = st.fixed_dictionaries({"name": texts, "message": texts, "line": lines, "stack": texts})
frames = st.one_of(
    st.builds(
        lambda pair, more: {"t": "call", "path": pair[0][0], "args": pair[1], **more},
        calls,
        st.fixed_dictionaries(
            {"undefined": st.lists(st.integers(-3, 9), max_size=3), "wait": st.booleans(), "line": lines},
            optional={"path": texts},
        ),
    ),
    st.fixed_dictionaries(
        {"t": st.just("console"), "level": st.just("log"), "text": texts, "line": lines, "at": numbers}
    ),
    st.fixed_dictionaries(
        {
            "t": st.just("http"),
            "id": st.integers(),
            "method": texts,
            "url": texts,
            "wait": st.booleans(),
            "kinds": st.lists(texts | st.just("connect"), max_size=2),
        }
    ),
    st.fixed_dictionaries({"t": st.just("output"), "at": numbers}),
    st.fixed_dictionaries(
        {"t": st.just("answered"), "id": st.integers(), "status": st.none() | st.integers()}
    ),
    st.fixed_dictionaries(
        {"t": st.just("done"), "duration": numbers, "cpu": numbers, "memory": st.integers(0, 2**60)}
    ),
    st.fixed_dictionaries(
        {"t": st.just("failed"), "stage": st.sampled_from(["load", "call"]), "error": errors}
    ),
    st.fixed_dictionaries({"t": st.just("exit"), "code": st.integers(), "line": lines}),
    st.fixed_dictionaries({"t": st.just("loaded"), "exports": st.dictionaries(texts, st.just("async"))}),
).map(lambda frame: json.dumps(frame).encode())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(frames, max_size=5))
def test_whatever_a_host_says_the_parent_comes_to_an_end(told):
    made = request("", "javascript", now_ms=NOW)
    session = Session(Talker(told), made, None)
    transaction = open_transaction("post-login", default_event("post-login"), made)
    transaction.start(loader.trigger("post-login").handlers[0])
    transcript = session.open_transcript(None)
    ending = session.finish_call(transaction, transcript)
    assert isinstance(ending, Ending)
    msgspec.json.encode([ending, transcript.commands, transcript.console, transaction.outcome])
