"""Every key of the editor that asks the language services, and those that find and go to places."""

from __future__ import annotations

import pytest
from drive import Desk, OpenDesk
from insight_app import TEXT, Knows
from key_rows import Give, Rows, back_to_the_workbench
from textual.widgets import Input, OptionList

from actionsmith.editing.search import Query
from actionsmith.language.service import Code, LanguageService, Parameter, Signature
from actionsmith.tui.dialogs import Choose, Form, Prompt
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.completion_list import CompletionList
from actionsmith.tui.editor.find_bar import FindBar
from actionsmith.tui.editor.popup import Popup
from actionsmith.tui.editor.symbol_dialog import SymbolDialog
from actionsmith.tui.workbench.languages import Languages

ROWS = Rows()
NAMES = "event a\nEvent b\n  event c\nx"


class KnowsCalls(Knows):
    """Knows the parameters of `f`, too."""

    async def signature(self, code: Code, row: int, column: int) -> Signature | None:
        return Signature("f(many: number)", (Parameter("many: number"),), 0) if "f(" in code.text else None


@pytest.fixture
def knowing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbench has this one language service, and no other."""
    service = KnowsCalls()

    def services(_: Languages, language: str) -> tuple[LanguageService, ...]:
        return (service,)

    monkeypatch.setattr(Languages, "services", services)


def editor(desk: Desk) -> CodeEditor:
    return desk.screen.desk.code.editor


async def write(desk: Desk, text: str, row: int = 0, column: int = 0) -> None:
    editor(desk).load(text, "javascript")
    editor(desk).move_cursor((row, column))
    await desk.settle()


def popup(desk: Desk, name: str) -> str:
    """The text of a popup that is open, or nothing."""
    found = [it for it in desk.app.screen.query(Popup) if it.has_class(name) and it.is_open]
    return str(found[0].visual) if found else ""


@ROWS.of("editor.complete")
async def complete(desk: Desk, give: Give) -> None:
    await write(desk, "")
    await give()
    proposals = desk.app.screen.query_one(CompletionList)
    assert proposals.is_open
    assert proposals.current is not None
    assert proposals.current.label == "total"
    await desk.press("escape")
    assert not proposals.is_open


@ROWS.of("editor.hover")
async def hover(desk: Desk, give: Give) -> None:
    await write(desk, TEXT, 0, 8)
    await give()
    assert popup(desk, "hover-popup") == "const total: number"


@ROWS.of("editor.hint")
async def hint(desk: Desk, give: Give) -> None:
    await write(desk, "f()", 0, 2)
    await give()
    assert popup(desk, "signature-popup") == "f(many: number)"


@ROWS.of("editor.definition")
async def definition(desk: Desk, give: Give) -> None:
    await write(desk, TEXT, 1, 23)
    await give()
    assert editor(desk).cursor_location == (0, 6)


@ROWS.of("editor.references")
async def references(desk: Desk, give: Give) -> None:
    await write(desk, TEXT, 0, 8)
    await give()
    assert isinstance(desk.app.screen, Choose)
    assert [choice.place for choice in desk.app.screen.choices] == ["1", "2"]
    await desk.press("down", "enter")
    assert editor(desk).cursor_location == (1, 21)


@ROWS.of("editor.back")
async def back(desk: Desk, give: Give) -> None:
    await write(desk, TEXT, 1, 23)
    editor(desk).action_ask("definition")
    await desk.settle()
    await give()
    assert editor(desk).cursor_location == (1, 23)


@ROWS.of("editor.problems")
async def problems(desk: Desk, give: Give) -> None:
    await write(desk, TEXT)
    await give()
    assert isinstance(desk.app.screen, Choose)
    assert [choice.content.plain for choice in desk.app.screen.choices] == ["2  ● There is no name [totl]."]


@ROWS.of("editor.fix")
async def fix(desk: Desk, give: Give) -> None:
    await write(desk, TEXT, 1, 0)
    await give()
    await desk.press("enter")
    assert editor(desk).text == TEXT.replace("totl", "total")


@ROWS.of("editor.rename")
async def rename(desk: Desk, give: Give) -> None:
    await write(desk, TEXT, 0, 8)
    await give()
    assert isinstance(desk.app.screen, Form)
    await desk.fill(value="sum")
    assert editor(desk).text == TEXT.replace("total", "sum")


@ROWS.of("editor.format")
async def format_text(desk: Desk, give: Give) -> None:
    await write(desk, TEXT)
    await give()
    assert editor(desk).text == f"// tidy\n{TEXT}"


@ROWS.of("editor.next_diagnostic")
async def next_diagnostic(desk: Desk, give: Give) -> None:
    await write(desk, TEXT)
    await give()
    assert editor(desk).cursor_location == (1, 14)
    assert popup(desk, "hover-popup") == "There is no name [totl]."


@ROWS.of("editor.previous_diagnostic")
async def previous_diagnostic(desk: Desk, give: Give) -> None:
    await write(desk, TEXT + "const last = totl;\n", 2, 0)
    await give()
    assert editor(desk).cursor_location == (1, 14)
    assert popup(desk, "hover-popup") == "There is no name [totl]."


@ROWS.of("editor.find")
async def find(desk: Desk, give: Give) -> None:
    await write(desk, NAMES)
    await give()
    await desk.press("b")
    await desk.until(lambda: editor(desk).selection == ((1, 6), (1, 7)))
    assert not desk.screen.query_one(FindBar).replaces


@ROWS.of("editor.replace")
async def replace(desk: Desk, give: Give) -> None:
    await write(desk, NAMES)
    await give()
    bar = desk.screen.query_one(FindBar)
    assert bar.replaces
    bar.query_one("#find-text", Input).value = "x"
    await desk.press("tab", "y", "enter")
    await desk.until(lambda: editor(desk).text == NAMES.replace("x", "y"))


@ROWS.of("editor.find_next")
async def find_next(desk: Desk, give: Give) -> None:
    await write(desk, NAMES, 0, 2)
    await give()
    await desk.until(lambda: editor(desk).selection == ((2, 2), (2, 7)))


@ROWS.of("editor.find_previous")
async def find_previous(desk: Desk, give: Give) -> None:
    await write(desk, NAMES, 2, 4)
    await give()
    await desk.until(lambda: editor(desk).selection == ((0, 0), (0, 5)))


@ROWS.of("editor.replace_occurrences")
async def replace_occurrences(desk: Desk, give: Give) -> None:
    await write(desk, "a1 b a1", 0, 1)
    await give()
    await desk.press("c", "alt+a")
    await desk.until(lambda: editor(desk).text == "c b c")


@ROWS.of("editor.go_to_line")
async def go_to_line(desk: Desk, give: Give) -> None:
    await write(desk, NAMES)
    await give()
    assert isinstance(desk.app.screen, Prompt)
    await desk.fill(value="3:4")
    assert editor(desk).cursor_location == (2, 3)
    assert editor(desk).has_focus


@ROWS.of("editor.go_to_symbol")
async def go_to_symbol(desk: Desk, give: Give) -> None:
    await write(desk, "const a = 1;\nfunction shut(gate) {\n}\n")
    await give()
    assert isinstance(desk.app.screen, SymbolDialog)
    desk.app.screen.query_one(Input).value = "shut"
    await desk.until(lambda: desk.app.screen.query_one(OptionList).option_count == 1)
    await desk.press("enter")
    assert editor(desk).cursor_location == (1, 9)


@ROWS.of("editor.jump")
async def jump(desk: Desk, give: Give) -> None:
    await write(desk, NAMES)
    await give()
    await desk.press("c", "enter")
    assert editor(desk).cursor_location == (2, 8)
    assert editor(desk).text == NAMES


async def test_every_key_that_asks_or_finds(workbench: OpenDesk, knowing: None) -> None:
    async with workbench() as desk:

        async def begin() -> None:
            await back_to_the_workbench(desk)
            editor(desk).finding.close()
            editor(desk).finding.query = Query("")
            editor(desk).focus()

        await ROWS.check(desk, begin)
