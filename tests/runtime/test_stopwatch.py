"""Time that overlapping requests take, each by itself and together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from actionsmith.runtime.http.stopwatch import Stopwatch


class Clock:
    """Stands where it is put, in seconds."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_overlapping_requests_count_once_and_pauses_do_not():
    clock = Clock()
    watch = Stopwatch(clock)
    watch.begin(1)
    clock.now += 1
    watch.begin(2)
    clock.now += 2
    assert watch.end(1) == 3000
    clock.now += 3
    assert watch.end(2) == 5000
    clock.now += 10
    assert watch.busy_ms == 6000
    watch.begin(3)
    clock.now += 0.5
    assert watch.busy_ms == 6500
    assert watch.end(3) == 500
    assert watch.busy_ms == 6500


def test_a_request_ends_once_and_only_if_it_began():
    watch = Stopwatch(Clock())
    assert watch.end(7) is None
    watch.begin(7)
    assert watch.end(7) == 0
    assert watch.end(7) is None


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=8))
def test_together_they_take_the_seconds_in_which_any_was_under_way(spans):
    clock = Clock()
    watch = Stopwatch(clock)
    spans = [(start, start + length) for start, length in spans]
    for second in range(41):
        clock.now = 100.0 + second
        for number, (start, end) in enumerate(spans):
            if start == second:
                watch.begin(number)
            if end == second:
                assert watch.end(number) == (end - start) * 1000
    busy = {second for start, end in spans for second in range(start, end)}
    assert watch.busy_ms == len(busy) * 1000
