"""The list of Actions, by trigger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import OptionList

from actionsmith.errors import UserError
from actionsmith.tenant import rules
from actionsmith.tenant.model import Action
from actionsmith.tui.actions import bindings_for, key_hint
from actionsmith.tui.dialogs import Confirm, Prompt
from actionsmith.tui.faults import describe
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.tenant.changes import ChangeRequested, DeleteAction, RenameAction
from actionsmith.tui.tenant.snapshot import LANGUAGE_TAGS
from actionsmith.tui.widgets.line_list import Line, LineList


class ActionList(LineList):
    """Enter or a click opens an Action; keys rename and delete the highlighted one."""

    CONTEXT: ClassVar[str] = "actions"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("actions")

    @dataclass
    class Opened(Message):
        """The Action was chosen to be opened."""

        name: str

    @dataclass
    class FlowWanted(Message):
        """The flow of this trigger is to be shown."""

        trigger: str

    def __init__(self, *, widget_id: str | None = None) -> None:
        new = key_hint("workbench.new_action")
        super().__init__(f"No Actions yet. Press {new} to make one.", widget_id=widget_id)
        self._bound_to: dict[str, str] = {}

    def show_actions(
        self,
        groups: tuple[tuple[str, tuple[Action, ...]], ...],
        *,
        opened: str | None,
        unsaved: Collection[str],
        bound: Collection[str] = (),
        choose: str | None = None,
    ) -> None:
        """Show the Actions; the opened one is marked, one with unsaved text has a dot. `bound`: in a flow."""
        self._bound_to = {
            action.name: action.trigger for _, actions in groups for action in actions if action.name in bound
        }
        lines: list[Line] = []
        for title, actions in groups:
            lines.append(Line("", title))
            lines += [self._line(action, action.name == opened, action.name in unsaved) for action in actions]
        self.show(lines, choose=choose)

    @staticmethod
    def _line(action: Action, opened: bool, unsaved: bool) -> Line:
        version = f"v{action.deployed}" if action.deployed else "–"
        dot = "● " if unsaved or (action.changed and action.deployed) else ""
        return Line(
            key=action.name,
            left=one_line(action.name),
            right=f"{dot}{version} {LANGUAGE_TAGS[action.language]}",
            mark="▸" if opened else " ",
            style="bold" if opened else "",
            same=action.id,
        )

    @on(OptionList.OptionSelected)
    def open_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.chosen:
            self.post_message(self.Opened(self.chosen))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.chosen is not None if action in ("rename", "delete") else True

    def action_rename(self) -> None:
        name = self.chosen
        if name is None:
            return
        others = set(self.keys) - {name}

        def check(text: str) -> str | None:
            try:
                tidy = rules.check_name(text, "an Action")
            except UserError as error:
                return describe(error)
            return "There is an Action of that name." if tidy in others else None

        def rename(answer: dict[str, str] | None) -> None:
            if answer is not None:
                self.post_message(ChangeRequested(RenameAction(name, answer["value"].strip())))

        self.app.push_screen(
            Prompt("Rename Action", "New name", value=name, submit="Rename", check=check), rename
        )

    def action_delete(self) -> None:
        name = self.chosen
        if name is None:
            return

        if trigger := self._bound_to.get(name):
            self._refuse_to_delete(name, trigger)
            return

        def delete(agreed: bool | None) -> None:
            if agreed:
                self.post_message(ChangeRequested(DeleteAction(name)))

        text = f"“{one_line(name)}”, its draft and all its versions are deleted. This cannot be undone."
        self.app.push_screen(Confirm("Delete Action", text, yes="Delete", dangerous=True), delete)

    def _refuse_to_delete(self, name: str, trigger: str) -> None:
        def open_flow(agreed: bool | None) -> None:
            if agreed:
                self.post_message(self.FlowWanted(trigger))

        text = f"“{one_line(name)}” is bound to {trigger}. Take it out of that flow before you delete it."
        self.app.push_screen(Confirm("The Action is bound", text, yes="Open the flow"), open_flow)
