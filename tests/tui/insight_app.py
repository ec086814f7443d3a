"""An editor with a service that knows one small text, for tests of what the services know on the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from actionsmith.language.completion import Completion, CompletionResult
from actionsmith.language.insight import Insight
from actionsmith.language.service import (
    Code,
    Diagnostic,
    Fix,
    Hover,
    LanguageService,
    Span,
    Target,
    TextEdit,
)
from actionsmith.tui.editor import messages
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.completion_list import CompletionList
from actionsmith.tui.editor.popup import Popup

TEXT = "const total = 1;\nconst other = totl + total;\n"


class Knows(LanguageService):
    """Knows the text above: its names, and that `totl` is none."""

    def __init__(self) -> None:
        self.described: list[str] = []

    async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
        return CompletionResult((Completion("total", "total", "variable", "number", handle=7),), 0)

    async def describe(self, code: Code, row: int, column: int, item: Completion) -> Completion:
        self.described.append(item.label)
        return Completion(item.label, item.insert, item.kind, item.detail, "How many there are.", handle=7)

    async def hover(self, code: Code, row: int, column: int) -> Hover | None:
        return Hover("const total: number") if row == 0 else None

    async def definition(self, code: Code, row: int, column: int) -> tuple[Target, ...]:
        return (Target(Span(0, 6, 0, 11)),)

    async def references(self, code: Code, row: int, column: int) -> tuple[Span, ...]:
        return (Span(0, 6, 0, 11), Span(1, 21, 1, 26))

    async def rename(self, code: Code, row: int, column: int, new_name: str) -> tuple[TextEdit, ...]:
        return tuple(TextEdit(span, new_name) for span in await self.references(code, row, column))

    async def diagnose(self, code: Code) -> tuple[Diagnostic, ...]:
        lines = code.text.split("\n")
        return tuple(
            Diagnostic(
                Span(row, line.index("totl"), row, line.index("totl") + 4),
                "error",
                "There is no name [totl].",
                "test",
                fixes=(
                    Fix(
                        "Write total", (TextEdit(Span(row, at := line.index("totl"), row, at + 4), "total"),)
                    ),
                    Fix("Define the secret TOTL", define_secret="TOTL"),
                    Fix("Add the package totl", add_dependency="totl"),
                ),
            )
            for row, line in enumerate(lines)
            if "totl" in line
        )

    async def format(self, code: Code) -> tuple[TextEdit, ...]:
        return (TextEdit(Span(0, 0, 0, 0), "// tidy\n"),) if "tidy" not in code.text else ()


class InsightApp(App[None]):
    CSS = "CodeEditor { border: none; padding: 0; }"

    def __init__(self, text: str, *services: LanguageService) -> None:
        super().__init__()
        insight = Insight(lambda text: Code(text, "post-login", "javascript"), lambda _: services)
        self.editor = CodeEditor(text, "javascript", insight)
        self.wanted: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.editor

    def on_mount(self) -> None:
        self.editor.focus()

    @on(messages.SecretWanted)
    def secret_wanted(self, event: messages.SecretWanted) -> None:
        self.wanted.append(event.name)

    @on(messages.PackageWanted)
    def package_wanted(self, event: messages.PackageWanted) -> None:
        self.wanted.append(event.spec)

    def popup(self, name: str) -> str:
        """The text of a popup that is open, or nothing."""
        found = [it for it in self.screen.query(Popup) if it.has_class(name) and it.is_open]
        return str(found[0].visual) if found else ""


@asynccontextmanager
async def opened(
    text: str, *services: LanguageService, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[InsightApp, Pilot[None]]]:
    app = InsightApp(text, *(services or (Knows(),)))
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        yield app, pilot


async def settle(app: InsightApp, pilot: Pilot[None]) -> None:
    for _ in range(2):
        await app.workers.wait_for_complete()
        await pilot.pause()


def open_list(app: InsightApp) -> CompletionList | None:
    return next((it for it in app.screen_stack[0].query(CompletionList) if it.is_open), None)
