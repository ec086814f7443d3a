"""Ratios measured side by side: the two things compared take turns, so that both meet the same noise."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """How long one call took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(
    name: str, ours: Callable[[], object], theirs: Callable[[], object], goal: float, rounds: int = 21
) -> float:
    """Print and return the median of ours over the median of theirs; the goal is an upper bound."""
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    return report(name, [pair[0] for pair in pairs], [pair[1] for pair in pairs], goal)


def report(name: str, ours: list[float], theirs: list[float], goal: float) -> float:
    """Print one line: both medians in milliseconds, their ratio, and whether the goal is met."""
    mine, other = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    ratio = mine / other
    verdict = "met" if ratio <= goal else "MISSED"
    print(f"{name:<44} {mine:9.2f} ms {other:9.2f} ms   ratio {ratio:6.3f}   goal <= {goal:g}  {verdict}")
    return ratio
