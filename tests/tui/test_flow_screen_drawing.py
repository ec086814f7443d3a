"""The drawing of a pipeline: what is on the lines, whatever the names, the sizes and the marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from actionsmith.tui.widgets.pipeline_drawing import END, MIN_WIDTH, START, Box, Drawing, draw, fit

TEXT = st.text(max_size=30) | st.sampled_from(
    ["[bold]", "a[/b]", "\x1b[31mred", "日本語のアクション", "two\nlines"]
)
ACTION = st.builds(
    Box,
    key=st.text("abc[日", min_size=1, max_size=8),
    title=TEXT,
    number=st.integers(1, 20),
    aside=TEXT,
    note=TEXT,
    mark=st.sampled_from(["kept", "moved", "added", "removed"]),
    state=st.sampled_from(["", "running", "completed", "denied", "failed", "skipped"]),
    summary=TEXT,
    brief=TEXT,
    lines=st.lists(TEXT, max_size=3).map(tuple),
)
ACTIONS = st.lists(ACTION, max_size=6, unique_by=lambda box: box.key)


def pipeline(*actions: Box) -> list[Box]:
    return [Box(START, "Post Login", aside="default event"), *actions, Box(END, "End")]


def text_of(drawing: Drawing) -> str:
    return "\n".join("".join(text for text, _ in line) for line in drawing.lines)


def action(name: str, number: int | None, **more: object) -> Box:
    return Box(name, name, number, **more)  # type: ignore[arg-type]


@given(ACTIONS, st.integers(10, 200), st.booleans())
def test_every_line_fits_and_every_box_is_found_where_it_is_drawn(
    actions: list[Box], width: int, compact: bool
) -> None:
    boxes = pipeline(*actions)
    drawing = draw(boxes, width, compact=compact, selected=boxes[-1].key)
    for line in drawing.lines:
        text = "".join(part for part, _ in line)
        assert cell_len(text) <= max(width, MIN_WIDTH + 2)
        assert all(character >= " " for character in text)
    for key, (top, bottom) in drawing.spans.items():
        assert {drawing.key_at(line) for line in range(top, bottom + 1)} == {key}
    assert list(drawing.spans) == [box.key for box in boxes]


@given(ACTIONS, st.booleans())
def test_there_is_one_place_to_drop_before_each_bound_action_and_one_at_the_end(
    actions: list[Box], compact: bool
) -> None:
    bound = [box for box in actions if box.mark != "removed"]
    drawing = draw(pipeline(*actions), 80, compact=compact)
    assert len(drawing.drops) == len(bound) + 1
    assert drawing.drops == sorted(drawing.drops)
    for place, line in enumerate(drawing.drops):
        assert drawing.drop_at(line) == place
        assert "drop here" in text_of(draw(pipeline(*actions), 80, compact=compact, drop=place))


@given(st.text(), st.integers(0, 60))
def test_fitted_text_has_exactly_the_width_asked_for(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


def test_boxes_are_joined_from_start_to_end() -> None:
    lines = text_of(draw(pipeline(action("A", 1), action("B", 2)), 40)).splitlines()
    rail = next(line.index("┬") for line in lines if "┬" in line)
    joints = "".join(line[rail] for line in lines if line[rail : rail + 1] in ("┬", "│", "▼"))
    assert joints == "┬│▼┬│▼┬│▼"


def test_a_removed_action_hangs_beside_the_line() -> None:
    drawing = draw(pipeline(action("Gone", None, mark="removed", note="removed, was 1"), action("B", 1)), 60)
    assert "├╌╌ − Gone  removed, was 1" in text_of(drawing)


def test_what_was_not_reached_hangs_on_a_dotted_line() -> None:
    stopped = draw(
        pipeline(action("A", 1, state="denied"), action("B", 2, state="skipped", summary="not reached")), 60
    )
    text = text_of(stopped)
    assert text.count("┊") == 2
    assert "· not reached" in text


def test_a_roomy_box_shows_commands_and_a_compact_one_the_brief() -> None:
    box = action("A", 1, state="completed", summary="completed · 2 ms", brief="2 ms", lines=('deny("x")',))
    assert 'deny("x")' in text_of(draw(pipeline(box), 60))
    compact = text_of(draw(pipeline(box), 60, compact=True))
    assert "2 ms ✓" in compact
    assert "deny" not in compact


def test_selected_and_marked_boxes_are_told_apart_without_colour() -> None:
    text = text_of(
        draw(pipeline(action("A", 1), action("B", 2, mark="moved", note="↑ was 3")), 60, selected="A")
    )
    assert "┏" in text
    assert "↑ was 3" in text
