"""The list of proposals beside the caret, with the documentation of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.geometry import Offset, Size
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from actionsmith.language.completion import Completion, Kind, matched

SIGNS: dict[Kind, tuple[str, str]] = {
    "property": ("·", "$text-primary"),
    "method": ("ƒ", "$text-accent"),
    "namespace": ("▸", "$text-secondary"),
    "secret": ("●", "$text-warning"),
    "dependency": ("◆", "$text-success"),
    "module": ("◇", "$text-success"),
    "handler": ("ƒ", "$text-accent"),
    "value": ("=", "$text-warning"),
    "function": ("ƒ", "$text-accent"),
    "class": ("◯", "$text-secondary"),
    "variable": ("x", "$text-primary"),
    "keyword": ("k", "$text-muted"),
    "constant": ("π", "$text-warning"),
    "text": ("a", "$text-muted"),
}
MOST_SHOWN = 100
ROWS = 8
LIST_WIDTH = (18, 44)
ABOUT_WIDTH = 46
NARROWEST_ABOUT = 28


class CompletionList(Container):
    """Floats over the screen, never takes the focus; the editor moves its highlight.

    The documentation is beside the list where the screen is wide enough, else below it, else away.
    """

    DEFAULT_CSS = """
    CompletionList {
        overlay: screen;
        position: absolute;
        layout: horizontal;
        width: auto;
        height: auto;
        display: none;
        background: $panel;
        & > OptionList {
            height: auto;
            border: none;
            padding: 0;
            background: $panel;
            scrollbar-size-vertical: 1;
            & > .option-list--option { padding: 0 1; }
            & > .option-list--option-highlighted {
                background: $block-cursor-background;
                color: $block-cursor-foreground;
            }
        }
        & > Static {
            height: auto;
            padding: 0 1;
            background: $panel-lighten-1;
            color: $foreground;
        }
        &.-below { layout: vertical; }
        &.-no-about > Static { display: none; }
    }
    """

    can_focus = False

    class _Options(OptionList, can_focus=False):
        BINDINGS: ClassVar = []

    def __init__(self, take: Callable[[Completion], None], describe: Callable[[Completion], None]) -> None:
        super().__init__()
        self._take, self._describe = take, describe
        self._word = ""
        self._row_width = 0
        self._bottom: int | None = None
        self._x = 0
        self._items: Sequence[Completion] = ()
        self.moved = False
        """Whether the highlight was moved since the list opened: then Enter accepts."""

    def compose(self) -> ComposeResult:
        yield self._Options(markup=False)
        yield Static(markup=False)

    @property
    def is_open(self) -> bool:
        return self.display

    @property
    def current(self) -> Completion | None:
        """The proposal under the highlight."""
        row = self._options.highlighted
        return self._items[row] if self.is_open and row is not None and row < len(self._items) else None

    @property
    def _options(self) -> OptionList:
        return self.query_one(OptionList)

    def show(self, items: Sequence[Completion], caret: Offset, word: str) -> None:
        """Show proposals for the word that ends at the screen offset `caret`.

        A highlight that the person moved stays on its proposal while that is still there.
        """
        kept = self.current if self.moved else None
        self._items, self._word = items[:MOST_SHOWN], word
        labels = [item.label for item in self._items]
        self.moved = kept is not None and kept.label in labels
        screen = self.app.size
        width = self._list_width(screen.width)
        options = self._options
        options.styles.width = width
        options.styles.max_height = min(ROWS, len(self._items))
        self._row_width = width - 3
        options.set_options([Option(self._row(item)) for item in self._items])
        self._highlight(labels.index(kept.label) if kept is not None and self.moved else 0)
        self.display = True
        self._place(caret, cell_len(word), width, screen)
        self._show_about()

    def follow(self, caret: Offset) -> None:
        """The caret is elsewhere on the screen now: stay beside it."""
        screen = self.app.size
        self._place(caret, cell_len(self._word), self._list_width(screen.width), screen)
        self._show_about()

    def close(self) -> None:
        """Hide the list."""
        self.display, self.moved = False, False

    def described(self, item: Completion, described: Completion) -> None:
        """Put the proposal with its documentation in the place of the one without."""
        self._items = [described if it is item else it for it in self._items]
        if self.current is described:
            self._show_about()

    def move(self, step: int) -> None:
        """Move the highlight by `step` rows; at the ends a single step goes around."""
        count = len(self._items)
        if not count:
            return
        row = (self._options.highlighted or 0) + step
        self._highlight(row % count if abs(step) == 1 else min(max(row, 0), count - 1))
        self.moved = True
        self._show_about()

    def _highlight(self, row: int) -> None:
        """Put the highlight on a row. The colour of a sign is not for the background of the highlight."""
        options, before = self._options, self._options.highlighted
        if before is not None:
            options.replace_option_prompt_at_index(before, self._row(self._items[before]))
        options.replace_option_prompt_at_index(row, self._row(self._items[row], is_coloured=False))
        options.highlighted = row

    def _row(self, item: Completion, *, is_coloured: bool = True) -> Content:
        return _row(item, self._row_width, self._word, is_coloured=is_coloured)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self._items):
            self._take(self._items[event.option_index])

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    def _list_width(self, available: int) -> int:
        low, high = LIST_WIDTH
        widest = max((cell_len(item.label) + cell_len(item.detail) + 7 for item in self._items), default=low)
        return min(max(widest, low), high, available)

    def _place(self, caret: Offset, word: int, width: int, screen: Size) -> None:
        """Below the caret's line, or above it where there is no room; the line stays visible."""
        rows = min(ROWS, len(self._items))
        x = max(min(caret.x - word - 3, screen.width - width), 0)
        beside = screen.width - x - width
        below = screen.height - caret.y - 1
        is_below = rows <= below or below >= caret.y
        about = self.query_one(Static)
        rows_left = (below if is_below else caret.y) - rows
        is_beside = beside >= NARROWEST_ABOUT
        if not is_beside:
            width = min(max(width, NARROWEST_ABOUT + 12), screen.width)
            x = min(x, screen.width - width)
            self._options.styles.width = width
        self.set_class(not is_beside, "-below")
        self.set_class(not is_beside and rows_left < 3, "-no-about")
        about.styles.width = min(beside, ABOUT_WIDTH) if is_beside else width
        about.styles.min_height = rows if is_beside else 1
        room = below if is_below else caret.y
        about.styles.max_height = max(min(room, 12) if is_beside else min(rows_left, ROWS), 1)
        self._options.styles.max_height = max(min(rows, room), 1)
        self._bottom = None if is_below else caret.y
        self._x = x
        self.absolute_offset = Offset(x, caret.y + 1 if is_below else max(caret.y - rows, 0))

    def _show_about(self) -> None:
        item = self.current
        if item is None:
            return
        if item.handle >= 0 and not item.documentation:
            self._describe(item)
        about = self.query_one(Static)
        detail = (item.detail, "bold $text-accent") if item.detail else ""
        parts = [part for part in (detail, item.documentation) if part]
        about.display = bool(parts)
        about.update(
            Content.assemble(*(piece for part in parts for piece in (part, "\n")))[:-1] if parts else ""
        )
        if self._bottom is not None:
            self.call_after_refresh(self._sit_on_caret)

    def _sit_on_caret(self) -> None:
        """Above the caret, the lower edge is what stays in its place."""
        if self._bottom is not None and self.is_open:
            self.absolute_offset = Offset(self._x, max(self._bottom - self.outer_size.height, 0))
            self.refresh(layout=True)


def _row(item: Completion, width: int, word: str, *, is_coloured: bool) -> Content:
    sign, colour = SIGNS[item.kind]
    label = item.label if cell_len(item.label) <= width - 2 else f"{set_cell_size(item.label, width - 3)}…"
    room = width - 2 - cell_len(label) - 2
    detail = item.detail
    if cell_len(detail) > room:
        detail = f"{set_cell_size(detail, room - 1)}…" if room > 3 else ""
    gap = " " * max(width - 2 - cell_len(label) - cell_len(detail), 0)
    shown = Content(label)
    for place in matched(item.label, word):
        shown = shown.stylize("bold underline", place, place + 1)
    return Content.assemble((f"{sign} ", colour if is_coloured else ""), shown, gap, (detail, "dim"))
