"""The panes of the workbench and which of them one is in."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.events import DescendantFocus
from textual.reactive import reactive
from textual.widget import Widget

from actionsmith.language.service import LanguageService
from actionsmith.tenant.model import Action
from actionsmith.tui.actions import BY_ID, key_hint, keys_of
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.notices import toast
from actionsmith.tui.running.runs import RunInput
from actionsmith.tui.texts.drafts import Drafts
from actionsmith.tui.widgets.action_list import ActionList
from actionsmith.tui.widgets.code_pane import CodePane
from actionsmith.tui.widgets.event_pane import EventPane
from actionsmith.tui.widgets.result_view import ResultView
from actionsmith.tui.widgets.side_panel import SidePanel
from actionsmith.tui.widgets.tab_strip import TabStrip

PANE_TABS = {
    "actions": ("panes.show_actions", "Actions"),
    "code": ("panes.show_code", "Code"),
    "panel": ("panes.show_panel", "Panel"),
    "event": ("panes.show_test", "Event"),
    "result": ("", "Result"),
}
"""The command that goes to a pane, and the name of the pane."""

PLACES = {
    "actions": ("left", "pane-actions"),
    "code": ("work", "pane-code"),
    "panel": ("left", "pane-panel"),
    "event": ("work", "test", "pane-event"),
    "result": ("work", "test", "pane-result"),
}
"""What has to be displayed for a pane to be seen."""

OF_AN_ACTION = ("pane-panel", "test")

NARROW_BELOW = 90
WIDE_FROM = 140
WIDTHS = [(0, "-narrow"), (NARROW_BELOW, "-medium"), (WIDE_FROM, "-wide")]
"""Classes of a screen by its width in cells, the narrowest first."""

CONTEXT_PANES = {
    "editor": "code",
    "actions": "actions",
    "secrets": "panel",
    "modules": "panel",
    "versions": "panel",
    "event": "event",
    "result": "result",
}
"""Which pane holds the widget of a command context."""


def width_class(width: int) -> str:
    """The class of a screen of so many cells."""
    return [name for least, name in WIDTHS if width >= least][-1]


class Desk(Vertical):
    """All panes beside each other; on a narrow screen one at a time under tabs. Carries out their commands.

    `pane` is the one that has the focus, or had it last.
    """

    SCOPED_CSS = False  # the width of the screen decides
    DEFAULT_CSS: ClassVar[str] = """
    Desk {
        .pane {
            border: round $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
        }
        .pane:focus-within {
            border: round $border;
            border-title-color: $primary;
            border-title-style: bold;
        }
        CodeEditor {
            border: none;
            padding: 0;
            background: transparent;
            scrollbar-size: 0 1;
            &:focus { border: none; }
        }
        & > #pane-tabs { display: none; padding: 0 1; }
        & > #body { height: 1fr; }
        #left { width: 34; }
        #pane-actions { height: 1fr; }
        #pane-panel { height: 45%; }
        #work { width: 1fr; layout: horizontal; }
        #pane-code { width: 1fr; height: 1fr; }
        #test { width: 36%; min-width: 44; max-width: 58; }
        #pane-event, #pane-result { height: 1fr; }
    }
    .-medium Desk #left { width: 33; }
    .-medium Desk, .-wide Desk.-test-below {
        #work { layout: vertical; }
        #test { width: 1fr; max-width: 100%; height: 45%; layout: horizontal; }
        #pane-event, #pane-result { width: 1fr; }
    }
    .-narrow Desk {
        & > #pane-tabs { display: block; }
        .pane { border: none; }
        #pane-code { border-bottom: solid $border-blurred; }
        #left, #work, #test { width: 1fr; min-width: 0; max-width: 100%; height: 1fr; }
        #pane-panel { height: 1fr; }
    }
    """

    pane: reactive[str] = reactive("code", init=False)
    has_action: reactive[bool] = reactive(True, init=False)
    """Whether an Action is open; without one there is nothing to test and no panel to fill."""
    test_below: reactive[bool] = reactive(False, init=False)
    """Whether event and result are below the code where there is room beside it."""

    def __init__(self, services: Callable[[str], tuple[LanguageService, ...]], drafts: Drafts) -> None:
        super().__init__()
        self.actions = ActionList(widget_id="actions")
        self.side = SidePanel(widget_id="pane-panel")
        self.code = CodePane(services, widget_id="pane-code")
        self.event = EventPane(drafts, widget_id="pane-event")
        self.result = ResultView(widget_id="pane-result")
        self.event.border_title, self.result.border_title = "Event", "Result"
        for pane in (self.side, self.code, self.event, self.result):
            pane.add_class("pane")

    def compose(self) -> ComposeResult:
        labels = {
            pane: f"{key_hint(command)} {title}" if command and keys_of(BY_ID[command]) else title
            for pane, (command, title) in PANE_TABS.items()
        }
        yield TabStrip(labels, active=self.pane, widget_id="pane-tabs")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                with Vertical(id="pane-actions", classes="pane") as actions:
                    actions.border_title = "Actions"
                    yield self.actions
                yield self.side
            with Container(id="work"):
                yield self.code
                with Container(id="test"):
                    yield self.event
                    yield self.result

    def go_to(self, pane: str) -> None:
        """Bring a pane into sight and focus it."""
        self.pane = pane
        if pane == "panel":
            self.side.focus_list()
        else:
            targets: dict[str, Widget] = {
                "actions": self.actions,
                "code": self.code.editor,
                "event": self.event.editor,
                "result": self.result.rows,
            }
            targets[pane].focus()

    def go_to_context(self, context: str) -> None:
        """Bring the widget of a command context into sight, if it is one of the panes'."""
        if pane := CONTEXT_PANES.get(context):
            if context in SidePanel.TABS:
                self.side.choose(context)
            self.go_to(pane)

    def action_show_actions(self) -> None:
        self.go_to("actions")

    def action_show_code(self) -> None:
        self.go_to("code")

    def action_show_panel(self) -> None:
        if self.pane == "panel":
            self.side.choose_next()
        else:
            self.go_to("panel")

    def action_show_test(self) -> None:
        self.go_to("result" if self.pane == "event" else "event")

    def action_toggle_split(self) -> None:
        self.test_below = not self.test_below

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "toggle_split":
            return self.screen.size.width >= WIDE_FROM and self.has_action
        return super().check_action(action, parameters)

    def run_input(self, action: Action) -> RunInput:
        """What a run of the open Action is to be: the code and the event as they stand in the editors."""
        event = self.event
        return RunInput(action, self.code.text, event.text, event.name_shown, event.handler)

    def watch_pane(self) -> None:
        self.query_one("#pane-tabs", TabStrip).active = self.pane
        if self.screen.size.width < NARROW_BELOW:
            self._arrange()

    def watch_has_action(self) -> None:
        for part in (self.side, self.event, self.result):
            part.disabled = not self.has_action
        self._arrange()

    def watch_test_below(self) -> None:
        self.set_class(self.test_below, "-test-below")

    def on_resize(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Show all panes, or the one that is on top when there is no room for more.

        Sets `display` by hand: a class on the desk would style all widgets anew at each change of focus.
        """
        narrow = self.screen.size.width < NARROW_BELOW
        for place in {place for places in PLACES.values() for place in places}:
            seen = not narrow or place in PLACES[self.pane]
            self.query_one(f"#{place}").display = seen and (self.has_action or place not in OF_AN_ACTION)

    @on(DescendantFocus)
    def follow_focus(self, event: DescendantFocus) -> None:
        for node in event.widget.ancestors_with_self:
            if (node.id or "").startswith("pane-"):
                self.pane = (node.id or "").removeprefix("pane-")

    @on(CodePane.Counted)
    def show_counts(self, event: CodePane.Counted) -> None:
        """Beside the tabs, for panes without a frame that could hold it."""
        event.stop()
        self.query_one("#pane-tabs", TabStrip).notes = event.counts

    @on(CodeEditor.PackageWanted)
    def show_progress(self, event: CodeEditor.PackageWanted) -> None:
        """The workbench adds it; here is to be seen how that goes."""
        self.side.reveal("modules")
        toast(self, f"Adding {event.spec}…")

    @on(ResultView.PlaceChosen)
    def go_to_place(self, event: ResultView.PlaceChosen) -> None:
        if self.code.opened is not None and self.code.opened.action.name == event.action:
            self.go_to("code")
            self.code.go_to(event.line, event.column)

    @on(TabStrip.Chosen, "#pane-tabs")
    def tab_clicked(self, event: TabStrip.Chosen) -> None:
        event.stop()
        self.go_to(event.tab)
