"""The executions of the log, one line each: draws only the lines in sight, so that many cost little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from actionsmith.tenant.log import LogRecord
from actionsmith.tui.log.view import LogLine, log_line
from actionsmith.tui.running.result_rows import STATUS_STYLES, STATUS_WORDS

GAP = "  "
STATUS_WIDTH = 9
TOOK_WIDTH = 7


class LogList(ScrollView, can_focus=True):
    """Oldest on top. While the last line is the chosen one, newer lines are followed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home,g", "first", "First", show=False),
        Binding("end,G", "last", "Last", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
    ]
    DEFAULT_CSS = """
    LogList {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        background: transparent;
        & > .log-list--chosen { background: $primary 15%; }
        &:focus > .log-list--chosen { background: $primary 35%; }
        &:ansi > .log-list--chosen { background: transparent; text-style: underline; }
        &:ansi:focus > .log-list--chosen {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"log-list--chosen"}
    ALLOW_SELECT = False

    place: reactive[int] = reactive(-1)

    @dataclass
    class Chosen(Message):
        """Another line is the chosen one, or none is."""

    @dataclass
    class Opened(Message):
        """The chosen line was clicked."""

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._records: tuple[LogRecord, ...] = ()
        self._utc = False
        self._hint = ""

    @property
    def chosen(self) -> LogRecord | None:
        """The execution of the chosen line."""
        return self._records[self.place] if 0 <= self.place < len(self._records) else None

    @property
    def plain(self) -> str:
        """All lines as text."""
        return "\n".join(drawn(log_line(record, utc=self._utc), 120).plain for record in self._records)

    def show(self, records: tuple[LogRecord, ...], *, utc: bool, hint: str = "", follow: bool = True) -> None:
        """Show these executions, or the hint when there are none.

        The chosen one stays, or with `follow` stays the last one.
        """
        before = self.chosen
        following = follow and self.place == len(self._records) - 1
        above = self.place - round(self.scroll_offset.y)
        self._records, self._utc, self._hint = records, utc, hint
        self._measure()
        kept = None if following or before is None else _place_of(before, records)
        self.set_reactive(LogList.place, len(records) - 1 if kept is None else kept)
        if kept is None:
            self._scroll_to_place()
        else:  # it stays where it is on the screen
            self.scroll_to(y=kept - above, animate=False, immediate=True)
        self.refresh()
        if self.chosen is not before:
            self.post_message(self.Chosen())

    def validate_place(self, place: int) -> int:
        return min(max(place, 0), len(self._records) - 1)

    def watch_place(self) -> None:
        self._scroll_to_place()
        self.post_message(self.Chosen())

    def action_move(self, by: int) -> None:
        self.place += by

    def action_page(self, direction: int) -> None:
        self.place += direction * max(self.scrollable_content_region.height - 1, 1)

    def action_first(self) -> None:
        self.place = 0

    def action_last(self) -> None:
        self.place = len(self._records) - 1

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        place = -1 if offset is None else offset.y + round(self.scroll_offset.y)
        if not 0 <= place < len(self._records):
            return
        if place == self.place:
            self.post_message(self.Opened())
        self.place = place

    def on_resize(self, event: Resize) -> None:
        self._measure()
        self._scroll_to_place()

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._records))

    def _scroll_to_place(self) -> None:
        if self.place >= 0:
            self.call_after_refresh(self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        self.scroll_to_region(Region(0, self.place, 1, 1), animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        style = self.visual_style
        place = y + round(self.scroll_offset.y)
        if not self._records:
            text = Content.styled(self._hint if y == 0 else "", "$text-muted").truncate(width, ellipsis=True)
        elif place >= len(self._records):
            return Strip.blank(width, style.rich_style)
        else:
            text = drawn(log_line(self._records[place], utc=self._utc), width)
            if place == self.place:
                if self.has_focus and self.app.current_theme.ansi:  # colours would be lost on the cursor's
                    text = Content(text.plain)
                style = self.get_visual_style("log-list--chosen")
        return Strip(text.render_segments(style)).adjust_cell_length(width, style.rich_style)


def _place_of(record: LogRecord, records: Sequence[LogRecord]) -> int | None:
    return next((place for place, other in enumerate(records) if other.id == record.id), None)


def drawn(line: LogLine, width: int) -> Content:
    """The line in exactly `width` cells: the title and its note get the room the others leave."""
    status = Content.styled(STATUS_WORDS.get(line.status, line.status), STATUS_STYLES.get(line.status, ""))
    front = [Content.styled(line.when, "$text-muted"), status.truncate(STATUS_WIDTH, pad=True)]
    took = Content.styled(line.took.rjust(TOOK_WIDTH), "$text-muted")
    taken = sum(part.cell_length + len(GAP) for part in (*front, took))
    title = Content(line.title)
    if line.note:
        title = Content.assemble(title, GAP, (line.note, "$text-muted"))
    title = title.truncate(max(width - taken, 4), ellipsis=True, pad=True)
    return Content(GAP).join([*front, title, took])
