"""What is said at the end of the lines that did something in a run."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from test_result_rows import HOSTILE, execution

from actionsmith.runtime.execution import Command, ConsoleLine
from actionsmith.tui.running.ran_notes import LONGEST, MOST_READ, ran_notes


def said(text: str, line: int | None, level: Any = "log") -> ConsoleLine:
    return ConsoleLine(level=level, text=text, line=line, at_ms=0.0)


def called(path: str, line: int | None, *args: Any) -> Command:
    return Command(path=path, args=list(args), line=line)


def test_calls_and_console_lines_stand_at_their_rows() -> None:
    run = execution(
        commands=[called("multifactor.enable", 3, "any"), called("access.deny", None, "nowhere")],
        console=[said("hello", 2), said("careful", 3, "warn"), said("a process's own", None)],
    )
    assert ran_notes(run) == {1: "log: hello", 2: 'api.multifactor.enable("any") · warn: careful'}


def test_calls_have_the_names_of_the_actions_language() -> None:
    run = execution(language="python", commands=[called("idToken.setCustomClaim", 1, "a", {"b": None})])
    assert ran_notes(run) == {0: 'api.id_token.set_custom_claim("a", {"b": None})'}


def test_what_happened_again_and_again_is_counted() -> None:
    run = execution(console=[*[said("same", 4)] * 3, said("other", 4), said("same", 5)])
    assert ran_notes(run) == {3: "log: same ×3 · log: other", 4: "log: same"}


def test_what_is_too_much_is_cut() -> None:
    run = execution(
        console=[said("x" * 500, 1), *[said(f"number {n}", 2) for n in range(200)]],
        commands=[called("access.deny", 3)] * (MOST_READ + 5),
    )
    notes = ran_notes(run)
    assert notes[0].startswith("log: xxx") and notes[0].endswith("…")
    assert notes[1].startswith("log: number 0 · log: number 1 · ")
    assert notes[2] == f"api.access.deny() ×{MOST_READ:,} · …"


@given(st.lists(st.tuples(st.text(), st.integers(1, 4)), max_size=5))
def test_every_note_is_one_short_line_without_control_codes(lines: list[tuple[str, int]]) -> None:
    run = execution(
        console=[said(HOSTILE + text, line) for text, line in lines],
        commands=[called("cache.set", line, text, HOSTILE) for text, line in lines],
    )
    notes = ran_notes(run)
    assert set(notes) == {line - 1 for _, line in lines}
    for text in notes.values():
        assert len(text) <= LONGEST
        assert text.isprintable() or not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in text)
