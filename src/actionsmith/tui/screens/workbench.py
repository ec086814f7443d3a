"""The main screen: Actions, code, secrets, modules, versions, event and result.

It wires widgets to use cases. What changes the tenant goes through `changing`; afterwards everything
shown is read anew and handed down by `showing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.theme import Theme

from actionsmith.tenant.model import Action
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.faults import report
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast
from actionsmith.tui.running.runs import Runs
from actionsmith.tui.screens.hosting import HostingScreen, hosted_bindings
from actionsmith.tui.tenant.changes import Change, ChangeRequested, RenameAction, SaveEvent
from actionsmith.tui.tenant.changing import Changing
from actionsmith.tui.tenant.installs import Installs
from actionsmith.tui.tenant.showing import Showing
from actionsmith.tui.tenant.snapshot import OpenAction, Snapshot
from actionsmith.tui.texts.drafts import Drafts
from actionsmith.tui.texts.kept_texts import KeptTexts
from actionsmith.tui.texts.recovery import Recovery
from actionsmith.tui.texts.text_key import Key
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.action_list import ActionList
from actionsmith.tui.widgets.command_bar import CommandBar
from actionsmith.tui.widgets.desk import WIDTHS, Desk, width_class
from actionsmith.tui.widgets.editor_tabs import EditorTabs
from actionsmith.tui.widgets.header_line import HeaderLine
from actionsmith.tui.widgets.modules_panel import ModulesPanel
from actionsmith.tui.widgets.moved_bar import MovedBar
from actionsmith.tui.widgets.versions_panel import VersionsPanel
from actionsmith.tui.workbench.event_choice import EventChoice
from actionsmith.tui.workbench.languages import Languages
from actionsmith.tui.workbench.open_tabs import OpenTabs
from actionsmith.tui.workbench.other_screens import OtherScreens
from actionsmith.tui.workbench.saving import Saving
from actionsmith.tui.workbench.status import header_facts
from actionsmith.tui.workbench.texts_in_sight import TextsInSight

if TYPE_CHECKING:
    from actionsmith.runtime.pool import HostPool


class WorkbenchScreen(HostingScreen):
    """One tenant; `first` of the `opened` Actions is shown. `syntax`: the theme's colours of code."""

    CONTEXT: ClassVar[str] = "workbench"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("workbench"), *hosted_bindings("tabs", "panes")]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    AUTO_FOCUS = ""

    def __init__(
        self,
        tenant: Tenant,
        pool: HostPool | None,
        syntax: Callable[[], Syntax],
        first: str = "",
        opened: Iterable[str] = (),
    ) -> None:
        super().__init__()
        self.tenant, self.pool, self.syntax = tenant, pool, syntax
        self._wanted_line: int | None = None
        self.run_on_save = False
        self.jobs = Jobs(self)
        self.report = partial(report, self)
        self.kept = KeptTexts(self, self.jobs, tenant, self.report)
        self.drafts = Drafts(self.kept)
        self.desk = Desk(lambda language: self.languages.services(language), self.drafts)  # noqa: PLW0108
        self.languages = Languages(self, self.desk.code.look_again)
        self.texts = TextsInSight(self.drafts, self.desk)
        put = self.texts.put
        self.changing = Changing(self, self.jobs, tenant, self.drafts, put, self._changed, self.load)
        self.saving = Saving(self.desk.code, self.drafts, self.changing)
        self.tabs = OpenTabs(self, self.drafts, self.changing, self.open_action, first, opened)
        self.hosts = {"tabs": self.tabs, "panes": self.desk}
        self.showing = Showing(
            self, self.jobs, tenant, self.tabs, self.drafts, self.desk, self.texts, self._shown
        )
        self.recovery = Recovery(self, self.kept, self.drafts, self._restored)
        self.events = EventChoice(self.jobs, self.desk.event, self.report)
        self.runs = Runs(self.jobs, self.desk.result, tenant, pool)
        self.other_screens = OtherScreens(self, tenant, pool, syntax, self.open_action, self.load)
        self.installs = Installs(self.jobs, self.desk.side.modules, tenant, self.load)

    def compose(self) -> ComposeResult:
        # before anything has its styles: the first resize would bring the class after the first picture
        self.add_class(width_class(self.app.size.width), update=False)
        yield HeaderLine()
        yield self.desk
        yield CommandBar()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._colour_code)
        self._colour_code()
        self.showing.read_first()
        self.recovery.look(self.jobs, self.report)
        self.desk.go_to("code" if self.opened else "actions")

    def _colour_code(self, _: Theme | None = None) -> None:
        for editor in self.query(CodeEditor):
            editor.syntax_styles = self.syntax()

    async def on_unmount(self) -> None:
        await self.languages.close()

    def keep_unsaved(self) -> None:
        """Write what is not saved into the journal. Blocks; raises UserError when that is not possible."""
        self.texts.take_edits()
        self.kept.write_all()

    def close(self) -> None:
        """Stop what runs and keep what is not saved. Blocks; for the end of the program."""
        self.runs.cancel()
        self.kept.close()

    @property
    def snapshot(self) -> Snapshot:
        """The tenant as it is shown."""
        return self.showing.snapshot

    @property
    def opened(self) -> OpenAction | None:
        """The Action in the editor."""
        return self.snapshot.opened

    # From the tenant to the screen

    def load(self) -> None:
        """Read everything anew, off the screen's thread, and show it."""
        self.showing.read()

    def _shown(self, is_another: bool) -> None:
        if (opened := self.opened) is not None:
            self.events.show(opened)
            if is_another:
                self.runs.show_last(opened.action, self.syntax())
        if self._wanted_line is not None:
            self.desk.code.go_to(self._wanted_line)
            self._wanted_line = None
        self._show_state(choose=self.tabs.shown if is_another else None)

    @on(ChangeRequested)
    def carry_out(self, event: ChangeRequested) -> None:
        if self.opened is not None:
            self.changing.start(event.change, self.opened.action.name)

    def _changed(self, change: Change) -> None:
        if isinstance(change, RenameAction):
            self.tabs.renamed(change.name, change.new_name)
        if isinstance(change, SaveEvent):
            self.desk.event.follow(change)
        self.load()

    def _show_state(self, choose: str | None = None) -> None:
        opened = self.opened
        name, code = opened.action.name if opened else None, self.desk.code
        unsaved = self.drafts.unsaved
        self.query_one(HeaderLine).facts = header_facts(self.tenant.name, opened, name in unsaved)
        code.query_one(EditorTabs).show(self.tabs.names, name, unsaved)
        code.query_one(MovedBar).tell(code.key if code.key in self.texts.moved() else None)
        self.desk.side.versions.replaces_unsaved = name in unsaved
        self.desk.actions.show_actions(
            self.snapshot.groups, opened=name, unsaved=unsaved, bound=self.snapshot.bound, choose=choose
        )
        self.refresh_bindings()

    # Actions: open, save, run, deploy

    def action_names(self) -> list[str]:
        return [action.name for action in self.snapshot.actions]

    def open_action(self, name: str, line: int | None = None) -> None:
        """Open an Action by name in the editor, and put the cursor on a line of it."""
        self.tabs.open(name)
        self._wanted_line = line
        self.load()
        self.desk.go_to("code")

    def _restored(self, key: Key) -> None:
        """Show text that was put back, at once when its Action is open."""
        if self.texts.put_back(key):
            self._show_state()
        else:
            _, name = key
            self.open_action(name)

    @on(ActionList.Opened)
    def open_chosen(self, event: ActionList.Opened) -> None:
        self.open_action(event.name)

    @on(CodeEditor.Edited)
    def code_edited(self) -> None:
        if self.texts.code.take_edit():
            self._show_state()

    def action_save(self) -> None:
        self.saving.save()
        if self.run_on_save and self.opened is not None:
            self._run(self.opened.action)

    def action_deploy(self) -> None:
        self.saving.deploy()

    def action_run(self) -> None:
        if self.opened is None:
            return
        self.saving.save_changes()
        self._run(self.opened.action)
        if self.has_class("-narrow"):
            self.desk.go_to("result")

    def _run(self, action: Action) -> None:
        self.runs.start(self.desk.run_input(action), self.syntax())

    def action_toggle_run_on_save(self) -> None:
        self.run_on_save = not self.run_on_save
        toast(self, f"Saving {'now runs' if self.run_on_save else 'no longer runs'} the draft.")

    def action_stop(self) -> None:
        self.runs.stop()

    @on(Runs.Changed)
    def run_changed(self, event: Runs.Changed) -> None:
        self.desk.code.show_run(event.execution, event.code)
        self.refresh_bindings()

    # What the panes ask for

    def reveal(self, context: str) -> None:
        self.desk.go_to_context(context)

    @on(EditorTabs.Chosen)
    def show_tab(self, event: EditorTabs.Chosen) -> None:
        self.tabs.show(event.name)

    @on(EditorTabs.CloseWanted)
    def close_tab(self, event: EditorTabs.CloseWanted) -> None:
        self.tabs.close(event.name)

    @on(MovedBar.MergeWanted)
    def action_merge(self, event: MovedBar.MergeWanted | None = None) -> None:
        for key in [event.key] if event else self.texts.moved()[:1]:
            self.changing.settle(key)

    @on(CodeEditor.PackageWanted)
    @on(ModulesPanel.AddRequested)
    def add_module(self, event: CodeEditor.PackageWanted | ModulesPanel.AddRequested) -> None:
        if self.opened is not None:
            self.installs.add(self.opened.action.name, event.spec)

    @on(ModulesPanel.CancelRequested)
    def cancel_installation(self) -> None:
        self.installs.cancel()

    @on(CodeEditor.SecretWanted)
    def define_secret(self, event: CodeEditor.SecretWanted) -> None:
        """Here and not on the desk: what comes of a dialog bubbles no further than to who opened it."""
        self.desk.side.secrets.define(event.name)

    @on(VersionsPanel.DiffRequested)
    def show_diff(self, event: VersionsPanel.DiffRequested) -> None:
        if self.opened is not None:
            self.other_screens.show_diff(self.opened, event.number, self.desk.code.text)

    @on(CodeEditor.SourceWanted)
    def show_source(self, event: CodeEditor.SourceWanted) -> None:
        self.other_screens.show_source(event.target)

    # Other screens

    @on(ActionList.FlowWanted)
    def action_open_flow(self, event: ActionList.FlowWanted | None = None) -> None:
        trigger = event.trigger if event else self.snapshot.trigger
        self.other_screens.show_flow(trigger, self.desk.event.chosen_for(trigger))

    def action_new_action(self) -> None:
        self.other_screens.ask_for_action(self.snapshot.trigger)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "stop":
            return self.runs.running
        if action == "merge":
            return bool(self.texts.moved())
        if action in ("run", "save", "deploy"):
            return self.opened is not None
        return super().check_action(action, parameters)
