"""Blocks that can be hidden behind their first line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from actionsmith.editing.folding import block_around, block_from, outer_blocks

SCRIPT = [
    "function a() {",
    "  if (x) {",
    "    y();",
    "",
    "  } else {",
    "    z();",
    "  }",
    "}",
    "",
    "const b = [",
    "  1,",
    "];",
    "c();",
]

PYTHON = ["def f():", "    if x:", "        y()", "", "    return 1", "", "", "z = 2"]

EVENT = ["{", '  "user": {', '    "email": "a"', "  },", '  "roles": [', "    1", "  ]", "}"]


def test_a_block_ends_with_the_line_that_closes_it_unless_that_opens_another() -> None:
    assert block_from(SCRIPT, 0) == 7
    assert block_from(SCRIPT, 1) == 2
    assert block_from(SCRIPT, 4) == 6
    assert block_from(SCRIPT, 9) == 11
    assert [block_from(SCRIPT, row) for row in (2, 3, 8, 12)] == [None] * 4
    assert block_from(PYTHON, 0) == 4
    assert block_from(PYTHON, 1) == 2


def test_the_innermost_block_around_a_line() -> None:
    assert block_around(SCRIPT, 2) == (1, 2)
    assert block_around(SCRIPT, 7) == (0, 7)
    assert block_around(SCRIPT, 12) is None
    assert block_around(PYTHON, 4) == (0, 4)


def test_the_outer_blocks_are_those_within_one_that_holds_everything() -> None:
    assert outer_blocks(SCRIPT) == [(0, 7), (9, 11)]
    assert outer_blocks(EVENT) == [(1, 3), (4, 6)]
    assert outer_blocks([""]) == []


@given(st.lists(st.builds("{0}{1}".format, st.text(" ", max_size=3), st.sampled_from(["a", "}", ""]))))
def test_the_innermost_block_is_the_nearest_above_that_reaches_so_far(lines: list[str]) -> None:
    for row in range(len(lines)):
        blocks = [(first, block_from(lines, first)) for first in range(row, -1, -1)]
        around = [(first, last) for first, last in blocks if last is not None and last >= row]
        assert block_around(lines, row) == (around[0] if around else None)
