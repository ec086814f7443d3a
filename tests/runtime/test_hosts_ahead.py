"""Hosts started ahead: each Action gets its own, in order, and none is left over."""

from __future__ import annotations

import threading

import pytest
from flows import py

from actionsmith.runtime.hosts_ahead import HostsAhead, usable_cores


class Hosts:
    """Stands in for the making and ending of processes."""

    def __init__(self, fails_at: str = "") -> None:
        self.started: list[str] = []
        self.ended: list[str] = []
        self.enough = threading.Event()
        self._fails_at = fails_at

    def start(self, request):
        name = request.source.name
        self.started.append(name)
        if len(self.started) > usable_cores() or len(self.started) == 6:
            self.enough.set()
        if name == self._fails_at:
            raise OSError("no more processes")
        return name


REQUESTS = [py("pass", name) for name in "abcdef"]


def test_every_action_gets_its_own_host_in_order():
    hosts = Hosts()
    with HostsAhead(REQUESTS, hosts.start, hosts.ended.append) as ahead:
        taken = [ahead.take() for _ in REQUESTS]
    assert taken == hosts.started == list("abcdef")
    assert hosts.ended == []


def test_the_next_hosts_start_while_one_is_in_use_and_unused_ones_are_ended():
    hosts = Hosts()
    with HostsAhead(REQUESTS, hosts.start, hosts.ended.append) as ahead:
        assert ahead.take() == "a"
        assert hosts.enough.wait(5)
    assert len(hosts.started) > 1
    assert hosts.ended == hosts.started[1:]


def test_a_host_that_does_not_start_fails_its_own_action_only():
    hosts = Hosts(fails_at="b")
    with HostsAhead(REQUESTS[:3], hosts.start, hosts.ended.append) as ahead:
        assert ahead.take() == "a"
        with pytest.raises(OSError, match="no more processes"):
            ahead.take()
    assert hosts.ended == [name for name in hosts.started if name == "c"]


def test_an_error_in_the_flow_ends_what_was_started():
    hosts = Hosts()
    with pytest.raises(ValueError, match="x"), HostsAhead(REQUESTS, hosts.start, hosts.ended.append) as ahead:
        ahead.take()
        raise ValueError("x")
    assert sorted(["a", *hosts.ended]) == sorted(hosts.started)
