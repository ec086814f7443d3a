"""The pipe to a host that says nothing."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from actionsmith.runtime.hosts.channel import Channel, DeadlinePassed


def test_a_signal_in_the_instant_before_a_wait_is_obeyed_soon() -> None:
    """Python has looked for signals, then one comes, then the system waits: the wait knows nothing of it.

    A signal that another thread takes looks the same to the thread that waits.
    """
    (host_reads, to_host), (from_host, host_writes) = os.pipe(), os.pipe()
    channel = Channel(to_host, from_host, {})

    def interrupt_elsewhere() -> None:
        time.sleep(0.1)
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)

    elsewhere = threading.Thread(target=interrupt_elsewhere)
    began = time.monotonic()
    try:
        elsewhere.start()
        with pytest.raises(KeyboardInterrupt):
            next(channel.frames(began + 20))
        assert time.monotonic() - began < 5
    finally:
        elsewhere.join()
        channel.close()
        os.close(host_reads)
        os.close(host_writes)


def test_frames_that_came_together_do_not_outrun_the_deadline() -> None:
    (host_reads, to_host), (from_host, host_writes) = os.pipe(), os.pipe()
    channel = Channel(to_host, from_host, {})
    key = os.read(host_reads, 100).rstrip()
    os.write(host_writes, (key + b'{"t":"call","path":"access.deny","args":[]}\n') * 100)
    told = 0
    try:
        with pytest.raises(DeadlinePassed):
            for _ in channel.frames(time.monotonic() + 0.2):
                told += 1
                time.sleep(0.05)
        assert 0 < told < 20
    finally:
        channel.close()
        os.close(host_reads)
        os.close(host_writes)
