"""The bar under an editor that finds and replaces: a line for each, and a sentence for a bad pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import events, on
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, Static

from actionsmith.editing.search import Hits
from actionsmith.tui.actions import BY_ID, bindings_for, keys_of
from actionsmith.tui.keys.key_names import key_names
from actionsmith.tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from actionsmith.tui.editor.finding import Finding

TIGHT_BELOW = 56
"""Cells; a narrower bar has its switches on a line of their own."""

MOST_REMEMBERED = 50

SWITCHES = {"case": "Aa", "word": "W", "pattern": ".*", "scope": "sel"}
BUTTONS = {"go(-1)": ("find.previous", "‹"), "go(1)": ("find.next", "›"), "close": ("find.close", "✕")}
REPLACE_BUTTONS = {"replace_one": ("", "One"), "replace_all": ("find.replace_all", "All")}


class FindField(TextField):
    """A field of the bar: keys with alt are commands of the bar, though a letter comes with them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+a", "select_all", "Select everything", show=False)]

    async def _on_key(self, event: events.Key) -> None:
        if event.key.startswith("alt+"):
            event.prevent_default()


class Buttons(Widget):
    """Words in a row that can be clicked; those in `lit` are on."""

    DEFAULT_CSS = """
    Buttons {
        width: auto;
        height: 1;
        & > .buttons--off { color: $text-muted; }
        & > .buttons--on { color: $background; background: $accent; text-style: bold; }
        &:ansi > .buttons--on { color: $accent; background: transparent; text-style: reverse bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"buttons--off", "buttons--on"}
    ALLOW_SELECT = False

    lit: reactive[frozenset[str]] = reactive(frozenset())

    def __init__(self, words: dict[str, tuple[str, str]], *, classes: str = "") -> None:
        """`words`: action of the bar to the command it is, for its tooltip, and the word."""
        super().__init__(classes=classes)
        self.words = words
        self.tooltip = Content(
            "\n".join(
                f"{word}  {BY_ID[command].title} ({key_names(keys_of(BY_ID[command]))})"
                for command, word in words.values()
                if command
            )
        )

    def render(self) -> RenderResult:
        off = self.get_visual_style("buttons--off", partial=True)
        on_ = self.get_visual_style("buttons--on")
        return Content(" ").join(
            Content.styled(word, on_ if action in self.lit else off).stylize(
                Style.from_meta({"does": action})
            )
            for action, (_, word) in self.words.items()
        )

    async def on_click(self, event: events.Click) -> None:
        event.stop()
        action = event.style.meta.get("does")
        bar = next((node for node in self.ancestors if isinstance(node, FindBar)), None)
        if action in self.words and bar is not None:
            await self.app.run_action(str(action), bar)


class FindBar(Vertical):
    """Says to `finding` what to look for, and shows what it tells."""

    CONTEXT: ClassVar[str] = "find"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("find")
    DEFAULT_CSS = """
    FindBar {
        height: auto;
        padding: 0 1;
        background: $panel;
        & Horizontal { height: 1; width: 1fr; }
        & > #find-first { height: auto; layout: horizontal; }
        & #find-switches { width: 18; }
        &.-tight > #find-first { layout: vertical; }
        &.-tight #find-switches { width: 1fr; }
        & .find-label { width: 5; height: 1; color: $text-muted; }
        & FindField { width: 1fr; min-width: 8; background: $surface; margin-right: 1; }
        & #find-count { width: auto; height: 1; max-width: 16; margin-right: 1; color: $text-muted; }
        & #find-count.-none { color: $text-warning; }
        & .find-spaced { margin-right: 1; }
        & > #replace-line { display: none; }
        &.-replaces > #replace-line { display: block; }
        & > #find-fault { display: none; height: auto; max-height: 3; color: $text-error; }
        & > #find-fault.-shown { display: block; }
    }
    """

    remembered: ClassVar[list[str]] = []
    """What was searched for, the newest last; all editors share it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self._finding = finding
        self._place = 0
        self._find = FindField(
            entered=lambda _: self.action_go(1), placeholder="text to find", id="find-text"
        )
        self._with = FindField(
            entered=lambda _: self.action_replace_one(), placeholder="becomes", id="replace-text"
        )
        self._switches = Buttons(
            {f"switch('{name}')": (f"find.{name}", word) for name, word in SWITCHES.items()},
            classes="find-spaced",
        )

    def compose(self) -> ComposeResult:
        with Container(id="find-first"):
            with Horizontal(id="find-line"):
                yield Static("Find", classes="find-label")
                yield self._find
                yield Static(id="find-count")
            with Horizontal(id="find-switches"):
                yield self._switches
                yield Buttons(BUTTONS)
        with Horizontal(id="replace-line"):
            yield Static("With", classes="find-label")
            yield self._with
            yield Buttons(REPLACE_BUTTONS)
        yield Static(id="find-fault")

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < TIGHT_BELOW, "-tight")

    @property
    def replaces(self) -> bool:
        """Whether the line of the replacement is there."""
        return self.has_class("-replaces")

    def show(self, *, replace: bool, write_replacement: bool = False) -> None:
        """Show what `finding` looks for, and put the cursor where one writes."""
        self.set_class(replace and self._finding.may_replace, "-replaces")
        with self.prevent(Input.Changed):
            self._find.value = self._finding.query.text
        self._place = len(self.remembered)
        self._light()
        field = self._with if write_replacement and self.replaces and self._find.value else self._find
        self.call_after_refresh(field.focus)
        self.call_after_refresh(self._find.select_all)

    def tell(self, hits: Hits, number: int | None, fault: str) -> None:
        """Say how many hits there are, which one is selected, and what is wrong with the pattern."""
        count, total = self.query_one("#find-count", Static), f"{len(hits.found)}{'+' if hits.more else ''}"
        none = not hits.found and bool(self._finding.query.text)
        count.set_class(none, "-none")
        if none:
            text = "" if fault else "no hits"
        elif not hits.found:
            text = ""
        else:
            text = f"{number + 1} of {total}" if number is not None else f"{total} hits"
        count.update(Content(text))
        line = self.query_one("#find-fault", Static)
        line.set_class(bool(fault), "-shown")
        line.update(Content(fault))
        self._light()

    def _light(self) -> None:
        query = self._finding.query
        on_ = {"case": query.case, "word": query.word, "pattern": query.pattern}
        on_["scope"] = self._finding.scope is not None
        self._switches.lit = frozenset(f"switch('{name}')" for name, is_on in on_.items() if is_on)

    @on(Input.Changed, "#find-text")
    def _written(self, event: Input.Changed) -> None:
        event.stop()
        if self.remembered[self._place : self._place + 1] != [event.value]:
            self._place = len(self.remembered)
        self._finding.ask(msgspec.structs.replace(self._finding.query, text=event.value))

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._finding.may_replace or not action.startswith(("replace", "toggle_replace"))

    def action_go(self, step: int) -> None:
        self._remember()
        self._finding.go(step)

    def action_close(self) -> None:
        self._remember()
        self._finding.close()

    def action_replace_one(self) -> None:
        self._remember()
        self._finding.replace_one(self._with.value)

    def action_replace_all(self) -> None:
        if not self.replaces:
            self.action_toggle_replace()
            return
        self._remember()
        self._finding.replace_all(self._with.value)

    def action_toggle_replace(self) -> None:
        self.toggle_class("-replaces")
        (self._with if self.replaces else self._find).focus()

    def action_switch(self, name: str) -> None:
        query = self._finding.query
        if name == "scope":
            self._finding.switch_scope()
        else:
            self._finding.ask(msgspec.structs.replace(query, **{name: not getattr(query, name)}))
        self._light()

    def action_select_text(self) -> None:
        self._find.focus()
        self._find.select_all()

    def action_older(self) -> None:
        self._recall(-1)

    def action_newer(self) -> None:
        self._recall(1)

    def _recall(self, step: int) -> None:
        place = self._place + step
        if 0 <= place < len(self.remembered):
            self._place = place
            self._find.value = self.remembered[place]
            self.action_select_text()

    def _remember(self) -> None:
        text = self._find.value
        if text:
            self.remembered[:] = [*(each for each in self.remembered if each != text), text][
                -MOST_REMEMBERED:
            ]
            self._place = len(self.remembered) - 1
