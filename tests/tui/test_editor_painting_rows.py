"""One row of the editor, painted from its layers."""

from __future__ import annotations

import pytest
from bare_editor import bench
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from actionsmith.language.highlighting import LineHighlighter
from actionsmith.language.service import Diagnostic, Span
from actionsmith.language.text_change import Place
from actionsmith.tui.editor.painting.caret import BRACKET_REACH, BracketLayer
from actionsmith.tui.editor.painting.layer import Spans
from actionsmith.tui.editor.painting.row_painter import LEAST_ROOM, Tail, Window, paint_row
from actionsmith.tui.editor.painting.white_space import GuideLayer, TrailingSpaceLayer

STYLES = {
    "low": Style(color="red", bgcolor="blue"),
    "high": Style(color="green"),
    "line": Style(underline=True),
    "note": Style(dim=True),
}
BASE = Style(color="white")


def paint(text: str, *layers: Spans, tail: Tail = (), left: int = 0, width: int = 40) -> list[Segment]:
    return paint_row(text, layers, tail, STYLES.get, BASE, Window(left, width, 4))


def plain(segments: list[Segment]) -> str:
    return "".join(segment.text for segment in segments)


def style_at(segments: list[Segment], cell: int) -> Style:
    for segment in segments:
        if cell < segment.cell_length:
            return segment.style or Style()
        cell -= segment.cell_length
    raise AssertionError("no such cell")


SPANS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from(sorted(STYLES))).map(
        lambda span: (span[0], span[0] + span[1], span[2])
    ),
    max_size=4,
).map(tuple)


@settings(max_examples=50, deadline=None)
@given(
    st.text("ab \t世e\u0301\x1b\u202e", max_size=14),
    st.lists(st.one_of(SPANS, SPANS.map(lambda spans: tuple((*span, "│") for span in spans))), max_size=3),
    st.integers(0, 14),
    st.integers(1, 20),
)
def test_whatever_is_painted_it_fills_its_window_and_commands_nothing(
    text: str, layers: list[Spans], left: int, width: int
) -> None:
    tail = (("a message for the end", "note"),)
    segments = paint(text, *layers, tail=tail, left=left, width=width)
    assert sum(cell_len(segment.text) for segment in segments) == width
    assert not {"\x1b", "\t", "\n", "\u202e"} & set(plain(segments))


@settings(max_examples=100, deadline=None)
@given(st.text("abc", max_size=14), st.lists(SPANS, max_size=3), st.integers(0, 6))
def test_a_cell_has_the_styles_of_its_layers_the_later_above(
    text: str, layers: list[Spans], left: int
) -> None:
    segments = paint(text, *layers, left=left)
    assert plain(segments).rstrip() == text[left:]
    for cell in range(len(text) - left):
        expected = BASE
        for start, end, name in (span for spans in layers for span in spans):
            if start <= cell + left < end:
                expected += STYLES[name]
        assert style_at(segments, cell) == expected


def test_wide_characters_and_tabs_take_their_cells() -> None:
    assert plain(paint("a\tb", width=8)) == "a   b   "
    assert plain(paint("世界!", width=8)) == "世界!   "
    assert plain(paint("世界!", left=1, width=6)) == " 界!  ", "half a character is not shown"
    assert plain(paint("世界!", width=3)) == "世 "
    assert style_at(paint("\tx", ((1, 2, "high"),)), 4) == BASE + STYLES["high"]
    assert plain(paint("\tx", ((0, 1, "low", "│"),), width=6)) == "│   x "


def test_what_lies_behind_the_end_is_painted_and_what_is_behind_the_window_is_not() -> None:
    assert style_at(paint("ab", ((2, 3, "low"),)), 2) == BASE + STYLES["low"]
    assert plain(paint("", ((0, 1, "low", "│"), (4, 5, "low", "│")), width=6)) == "│   │ "
    assert plain(paint("ab", ((2, 900, "low"),), left=50, width=6)) == " " * 6


def test_messages_stand_behind_the_line_as_far_as_there_is_room() -> None:
    tail = (("first [b]message[/b]\nof two", "high"), ("a second note", "note"))
    assert plain(paint("code", tail=tail, width=60)).rstrip() == (
        "code  first [b]message[/b] of two · a second note"
    )
    assert plain(paint("code", tail=tail, width=30)) == "code  first [b]message[/b] of…"
    assert plain(paint("code", tail=tail, width=4 + 2 + LEAST_ROOM - 1)).rstrip() == "code"
    assert plain(paint("code" * 20, tail=tail)) == ("code" * 20)[:40]
    assert plain(paint("code", tail=(("\x1b[31mred\u202e", "note"),))).rstrip() == "code  ␛[31mred�"


def guides(lines: list[str], unit: int, *, ends_by_indent: bool) -> list[list[int]]:
    layer = GuideLayer(lambda: lines, lambda: unit, lambda: ends_by_indent)
    return [[span[0] for span in layer.spans(row)] for row in range(len(lines))]


def test_guides_stand_at_each_level_and_blank_rows_have_those_of_their_block() -> None:
    script = ["a {", "", "  b {", "    c", "", "  }", "", "}", "", "/**", " * x"]
    assert guides(script, 2, ends_by_indent=False) == [
        [],
        [0],
        [0],
        [0, 2],
        [0, 2],
        [0],
        [0],
        [],
        [],
        [],
        [],
    ]
    python = ["def f():", "    if x:", "        y", "", "", "def g():", "\tz"]
    assert guides(python, 4, ends_by_indent=True) == [[], [0], [0, 4], [], [], [], [0]]
    layer = GuideLayer(lambda: script, lambda: 2, lambda: False)
    layer.is_on = False
    assert layer.spans(3) == ()


def test_trailing_space_shows_except_where_the_caret_is() -> None:
    layer = TrailingSpaceLayer(lambda: ["a", "b  ", " \t", "  c"], lambda: 3)
    assert [layer.spans(row) for row in range(4)] == [
        (),
        ((1, 3, "space", "·"),),
        ((0, 2, "space", "·"),),
        (),
    ]
    assert TrailingSpaceLayer(lambda: ["a "], lambda: 0).spans(0) == ()


def pair(language: str, text: str, caret: Place) -> tuple[Place, Place] | None:
    highlighter = LineHighlighter(language, text.split("\n"))
    highlighter.advance(1_000)
    return BracketLayer(lambda: (caret, caret), lambda: highlighter, lambda: True).pair


def test_brackets_find_their_partner_past_those_in_strings_and_comments() -> None:
    code = 'f(")", /* ) */ [1, `)${a(")")}`]\n) // )'
    assert pair("javascript", code, (0, 1)) == ((0, 1), (1, 0))
    assert pair("javascript", code, (1, 1)) == ((1, 0), (0, 1)), "the caret just behind counts, too"
    assert pair("javascript", code, (0, 3)) is None, "a bracket in a string has no partner"
    assert pair("javascript", code, (0, 15)) == ((0, 15), (0, 31))
    assert pair("javascript", code, (0, 22)) == ((0, 22), (0, 29)), "the braces of a template"
    assert pair("javascript", "(]", (0, 0)) is None
    assert pair("javascript", "((a)", (0, 0)) is None
    assert pair("python", "x = (1, '(', # )\n  2)", (0, 4)) == ((0, 4), (1, 3))
    assert pair("json", '{"a": ["}"]}', (0, 0)) == ((0, 0), (0, 11))
    assert pair("javascript", "(" + "\n" * (BRACKET_REACH + 9) + ")", (0, 0)) is None, "out of reach"


def test_of_a_message_without_room_the_advice_is_shown() -> None:
    tail: Tail = (("event has no member 'sercets'; did you mean 'secrets'?", "note"),)
    assert (
        plain(paint("event.sercets", tail=tail, width=80))
        .rstrip()
        .endswith("'sercets'; did you mean 'secrets'?")
    )
    assert (
        plain(paint("event.sercets", tail=tail, width=45)).rstrip()
        == "event.sercets  did you mean 'secrets'?"
    )
    assert plain(paint("event.sercets", tail=tail, width=30)).rstrip().endswith("…")


@pytest.mark.parametrize(
    ("sign", "edge"), [("👩\u200d🚀", 2), ("❤\ufe0f", 1)], ids=["narrower than its parts", "wider"]
)
async def test_a_sign_made_of_several_leaves_its_row_as_wide_as_it_was(sign: str, edge: int) -> None:
    async with bench(f"{sign}\n", size=(30, 5)) as desk:
        desk.select((1, 0), (1, 0))
        spans = (Span(0, 0, 0, edge), Span(0, edge, 0, 6))  # the same style on both sides
        desk.editor.show_diagnostics([Diagnostic(span, "warning", "m", "t") for span in spans])
        await desk.pilot.pause()
        assert sum(segment.cell_length for segment in desk.editor.render_line(0)) == 30
