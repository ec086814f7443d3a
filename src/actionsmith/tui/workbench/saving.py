"""Saving and deploying what is in the editor of the code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from actionsmith.language.service import Diagnostic
from actionsmith.tui.dialogs import Confirm
from actionsmith.tui.plain_text import one_line
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
        """Save the text and deploy the draft. Errors that are known of the code are asked about first."""
        errors = [fault for fault in self._pane.editor.diagnostics if fault.severity == "error"]
        if not errors:
            self._take(Deploy)
            return

        def decide(agreed: bool | None) -> None:
            if agreed:
                self._take(Deploy)

        question = f"{_told(errors)}. Deploy all the same?"
        self._pane.app.push_screen(Confirm("Deploy", question, yes="Deploy", dangerous=True), decide)

    def _take(self, change: type[SaveCode | Deploy]) -> None:
        if self._pane.opened is not None:
            name = self._pane.opened.action.name
            base = partial(self._drafts.base, action_key(name))
            self._changing.start(change(self._pane.text, base), name)


def _told(errors: Sequence[Diagnostic]) -> str:
    """How many errors there are, and the first of them."""
    first = errors[0]
    count = "1 error" if len(errors) == 1 else f"{len(errors)} errors, the first"
    return f"{count} in line {first.span.row + 1}: {one_line(first.message).rstrip('.')}"
