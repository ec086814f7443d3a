"""The pipe to a host: what comes in small pieces is taken together where nobody waits for it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest

from actionsmith.runtime.hosts.channel import Channel
from actionsmith.runtime.hosts.frames import Said

FRAMES = 200


@pytest.fixture
def ends() -> Iterator[tuple[Channel, int, int]]:
    """A channel, and the descriptors with which a host would read from it and write to it."""
    (host_reads, to_host), (from_host, host_writes) = os.pipe(), os.pipe()
    channel = Channel(to_host, from_host, {})
    yield channel, host_reads, host_writes
    channel.close()
    for descriptor in (host_reads, host_writes):
        os.close(descriptor)


@pytest.mark.parametrize("unhurried", [False, True])
def test_every_frame_comes_in_order_whether_they_gather_or_not(ends, monkeypatch, unhurried):
    channel, host_reads, host_writes = ends
    key = os.read(host_reads, 100).strip()
    looks = 0
    real = channel._read_frames

    def counted() -> None:
        nonlocal looks
        looks += 1
        real()

    monkeypatch.setattr(channel, "_read_frames", counted)
    channel.unhurried = unhurried

    def speak() -> None:
        for number in range(FRAMES):
            told = f'{{"t":"console","level":"log","text":"{number}","line":null,"at":0}}\n'
            os.write(host_writes, key + told.encode())
            time.sleep(0.00002)

    host = threading.Thread(target=speak)
    host.start()
    frames = channel.frames(time.monotonic() + 30)
    texts = [frame.text for frame in (next(frames) for _ in range(FRAMES)) if isinstance(frame, Said)]
    host.join()
    assert texts == [str(number) for number in range(FRAMES)]
    if unhurried:
        assert looks < FRAMES / 2


def test_a_host_that_asks_is_not_kept_waiting(ends, monkeypatch):
    channel, host_reads, host_writes = ends
    key = os.read(host_reads, 100).strip()
    naps = []
    monkeypatch.setattr(time, "sleep", naps.append)
    channel.unhurried = True
    frames = channel.frames(time.monotonic() + 30)
    for _ in range(20):
        os.write(host_writes, key + b'{"t":"call","path":"cache.get","args":["k"],"wait":true}\n')
        next(frames)
        channel.answer({"gives": "undefined"})
    assert len(naps) <= 1
