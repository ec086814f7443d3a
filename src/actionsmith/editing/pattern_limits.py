"""What a regular expression may not ask for: matching has a time limit, but reading a pattern has none."""

from __future__ import annotations

import re

MOST_PARTS = 50_000
"""Parts of a pattern with its repetitions written out, as the matcher keeps them: some megabytes."""

TOKENS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]?|(?P<open>\()|(?P<close>\))|\{(?P<least>\d+)(?:,\d*)?\}[+?]?|.",
    re.DOTALL,
)

CALLS = re.compile(r"(?<!\\)\(\?(?:R|[+-]?\d+|&\w+|P>\w+)\)")


def fault_of(pattern: str) -> str | None:
    """A sentence on why a pattern is not tried at all, or None."""
    if CALLS.search(pattern):
        return "A pattern that calls itself or a group of its own cannot be used here."
    if parts(pattern) > MOST_PARTS:
        return "The pattern repeats too much."
    return None


def parts(pattern: str) -> int:
    """How many parts a pattern has when `x{3}` is written as `xxx`."""
    sizes, last = [0], 0
    for token in TOKENS.finditer(pattern):
        if token["open"]:
            sizes.append(0)
            last = 0
        elif token["close"]:
            last = sizes.pop() if len(sizes) > 1 else 0
            sizes[-1] += last
        elif token["least"]:
            further = last * (min(int(token["least"][:9]), MOST_PARTS + 1) - 1)
            sizes[-1] += max(further, 0)
            last += max(further, 0)
        else:
            sizes[-1] += 1
            last = 1
    return sum(sizes)
