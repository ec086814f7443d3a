"""The tabs of the workbench: which Actions are open, going from one to the other, closing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from textual.screen import Screen

from actionsmith.tui.dialogs import Choice, Choose
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.tenant.changes import SaveCode
from actionsmith.tui.tenant.changing import Changing
from actionsmith.tui.tenant.snapshot import Snapshot
from actionsmith.tui.texts.drafts import Drafts
from actionsmith.tui.texts.text_key import action_key
from actionsmith.tui.workbench.open_actions import OpenActions


class OpenTabs:
    """Knows the open Actions by name, and which of them is to be in the editor (`shown`, empty: the first).

    Carries out the commands of tabs. `show` is called with the name of the one to be shown instead.
    """

    def __init__(
        self,
        screen: Screen[None],
        drafts: Drafts,
        changing: Changing,
        show: Callable[[str], None],
        shown: str,
        names: Iterable[str],
    ) -> None:
        self._screen, self._drafts, self._changing = screen, drafts, changing
        self._open = OpenActions(names)
        self.show, self.shown = show, shown

    @property
    def names(self) -> tuple[str, ...]:
        """The open Actions in the order of their tabs."""
        return self._open.names

    def open(self, name: str) -> None:
        """Let an Action be the one in the editor, with a tab beside the one before."""
        self._open.open(name, after=self.shown)
        self.shown = name

    def renamed(self, name: str, new_name: str) -> None:
        """Follow an Action to its new name."""
        self._open.rename(name, new_name)
        if self.shown == name:
            self.shown = new_name

    def follow_renames(self, before: Snapshot, found: Snapshot) -> bool:
        """Follow the Actions that another program gave another name, their unsaved text too.

        Tells whether the one in the editor is among them: then it was not found under its old name.
        """
        shown = self.shown
        names = {action.id: action.name for action in found.actions}
        for action in before.actions:
            name, new_name = action.name, names.get(action.id, action.name)
            if name != new_name and (name in self.names or self._drafts.text(action_key(name)) is not None):
                self._drafts.renamed(name, new_name)
                self.renamed(name, new_name)
        return self.shown != shown

    def follow(self, found: Snapshot) -> frozenset[str]:
        """Take on what was read of the tenant; gives the ids of the Actions that are open."""
        ids = {action.name: action.id for action in found.actions}
        self._open.keep(ids)
        self.shown = ""
        if found.opened is not None:
            self.open(found.opened.action.name)
        return frozenset(ids[name] for name in self.names)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return len(self.names) > 1

    def action_next(self) -> None:
        self._go(1)

    def action_previous(self) -> None:
        self._go(-1)

    def action_close(self) -> None:
        self.close(self.shown)

    def _go(self, steps: int) -> None:
        """Show the tab so many steps to the right of the one in the editor."""
        if (other := self._open.beside(self.shown, steps)) not in (None, self.shown):
            self.show(str(other))

    def close(self, name: str) -> None:
        """Close the tab of an Action. Text that is not saved is asked about first."""
        text = self._drafts.text(action_key(name))
        if text is None:
            self._close(name)
            return

        def decide(choice: str | None) -> None:
            if choice == "save":
                save = SaveCode(text, partial(self._drafts.base, action_key(name)))
                self._changing.start(save, name, then=partial(self._close, name))
            elif choice == "discard":
                self._drafts.settle(action_key(name))
                self._close(name)

        choices = [Choice("save", "Save the draft"), Choice("discard", "Discard the changes")]
        question = f"The text of “{one_line(name)}” is not saved."
        self._screen.app.push_screen(Choose("Close tab", choices, text=question), decide)

    def _close(self, name: str) -> None:
        other = self._open.close(name)
        if other is not None:
            self.show(other if name == self.shown else self.shown)
