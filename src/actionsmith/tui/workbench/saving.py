"""Saving and deploying what is in the editor of the code."""

from __future__ import annotations

from functools import partial

from actionsmith.tui.tenant.changes import Deploy, SaveCode
from actionsmith.tui.tenant.changing import Changing
from actionsmith.tui.texts.drafts import Drafts
from actionsmith.tui.texts.text_key import action_key
from actionsmith.tui.widgets.code_pane import CodePane


class Saving:
    """Does nothing while no Action is open."""

    def __init__(self, pane: CodePane, drafts: Drafts, changing: Changing) -> None:
        self._pane, self._drafts, self._changing = pane, drafts, changing

    def save(self) -> None:
        """Save the text as the draft's code."""
        self._take(SaveCode)

    def save_changes(self) -> None:
        """Save the text unless the draft has it already."""
        if self._pane.key in self._drafts.keys:
            self.save()

    def deploy(self) -> None:
        """Save the text and deploy the draft."""
        self._take(Deploy)

    def _take(self, change: type[SaveCode | Deploy]) -> None:
        if self._pane.opened is not None:
            name = self._pane.opened.action.name
            base = partial(self._drafts.base, action_key(name))
            self._changing.start(change(self._pane.text, base), name)
