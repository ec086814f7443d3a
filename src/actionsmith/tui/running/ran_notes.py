"""What a run did, at the lines it was done on: what stands behind the code after a test run. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from actionsmith.runtime.execution import Execution
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.running.result_rows import command_row

LONGEST = 120
"""Characters at one line of the code; a screen has room for no more."""
MOST_READ = 2_000
"""Calls and console lines that are put into words; of more there is only a sign."""
JOINED = " · "
MORE = "…"


def ran_notes(execution: Execution) -> dict[int, str]:
    """Row (from 0) -> one line of text: the api calls made there, then what was said to the console.

    What happened there repeatedly is counted. The error is not among them, it has a mark of its own.
    """
    counts: dict[int, dict[str, int]] = {}
    for line, text in _happened(execution):
        if line is not None:
            at_line = counts.setdefault(line - 1, {})
            at_line[text] = at_line.get(text, 0) + 1
    return {row: _cut(JOINED.join(_counted(*item) for item in said.items())) for row, said in counts.items()}


def _happened(execution: Execution) -> Iterator[tuple[int | None, str]]:
    for command in islice(execution.commands, MOST_READ):
        yield (
            command.line,
            _cut(one_line(command_row(command, execution.trigger, execution.language).text.plain)),
        )
    yield from _more(command.line for command in execution.commands)
    for said in islice(execution.console, MOST_READ):
        yield said.line, _cut(one_line(f"{said.level}: {said.text[: 2 * LONGEST]}"))
    yield from _more(said.line for said in execution.console)


def _more(lines: Iterable[int | None]) -> Iterator[tuple[int | None, str]]:
    """A sign on each line where more happened than was put into words."""
    yield from ((line, MORE) for line in set(islice(lines, MOST_READ, None)))


def _counted(text: str, times: int) -> str:
    return text if times == 1 or text == MORE else f"{text} ×{times:,}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + MORE
