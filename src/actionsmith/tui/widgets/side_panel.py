"""Secrets, modules and versions of the open Action, one at a time."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import ContentSwitcher

from actionsmith.tui.tenant.snapshot import OpenAction
from actionsmith.tui.widgets.modules_panel import ModulesPanel
from actionsmith.tui.widgets.secrets_panel import SecretsPanel
from actionsmith.tui.widgets.tab_strip import TabStrip
from actionsmith.tui.widgets.versions_panel import VersionsPanel


class SidePanel(Vertical):
    """A strip of tabs over the three lists."""

    TABS: ClassVar[dict[str, str]] = {"secrets": "Secrets", "modules": "Modules", "versions": "Versions"}
    DEFAULT_CSS = """
    SidePanel {
        & > TabStrip { padding: 0 1; }
        & > TabStrip > .tab-strip--active {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
        & > ContentSwitcher { height: 1fr; margin-top: 1; }
    }
    """

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self.secrets = SecretsPanel(widget_id="secrets")
        self.modules = ModulesPanel(widget_id="modules")
        self.versions = VersionsPanel(widget_id="versions")

    def compose(self) -> ComposeResult:
        yield TabStrip(self.TABS, widget_id="side-tabs")
        with ContentSwitcher(initial="secrets"):
            yield self.secrets
            yield self.modules
            yield self.versions

    @property
    def tab(self) -> str:
        return self.query_one(ContentSwitcher).current or "secrets"

    def show(self, opened: OpenAction | None) -> None:
        """Show what belongs to the open Action."""
        draft = opened.draft if opened else None
        secrets = draft.secrets if draft else []
        dependencies = draft.dependencies if draft else []
        self.secrets.show_secrets(secrets)
        self.modules.show_modules(dependencies, opened.action if opened else None)
        self.versions.show_versions(opened)

    def choose(self, tab: str) -> None:
        """Show one of the tabs and focus its list."""
        self.reveal(tab)
        self.focus_list()

    def reveal(self, tab: str) -> None:
        """Show one of the tabs; the focus stays where it is."""
        self.query_one(ContentSwitcher).current = tab
        self.query_one(TabStrip).active = tab

    def choose_next(self) -> None:
        """Show the next tab, after the last the first."""
        tabs = list(self.TABS)
        self.choose(tabs[(tabs.index(self.tab) + 1) % len(tabs)])

    def focus_list(self) -> None:
        """Focus the list of the shown tab."""
        lists = {"secrets": self.secrets, "modules": self.modules.lines, "versions": self.versions}
        lists[self.tab].focus()

    @on(TabStrip.Chosen)
    def tab_clicked(self, event: TabStrip.Chosen) -> None:
        event.stop()
        self.choose(event.tab)
