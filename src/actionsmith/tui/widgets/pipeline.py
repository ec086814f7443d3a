"""A flow as a pipeline of boxes: select with keys or mouse, drag a box to another place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from actionsmith.tui.widgets.pipeline_drawing import START, Box, Drawing, draw

ROOMY_WIDTH, ROOMY_HEIGHT = 48, 20
EDGE_SCROLL_SECONDS = 0.06


class Pipeline(ScrollView):
    """Shows `boxes` and lets one of them be `selected`. What a drag or a key asks for is posted.

    The order itself belongs to the screen: it answers `Moved` with new boxes.
    """

    DEFAULT_CSS = """
    Pipeline {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > .pipeline--line { color: $text-muted; }
        & > .pipeline--selected { color: $accent; text-style: bold; }
        & > .pipeline--moved { color: $text-warning; }
        & > .pipeline--added { color: $text-success; }
        & > .pipeline--removed { color: $text-error; }
        & > .pipeline--struck { color: $text-error; text-style: strike; }
        & > .pipeline--title { color: $foreground; text-style: bold; }
        & > .pipeline--text { color: $foreground; }
        & > .pipeline--muted { color: $text-muted; }
        & > .pipeline--completed { color: $text-success; }
        & > .pipeline--suspended { color: $text-accent; }
        & > .pipeline--denied { color: $text-warning; text-style: bold; }
        & > .pipeline--failed { color: $text-error; text-style: bold; }
        & > .pipeline--running { color: $text-accent; text-style: italic; }
        & > .pipeline--drop { color: $accent; text-style: bold; }
        &:ansi > .pipeline--muted { text-style: dim; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"pipeline--{style}"
        for style in (
            *("line", "selected", "moved", "added", "removed", "struck", "title", "text", "muted"),
            *("completed", "suspended", "denied", "failed", "running", "drop"),
        )
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "select_by(-1)", "Previous", show=False),
        Binding("down,j", "select_by(1)", "Next", show=False),
        Binding("home,g", "select_by(-1000)", "First", show=False),
        Binding("end,G", "select_by(1000)", "Last", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
    ]
    ALLOW_SELECT = False

    boxes: reactive[tuple[Box, ...]] = reactive(())
    selected: reactive[str] = reactive(START)

    @dataclass
    class Selected(Message):
        """Another box was selected, by key or mouse."""

        pipeline: Pipeline
        key: str

        @property
        def control(self) -> Pipeline:
            return self.pipeline

    @dataclass
    class Moved(Message):
        """The Action was dragged to the place `to` (from 0) of the order."""

        pipeline: Pipeline
        name: str
        to: int

        @property
        def control(self) -> Pipeline:
            return self.pipeline

    @dataclass
    class Opened(Message):
        """The box was clicked twice."""

        pipeline: Pipeline
        key: str

        @property
        def control(self) -> Pipeline:
            return self.pipeline

    @dataclass
    class _Drag:
        """A box held by the mouse; `place` is where it would fall, None while that changes nothing."""

        box: Box
        from_line: int
        started: bool = False
        place: int | None = None

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self.drawing = Drawing()
        self._drag: Pipeline._Drag | None = None
        self._edge_timer: Timer | None = None

    @property
    def dragging(self) -> bool:
        """Whether the mouse is moving a box."""
        return self._drag is not None and self._drag.started

    def show(self, boxes: tuple[Box, ...], selected: str) -> None:
        """Draw `boxes`; when `selected` is not among them the first one is selected."""
        keys = [box.key for box in boxes]
        self.boxes = boxes
        self.selected = selected if selected in keys else START
        self._redraw()
        self._show_selected()

    def on_resize(self) -> None:
        """With less room, what is selected would be out of sight."""
        self._redraw()
        self._show_selected()

    def watch_selected(self) -> None:
        self._redraw()
        self._show_selected()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        width = self.size.width
        if line >= len(self.drawing.lines):
            return Strip.blank(width, self.rich_style)
        segments = [
            Segment(text, self.get_component_rich_style(f"pipeline--{style}"))
            for text, style in self.drawing.lines[line]
        ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def action_select_by(self, steps: int) -> None:
        """Select the box `steps` further down, stopping at the ends."""
        keys = [box.key for box in self.boxes]
        if keys:
            self._select(keys[max(0, min(keys.index(self.selected) + steps, len(keys) - 1))])

    def cancel_drag(self) -> None:
        """Let the held box go back where it was."""
        self._end_drag()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        box = self._box_at(event.y)
        if event.button != 1 or box is None:
            return
        self._select(box.key)
        if not box.is_end and box.mark != "removed":
            self._drag = self._Drag(box, event.y + self.scroll_offset.y)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._drag is None:
            return
        line = event.y + self.scroll_offset.y
        if not self._drag.started and line != self._drag.from_line:
            self._drag.started = True
            self._edge_timer = self.set_interval(EDGE_SCROLL_SECONDS, self._scroll_at_edge)
        if self._drag.started:
            self._hold_over(line)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        drag = self._drag
        self._end_drag()
        if drag is not None and drag.place is not None:
            place = drag.place - (1 if drag.place > _place_of(drag.box) else 0)
            self.post_message(self.Moved(self, drag.box.key, place))

    def on_mouse_release(self) -> None:
        self._end_drag()

    def on_click(self, event: events.Click) -> None:
        box = self._box_at(event.y)
        if event.chain == 2 and box is not None:
            self.post_message(self.Opened(self, box.key))

    def _select(self, key: str) -> None:
        if key != self.selected:
            self.selected = key
            self.post_message(self.Selected(self, key))

    def _box_at(self, y: int) -> Box | None:
        key = self.drawing.key_at(y + self.scroll_offset.y)
        return next((box for box in self.boxes if box.key == key), None)

    def _hold_over(self, line: int) -> None:
        """Show where the held box would fall when let go over `line` of the drawing."""
        assert self._drag is not None
        place = self.drawing.drop_at(line)
        stays = place in (_place_of(self._drag.box), _place_of(self._drag.box) + 1)
        self._drag.place = None if stays else place
        self._redraw()

    def _scroll_at_edge(self) -> None:
        y = self.app.mouse_position.y - self.content_region.y
        step = -1 if y <= 0 else 1 if y >= self.size.height - 1 else 0
        if step and self.dragging:
            self.scroll_relative(y=step, animate=False)
            self._hold_over(y + self.scroll_offset.y)

    def _end_drag(self) -> None:
        if self._edge_timer is not None:
            self._edge_timer.stop()
            self._edge_timer = None
        if self._drag is not None:
            self._drag = None
            self.release_mouse()
            self._redraw()

    def _redraw(self) -> None:
        if not self.size.width:
            return
        drag = self._drag if self.dragging else None
        self.drawing = draw(
            self.boxes,
            self.size.width,
            selected=self.selected,
            dragged=drag.box.key if drag else None,
            drop=drag.place if drag else None,
            compact=self.size.width < ROOMY_WIDTH or self.size.height < ROOMY_HEIGHT,
        )
        self.virtual_size = Size(self.size.width, len(self.drawing.lines))
        if self.is_mounted:
            self._refresh_scrollbars()  # else they follow with the next layout, whenever that is
        self.refresh()

    def _show_selected(self) -> None:
        span = self.drawing.spans.get(self.selected)
        if span is not None:
            top, bottom = span
            self.scroll_to_region(Region(0, top, 1, bottom - top + 1), animate=False, force=True)


def _place_of(box: Box) -> int:
    """The place (from 0) of an Action that is part of the order."""
    return (box.number or 1) - 1
