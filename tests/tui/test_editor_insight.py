"""What the language services know, on the screen: hints, explanations, faults, fixes, names, places."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from actionsmith.language.completion import Completion, CompletionResult
from actionsmith.language.contract_service import ContractService
from actionsmith.language.insight import Insight
from actionsmith.language.service import (
    Code,
    Diagnostic,
    Fix,
    Hover,
    LanguageService,
    Signature,
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


async def test_the_parameters_are_shown_while_a_call_is_written() -> None:
    for size in ((100, 30), (60, 20)):
        async with opened("\n\n", ContractService(), size=size) as (app, pilot):
            app.editor.insert("api.idToken.setCustomClaim")
            await pilot.press("left_parenthesis")
            await settle(app, pilot)
            first = app.popup("signature-popup")
            assert "(key: string, value: any JSON value)" in first and "Claim name." in first
            await pilot.press("quotation_mark", "a", "right", "comma")
            await settle(app, pilot)
            assert app.popup("signature-popup") not in ("", first), "the second parameter is explained now"
            popup = app.screen.query_one(".signature-popup", Popup)
            assert app.screen.region.contains_region(popup.region)
            assert not popup.region.y <= app.editor.cursor_screen_offset.y < popup.region.bottom
            await pilot.press("escape")
            assert not app.popup("signature-popup")


async def test_behind_the_call_the_parameters_go() -> None:
    async with opened("", ContractService()) as (app, pilot):
        app.editor.insert("api.access.deny")
        await pilot.press("left_parenthesis")
        await settle(app, pilot)
        assert app.popup("signature-popup")
        await pilot.press("right")
        await settle(app, pilot)
        assert not app.popup("signature-popup")


async def test_an_explanation_has_the_faults_first_and_goes_with_the_next_key() -> None:
    async with opened(TEXT) as (app, pilot):
        app.editor.move_cursor((1, 15))
        app.editor.action_ask("hover")
        await settle(app, pilot)
        assert app.popup("hover-popup") == "There is no name [totl]."
        await pilot.press("up")
        assert not app.popup("hover-popup")
        await pilot.press("alt+k")
        await settle(app, pilot)
        assert app.popup("hover-popup") == "const total: number"


async def test_a_pointer_that_rests_on_a_name_explains_it() -> None:
    async with opened(TEXT) as (app, pilot):
        await pilot.hover(CodeEditor, offset=(app.editor.gutter_width + 8, 0))
        for _ in range(100):
            if app.popup("hover-popup"):
                break
            await pilot.pause(0.02)
        assert app.popup("hover-popup") == "const total: number"
        await pilot.hover(CodeEditor, offset=(60, 10))
        await pilot.pause()
        assert not app.popup("hover-popup")


async def test_faults_are_found_listed_and_mended_in_one_step() -> None:
    async with opened(TEXT) as (app, pilot):
        assert [it.message for it in app.editor.diagnostics] == ["There is no name [totl]."]
        app.editor.action_ask("problems")
        await pilot.pause()
        await pilot.press("enter")
        assert app.editor.cursor_location == (1, 14)
        await pilot.press("alt+q")
        await pilot.pause()
        await pilot.press("enter")
        await settle(app, pilot)
        assert app.editor.text == TEXT.replace("totl", "total")
        assert app.editor.cursor_location == (1, 19)
        while app.editor.diagnostics:  # looked at anew after a pause
            await pilot.pause(0.02)
        app.editor.undo()
        assert app.editor.text == TEXT


async def test_a_fix_may_define_a_secret() -> None:
    async with opened(TEXT) as (app, pilot):
        app.editor.move_cursor((1, 0))
        await pilot.press("alt+q")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.wanted == ["TOTL"] and app.editor.text == TEXT


async def test_a_name_is_changed_everywhere_in_one_step() -> None:
    async with opened(TEXT) as (app, pilot):
        app.editor.move_cursor((1, 23))
        app.editor.action_ask("rename")
        await pilot.pause()
        field = app.screen.query_one(Input)
        assert field.value == "total"
        field.value = "1x"
        await pilot.press("enter")
        assert app.screen.query(Input), "a name does not start with a digit"
        field.value = "sum"
        await pilot.press("enter")
        await settle(app, pilot)
        assert app.editor.text == TEXT.replace("total", "sum")
        app.editor.undo()
        assert app.editor.text == TEXT


async def test_to_the_definition_to_a_use_and_back() -> None:
    async with opened(TEXT) as (app, pilot):
        app.editor.move_cursor((1, 23))
        await pilot.press("f12")
        await settle(app, pilot)
        assert app.editor.cursor_location == (0, 6)
        app.editor.action_ask("references")
        await settle(app, pilot)
        assert app.screen.query_one(OptionList).option_count == 2
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.editor.cursor_location == (1, 21)
        app.editor.action_ask("back")
        app.editor.action_ask("back")
        assert app.editor.cursor_location == (1, 23)


async def test_formatting_is_one_step() -> None:
    async with opened(TEXT) as (app, pilot):
        app.editor.action_ask("format")
        await settle(app, pilot)
        assert app.editor.text == f"// tidy\n{TEXT}"
        app.editor.undo()
        assert app.editor.text == TEXT


async def test_a_proposal_without_its_documentation_is_described_when_it_is_shown() -> None:
    service = Knows()
    async with opened("", ContractService(), service) as (app, pilot):
        await pilot.press("t", "o")
        await settle(app, pilot)
        shown = app.screen.query_one(CompletionList)
        assert shown.is_open and service.described == ["total"]
        assert shown.current is not None and shown.current.documentation == "How many there are."


async def test_a_service_that_answers_late_adds_to_what_is_shown_and_keeps_the_choice() -> None:
    class Slow(Knows):
        async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
            while not app.release:
                await pilot.pause(0.01)
            return CompletionResult((Completion("acl", "acl", "variable"),), column)

    async with opened("", ContractService(), Slow()) as (app, pilot):
        app.release = False  # type: ignore[attr-defined]
        app.editor.insert("api")
        await pilot.press("full_stop")
        while not (lists := [it for it in app.screen.query(CompletionList) if it.is_open]):
            await pilot.pause(0.01)
        await pilot.press("down")
        chosen = lists[0].current
        app.release = True  # type: ignore[attr-defined]
        await settle(app, pilot)
        assert lists[0].current == chosen
        assert "acl" in [item.label for item in lists[0]._items]


async def test_a_signature_names_its_parameter() -> None:
    from actionsmith.language.service import Parameter
    from actionsmith.tui.editor.hinting import signature_text

    shown = signature_text(
        Signature("f(a: A, b: B)", (Parameter("a: A"), Parameter("b: B", "The [second].")), 1)
    )
    assert shown.plain == "f(a: A, b: B)\nThe [second]."
    assert any(shown.plain[span.start : span.end] == "b: B" for span in shown.spans)
