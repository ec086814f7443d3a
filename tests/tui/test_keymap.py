"""Keys that a person gives to commands: checked, carried out, and shown wherever keys are shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from drive import OpenDesk

from actionsmith.tui.actions import BY_ID, COMMANDS, key_hint, keys_of, use_keys
from actionsmith.tui.keys import keymap
from actionsmith.tui.keys.keymap import load
from actionsmith.tui.keys.terminal_keys import key_fault, spelled, survives
from actionsmith.tui.palette import offers
from actionsmith.tui.screens.help import help_rows
from actionsmith.tui.widgets.command_bar import CommandBar

TAKEN = {key for command in COMMANDS for key in command.keys}
ONE, TWO, THREE = [f"alt+ctrl+{letter}" for letter in "uvwxyz" if f"alt+ctrl+{letter}" not in TAKEN][:3]
"""Keys that no command has."""


@pytest.fixture(autouse=True)
def own_keys() -> Iterator[None]:
    yield
    use_keys({})


def write(text: str) -> None:
    keymap.keymap_file().parent.mkdir(parents=True, exist_ok=True)
    keymap.keymap_file().write_text(text, encoding="utf-8")


def test_no_file_means_no_other_keys() -> None:
    assert load() == ({}, [], [])


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (f'"editor.duplicate_lines" = "{ONE}"', {"editor.duplicate_lines": (ONE,)}),
        (f'[editor]\nduplicate_lines = "{ONE}"', {"editor.duplicate_lines": (ONE,)}),
        (f'"editor.indent" = ["{ONE.title()}", "{TWO}"]', {"editor.indent": (ONE, TWO)}),
        (f'"editor.indent" = "{ONE},{TWO}"', {"editor.indent": (ONE, TWO)}),
        ('"workbench.save" = []', {"workbench.save": ()}),
        ('"workbench.save" = ""', {"workbench.save": ()}),
        ('"flow.answer" = "?"', {"flow.answer": ("question_mark",)}),
        ('"flow.answer" = ","', {"flow.answer": ("comma",)}),
        ('"flow.answer" = "alt+shift+9, ctrl+,"', {"flow.answer": ("alt+shift+9", "ctrl+comma")}),
        ('"flow.answer" = "ctrl+Ctrl+9"', {"flow.answer": ("ctrl+9",)}),
        ('"flow.answer" = "alt+X"', {"flow.answer": ("alt+shift+x",)}),
        ('"flow.answer" = "shift+c"', {"flow.answer": ("C",)}),
        (
            f'"editor.indent" = "ctrl+/"\n"editor.toggle_comment" = "{ONE}"',
            {"editor.indent": ("ctrl+slash", "ctrl+underscore"), "editor.toggle_comment": (ONE,)},
        ),
        (
            '"workbench.run" = "f8"\n"workbench.deploy" = "f5"',
            {"workbench.run": ("f8",), "workbench.deploy": ("f5",)},
        ),
        ('"workbench.save" = "ctrl+s"', {"workbench.save": ("ctrl+s",)}),
    ],
)
def test_what_can_be_written(text: str, keys: dict[str, tuple[str, ...]]) -> None:
    write(text)
    assert load()[:2] == (keys, [])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('\n"editor.duplicat" = "alt+d"', 2, "There is no command 'editor.duplicat'; did you mean 'editor."),
        ('"zzz" = "f11"', 1, "There is no command 'zzz'. `actionsmith config keys` lists them."),
        ('"editor.indent" = 3', 1, "'editor.indent' must be a key or a list of keys."),
        ('"editor.indent" = [1]', 1, "'editor.indent' must be a key or a list of keys."),
        ('"editor.indent" = "alt+pgup"', 1, "There is no key 'alt+pgup'"),
        ('"editor.indent" = "escap"', 1, "There is no key 'escap'; did you mean 'escape'?"),
        ('"editor.indent" = "cmd+d"', 1, "'cmd' is none of ctrl, alt"),
        ('"editor.indent" = "ctrl+i"', 1, "Terminals send tab for ctrl+i."),
        ('"editor.indent" = "shift+f3"', 1, "does not arrive"),
        ('"editor.indent" = "x"', 1, "it is written into the text there"),
        ('"editor.indent" = "space"', 1, "it is written into the text there"),
        ('"editor.indent" = "tab"', 1, "it is written into the text there"),
        ('"editor.indent" = "enter"', 1, "it is written into the text there"),
        ('"editor.indent" = ","', 1, "'comma' cannot be a key of 'editor.indent'"),
        ('"global.help" = "tab"', 1, "it is written into the text there"),
        ('"global.help" = "?"', 1, "it is written into the text there"),
        ('\n\n"editor.indent" = "f5"', 3, "'f5' of 'editor.indent' is taken: it is 'workbench.run' (Run draft); 'editor.indent' keeps no key."),
        ('"workbench.run" = "f8"', 1, "'f8' of 'workbench.run' is taken: it is 'workbench.deploy' (Deploy); 'workbench.run' keeps F5."),
        ('"secrets.add" = "f1"', 1, "'f1' of 'secrets.add' is taken: it is 'global.help'"),
        (f'"secrets.add" = "{ONE}"\n"secrets.replace" = "{ONE}"', 2, "'secrets.replace' keeps e."),
        ('"global.quit" = []', 1, "'global.quit' needs a key; it keeps ^q."),
        ('"global.help" = "nokey"', 1, "There is no key 'nokey'"),
        ('"editor.indent" = ', 1, "It is not TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_is_not_done(text: str, line: int, said: str) -> None:
    write(text)
    keys, (problem, *more), _ = load()
    assert not more
    assert said in problem.sentence
    assert problem.line == line
    assert set(keys) <= {"secrets.add"}


def test_two_lists_that_are_never_seen_at_once_may_have_the_same_key() -> None:
    write(f'"secrets.add" = "{ONE}"\n"modules.add" = "{ONE}"\n"flow.add" = "{ONE}"\n')
    assert load().problems == []


def test_one_good_key_of_a_list_is_kept() -> None:
    write(f'"editor.indent" = ["{ONE}", "f5", "nokey"]')
    keys, problems, _ = load()
    assert keys == {"editor.indent": (ONE,)}
    assert len(problems) == 2


def test_a_key_given_away_falls_back_to_nobody_by_surprise() -> None:
    write('"workbench.run" = "f8"\n"workbench.deploy" = "f1"\n')
    keys, problems, _ = load()
    assert keys == {}, "deploy keeps F8, so run cannot have it"
    assert [problem.line for problem in problems] == [1, 2]


@pytest.mark.parametrize("command", [it for it in COMMANDS if it.keys], ids=lambda it: it.id)
def test_default_keys_exist_and_one_of_each_command_survives_every_terminal(command) -> None:
    for key in command.keys:
        assert key_fault(key) == "", key
        assert spelled(key) == key
    assert any(survives(key) for key in command.keys), command.keys


@pytest.mark.parametrize(
    ("key", "arrives"),
    [
        ("ctrl+s", True),
        ("ctrl+shift+s", False),
        ("ctrl+enter", False),
        ("shift+f3", False),
        ("f10", True),
        ("alt+up", True),
        ("ctrl+shift+left", True),
        ("ctrl+h", False),
        ("super+z", False),
        ("ctrl+@", True),
        ("ctrl+space", False),
        ("K", True),
        ("shift+tab", True),
        ("alt+f", True),
    ],
)
def test_which_keys_survive(key: str, arrives: bool) -> None:
    assert survives(key) is arrives


def test_hints_follow_the_keys_and_name_the_palette_where_there_is_none() -> None:
    use_keys({"workbench.run": ("f11",), "workbench.deploy": ()})
    assert key_hint("workbench.run") == "F11"
    assert key_hint("workbench.deploy") == "^p Deploy"
    shown = {row.margin.plain.strip() for row in help_rows("workbench")}
    assert "F11" in shown
    assert keys_of(BY_ID["workbench.deploy"]) == ()


async def test_given_keys_work_and_are_shown_and_the_old_ones_do_nothing(workbench: OpenDesk) -> None:
    write(
        f'"workbench.run" = "{ONE}"\n"editor.duplicate_lines" = "f12x"\n"editor.delete_lines" = "{TWO}"\n'
        f'"editor.indent" = "{THREE}"\n"workbench.save" = []\n"global.help" = "f1"\n'
    )
    async with workbench() as desk:
        assert any("line 2: There is no key 'f12x'" in notice for notice in desk.notices)
        bar = {command.id: key for command, key in desk.screen.query_one(CommandBar).entries}
        assert bar["workbench.run"] == ONE
        assert "workbench.save" not in bar
        texts = {offer.command.id: offer.text for offer in offers(desk.screen)}
        assert texts["workbench.run"] == f"Run draft  {ONE}"
        assert texts["workbench.save"] == "Save draft"

        editor = desk.screen.desk.code.editor
        before = editor.text
        await desk.press("ctrl+k")
        assert editor.text == before
        await desk.press(THREE)
        assert editor.text == f"  {before}"
        await desk.press(TWO)
        assert editor.text == before.partition("\n")[2]
        await desk.press("f1")
        assert desk.app.screen is not desk.screen, "help is where it was"


def test_no_control_code_of_a_file_reaches_the_terminal() -> None:
    write('"editor.indent" = "\\u001b[31m"')
    (problem,) = load()[1]
    assert "\x1b" not in str(problem)
    assert "␛[31m" in str(problem)
