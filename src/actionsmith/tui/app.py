"""The application: themes, the palette, quitting. What it shows is the business of its screens."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual import on
from textual.app import App
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.events import Event
from textual.screen import Screen

from actionsmith import config
from actionsmith.errors import UserError
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui import settings, system_clipboard
from actionsmith.tui.actions import bindings_for, textual_keymap, use_keys
from actionsmith.tui.dialogs import Choice, Choose, Confirm
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.vim_switch import VimSwitch
from actionsmith.tui.faults import capitalized
from actionsmith.tui.keys import keymap, typed_escapes
from actionsmith.tui.keys.keys_in_order import KeysInOrder
from actionsmith.tui.notices import toast
from actionsmith.tui.palette import ActionProvider, CommandProvider
from actionsmith.tui.screens.workbench import WorkbenchScreen
from actionsmith.tui.tenant.tenant_watch import TenantWatch
from actionsmith.tui.texts.recovery import Recovery
from actionsmith.tui.themes import DEFAULT_THEME, Syntax, Themes
from actionsmith.tui.workbench.action_place import ActionPlace, OpensPlaces

if TYPE_CHECKING:
    from actionsmith.runtime.pool import HostPool

TWICE_WITHIN_SECONDS = 1.5

MOST_PROBLEMS = 3
"""So many faults of the configuration are shown at the start."""

SETTLING_SECONDS = 0.2
"""From the first screen until what can wait begins: by then the terminal has got its text."""


@runtime_checkable
class ReadsTenant(Protocol):
    """A screen that shows Actions or flows as it has read them."""

    def load(self) -> None:
        """Read them again, and show what is other than before."""


class ActionsmithApp(App[None], inherit_bindings=False):
    """The workbench on one tenant. `pool` may be None: then every run starts its own process.

    `once_shown` is called in a thread as soon as the first screen is up. Signals of `leave_at` end it.
    """

    TITLE = "Actionsmith"
    CONTEXT: ClassVar[str] = "global"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("global")
    COMMANDS = {CommandProvider, ActionProvider}  # noqa: RUF012 - as Textual declares it
    CSS = """
    ToastRack { margin-bottom: 1; }
    Toast { width: auto; max-width: 60; padding: 0 1; margin: 0 1 0 0; }
    SearchIcon { display: none; }
    CommandPalette > Vertical { max-width: 100; }
    Button:ansi, TextField:ansi, SelectCurrent:ansi {  /* the terminal's own background has no shades */
        border-left: outer $border-blurred !important;
        border-right: outer $border-blurred !important;
    }
    Button:ansi:focus, TextField:ansi:focus, Select:ansi:focus > SelectCurrent {
        border-left: outer $border !important;
        border-right: outer $border !important;
    }
    """

    def __init__(
        self,
        tenant: Tenant,
        pool: HostPool | None = None,
        once_shown: Callable[[], None] | None = None,
        leave_at: Sequence[int] = (),
    ) -> None:
        super().__init__()
        typed_escapes.tell_apart()
        self.keys = KeysInOrder(self, super().on_event)
        self._leave_at = leave_at
        self._once_shown = once_shown
        self.tenant = tenant
        self.pool = pool
        self.settings = settings.load()
        self.config, config_problems = config.load()
        given = keymap.load()
        use_keys(given.keys)
        self._problems = [*config_problems, *given.problems]
        self.themes = Themes()
        last = self.settings.last_action.get(tenant.name, "")
        tabs = self.settings.open_actions.get(tenant.name, ())
        self.workbench = WorkbenchScreen(tenant, pool, lambda: self.syntax, last, tabs)
        self.workbench.desk.test_below = self.settings.test_below
        self.workbench.run_on_save = self.config.editor.run_on_save
        self._last_interrupt = 0.0
        chosen = self.themes.get(self.settings.theme) or self.themes.get(DEFAULT_THEME)
        if chosen is not None:
            self.register_theme(chosen.interface)
            self.theme = chosen.interface.name

    @property
    def vim_keys(self) -> bool:
        """Whether editors have vim keys: as switched last, else as configured."""
        return self.config.editor.vim if self.settings.vim is None else self.settings.vim

    @on(VimSwitch.Switched)
    def vim_switched(self, event: VimSwitch.Switched) -> None:
        """One editor was switched: the others follow, and it is remembered."""
        for screen in self.screen_stack:
            for editor in screen.query(CodeEditor):
                editor.vim_keys.turn(event.is_on)
        self.settings.vim = event.is_on
        self._remember()

    @property
    def syntax(self) -> Syntax:
        """The colours of the code in the current theme, by Pygments token name."""
        theme = self.themes.get(self.theme)
        return theme.syntax if theme else {}

    def close(self) -> None:
        """Keep what is to be there at the next start. Blocks; for the end of the program."""
        try:
            self.workbench.close()
        finally:
            self._remember_place()

    def _remember_place(self) -> None:
        if self.workbench.opened is not None:
            self.settings.last_action[self.tenant.name] = self.workbench.opened.action.name
            self.settings.open_actions[self.tenant.name] = list(self.workbench.tabs.names)
            self.settings.test_below = self.workbench.desk.test_below
            with suppress(OSError):  # a directory that cannot be written costs a convenience
                settings.save(self.settings)

    async def on_event(self, event: Event) -> None:
        """Every event of the app goes through here; keys wait for those before them."""
        await self.keys.take(event)

    def get_default_screen(self) -> Screen[None]:
        return self.workbench

    def on_mount(self) -> None:
        for number in self._leave_at:
            asyncio.get_running_loop().add_signal_handler(number, self._leave_by, number)
        TenantWatch(self, self.tenant, self._read_again)
        self.set_keymap(textual_keymap())
        if self._once_shown is not None:
            work = threading.Thread(target=self._once_shown, daemon=True)
            self.call_after_refresh(self.set_timer, SETTLING_SECONDS, work.start)
            self.call_after_refresh(self.set_timer, SETTLING_SECONDS, self.workbench.languages.start)

    @on(Recovery.Over)
    def tell_problems(self) -> None:
        """Tell the faults of the configuration, in a corner that the questions at the start need, too."""
        for fault in (*self.themes.faults, *map(str, self._problems[:MOST_PROBLEMS])):
            toast(self, fault, "warning")
        if len(self._problems) > MOST_PROBLEMS:
            toast(self, "There is more; see: actionsmith config check", "warning")

    def on_app_focus(self) -> None:
        """Back from another window: show the tenant as it is now, at once."""
        self._read_again()

    def _read_again(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, ReadsTenant):
                screen.load()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy text: to the terminal, also around tmux, and to the clipboard of the system."""
        super().copy_to_clipboard(text)
        sequence = system_clipboard.through_tmux(text, os.environ)
        if sequence and self._driver is not None:
            self._driver.write(sequence)
        system_clipboard.put(text)

    def action_help(self) -> None:
        from actionsmith.tui.screens.help import HelpDialog, help_rows

        if isinstance(self.screen, HelpDialog | CommandPalette):
            return
        here = getattr(self.screen, "CONTEXT", "workbench")
        self.push_screen(HelpDialog(help_rows(here)))

    def action_open_log(self) -> None:
        from actionsmith.tui.screens.log import LogScreen

        def back(place: ActionPlace | None) -> None:
            if place is not None and isinstance(self.screen, OpensPlaces):
                self.screen.open_action(place.name, place.line)

        self.push_screen(LogScreen(self.tenant, syntax=lambda: self.syntax), back)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "open_log":
            return getattr(self.screen, "CONTEXT", "") != "log" and not self.screen.is_modal
        return super().check_action(action, parameters)

    def action_choose_theme(self) -> None:
        before = self.theme
        themes = self.themes.all()
        for theme in themes.values():
            self.register_theme(theme.interface)
        choices = [Choice(name, theme.title) for name, theme in themes.items()]

        def choose(name: str | None) -> None:
            self.theme = name or before
            self.settings.theme = self.theme
            self._remember()

        self.push_screen(Choose("Theme", choices, current=before), choose)

    def _remember(self) -> None:
        try:
            settings.save(self.settings)
        except OSError as error:
            toast(self, f"The choice cannot be remembered: {error.strerror}.", "warning")

    async def action_quit(self) -> None:
        """Leave. What is not saved is kept, code and events, and offered at the next start.

        The keys that were pressed before wait for the widget they are for; quitting waits its turn there.
        """
        (self.focused or self.screen).call_later(self._keep_and_leave)

    def _keep_and_leave(self) -> None:
        try:
            self.workbench.keep_unsaved()
        except UserError as error:
            text = f"{capitalized(str(error))}. Leave all the same? What is not saved is lost then."
            self.push_screen(Confirm("Quit", text, yes="Quit", dangerous=True), self._leave)
        else:
            self.exit()

    def _leave_by(self, number: int) -> None:
        """A signal asks to end, or the terminal has gone: nobody can be asked any more."""
        self.workbench.texts.take_edits()
        self.exit(return_code=128 + number)

    def _leave(self, agreed: bool | None) -> None:
        if agreed:
            self.exit()

    async def action_interrupt(self) -> None:
        """Quit when it is asked for twice in a row, for those who cannot find the way out."""
        now = time.monotonic()
        if now - self._last_interrupt < TWICE_WITHIN_SECONDS:
            await self.action_quit()
            return
        self._last_interrupt = now
        toast(self, "Press ctrl+c again to quit.")
