"""The packages of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from actionsmith.tenant.model import Action, Dependency, Language
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.dialogs import Confirm, Prompt
from actionsmith.tui.notices import toast
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.tenant.changes import ChangeRequested, RemoveModule
from actionsmith.tui.widgets.line_list import Line, LineList

EXAMPLES = {
    "javascript": "name, or name@version such as nodemailer@6",
    "python": "name, or name==version such as httpx==0.27",
}
REGISTRIES = {"javascript": "npm", "python": "PyPI"}


class ModulesPanel(Vertical):
    """Name, wish and installed version; below it the progress or the fault of an installation."""

    CONTEXT: ClassVar[str] = "modules"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("modules")
    DEFAULT_CSS = """
    ModulesPanel {
        & > #modules-notice { height: auto; max-height: 50%; padding: 0 1; display: none; }
        &.-busy > #modules-notice { display: block; color: $text-muted; }
        &.-faulty > #modules-notice { display: block; color: $error; }
    }
    """

    @dataclass
    class AddRequested(Message):
        """A package is to be added: `nodemailer@6`."""

        spec: str

    @dataclass
    class CancelRequested(Message):
        """The installation that is under way is not wanted any more."""

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self.language: Language = "javascript"
        self._action: str | None = None
        self._refusal: _Refusal | None = None

    def compose(self) -> ComposeResult:
        yield LineList("No packages yet.\nPress a to add one.", widget_id="modules-list")
        yield Static(id="modules-notice")

    @property
    def lines(self) -> LineList:
        return self.query_one(LineList)

    def show_modules(self, dependencies: Sequence[Dependency], action: Action | None) -> None:
        """Show the packages of the draft of an Action."""
        self.language = action.language if action is not None else "javascript"
        self._action = action.name if action is not None else None
        self.lines.show([Line(item.name, one_line(item.name), _versions(item)) for item in dependencies])

    def show_progress(self, text: str) -> None:
        """Show what the installation is at."""
        self._notice(text, "-busy")

    def show_refusal(self, action: str, spec: str, reason: str) -> None:
        """Show why a package was not added, and ask again: at once, unless the person is elsewhere by now."""
        self._notice(reason, "-faulty")
        self._refusal = _Refusal(action, spec, reason)
        if self.app.screen is self.screen and self.has_focus_within and self._action == action:
            self.action_add()
        else:
            toast(self, f"{spec} was not added. {reason}", "error")

    def clear_notice(self) -> None:
        self._notice("", "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "cancel":
            return self.has_class("-busy")
        return self.lines.chosen is not None if action == "remove" else True

    def action_cancel(self) -> None:
        self.post_message(self.CancelRequested())

    def action_add(self) -> None:
        """Ask for a package; after a refusal with what was typed and the reason."""
        refusal, self._refusal = self._refusal, None
        if refusal is not None and refusal.action != self._action:
            refusal = None

        def add(answer: dict[str, str] | None) -> None:
            if answer is not None:
                self.post_message(self.AddRequested(answer["value"].strip()))

        self.app.push_screen(
            Prompt(
                "Add package",
                f"Name on {REGISTRIES[self.language]}, and a version if you like",
                value=refusal.spec if refusal is not None else "",
                text=refusal.reason if refusal is not None else "",
                placeholder=EXAMPLES[self.language],
                submit="Add",
                check=lambda text: None if text.strip() else "Name a package.",
            ),
            add,
        )

    def action_remove(self) -> None:
        name = self.lines.chosen
        if name is None:
            return

        def remove(agreed: bool | None) -> None:
            if agreed:
                self.post_message(ChangeRequested(RemoveModule(name)))

        text = f"{one_line(name)} is taken out of the draft. Versions keep theirs."
        self.app.push_screen(Confirm("Remove package", text, yes="Remove", dangerous=True), remove)

    def _notice(self, text: str, state: str) -> None:
        self.set_class(state == "-busy", "-busy")
        self.set_class(state == "-faulty", "-faulty")
        self.query_one("#modules-notice", Static).update(Content(text))
        self.refresh_bindings()


class _Refusal(NamedTuple):
    """A package that was not added to an Action's draft."""

    action: str
    spec: str
    reason: str


def _versions(dependency: Dependency) -> str:
    if dependency.requested and dependency.requested != dependency.version:
        return f"{one_line(dependency.requested)} → {dependency.version}"
    return dependency.version
