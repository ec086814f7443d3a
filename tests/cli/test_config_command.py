"""`actionsmith config`: settings and keys, and what is wrong with their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from actionsmith import config
from actionsmith.tui.actions import COMMANDS
from actionsmith.tui.keys import keymap


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_without_files_the_defaults_hold_and_nothing_is_wrong(cli) -> None:
    assert cli("config", "show", "--json").json == {
        "editor.vim": False,
        "editor.run_on_save": False,
        "editor.indent_guides": True,
    }
    ended = cli("config", "check")
    assert (ended.code, ended.out) == (0, "")
    assert cli("config", "check", "--json").json == []


def test_init_writes_both_files_once_and_they_are_in_order(cli) -> None:
    files = cli("config", "path", "--json").json
    assert cli("config", "init", "--json").json == {"written": [files["config"], files["keymap"]]}
    assert cli("config", "check").code == 0
    write(Path(files["config"]), "[editor]\nvim = true\n")
    again = cli("config", "init")
    assert "stays as it is" in again.err
    assert cli("config", "show").out.startswith("editor.vim = true\n")
    assert cli("config", "path").out.split("\n")[:2] == list(files.values())


def test_the_templates_say_what_is_without_their_comment_signs(cli) -> None:
    settings = "\n".join(line.removeprefix("# ") for line in config.template().split("\n")[1:])
    write(config.config_file(), settings)
    lines = [line for line in keymap.template().split("\n") if line.startswith('# "')]
    write(keymap.keymap_file(), "\n".join(line.removeprefix("# ") for line in lines))
    ended = cli("config", "check")
    assert (ended.code, ended.out) == (0, "")
    assert len(lines) == len(COMMANDS)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[editor]\nvmi = true\n", 2, "There is no setting 'editor.vmi'; did you mean 'editor.vim'?"),
        ("[editor]\nvim = 1\n", 2, "'editor.vim' must be true or false."),
        ('editor.vim = "yes"\n', 1, "'editor.vim' must be true or false."),
        ("\n[editr]\nvim = true\n", 3, "There is no setting 'editr.vim'; did you mean 'editor.vim'?"),
        ("[editor]\nfoo = 1\n", 2, "There is no setting 'editor.foo'; there are editor.vim, editor.run"),
        ("editor = true\n", 1, "There is no setting 'editor'"),
        ("[colours]\nblue = 1\n", 2, "There is no setting 'colours.blue'; there are editor.vim"),
        ("[editor]\nvim =\n", 2, "It is not TOML: Invalid value"),
        ("[editor", 1, "It is not TOML"),
        ("editor = { vim = 3 }\n", 1, "'editor.vim' must be"),
    ],
)
def test_a_faulty_setting_is_told_with_its_line_and_keeps_its_default(
    cli, text: str, line: int, said: str
) -> None:
    file = write(config.config_file(), text)
    ended = cli("config", "check")
    assert ended.code == 2
    assert f"{file}, line {line}: {said}" in ended.out
    shown = cli("config", "show")
    assert "editor.vim = false" in shown.out
    assert said in shown.err


def test_a_file_that_cannot_be_read_is_told(cli) -> None:
    write(config.config_file(), "").write_bytes(b"\xff\xfe")
    keymap.keymap_file().mkdir(parents=True)
    problems = cli("config", "check", "--json").json
    assert [problem["line"] for problem in problems] == [None, None]
    assert "UTF-8" in problems[0]["message"]
    assert "cannot be read" in problems[1]["message"]


def test_good_settings_hold_beside_faulty_ones() -> None:
    write(config.config_file(), "[editor]\nrun_on_save = true\nvim = 0\n")
    settings, problems = config.load()
    assert (settings.editor.run_on_save, settings.editor.vim, len(problems)) == (True, False, 1)


def test_keys_lists_every_command_with_the_keys_it_has(cli) -> None:
    write(keymap.keymap_file(), '"editor.duplicate_lines" = "alt+ctrl+u"\n')
    rows = {row["id"]: row for row in cli("config", "keys", "--json").json}
    assert set(rows) == {command.id for command in COMMANDS}
    assert rows["editor.duplicate_lines"]["keys"] == ["alt+ctrl+u"]
    assert rows["workbench.run"] == {"id": "workbench.run", "keys": ["f5"], "title": "Run draft"}
    assert "workbench.run" in cli("config", "keys").out


def test_a_key_that_only_some_terminals_send_is_noted_and_holds(cli) -> None:
    write(keymap.keymap_file(), '"workbench.run" = ["ctrl+enter", "alt+2"]\n')
    ended = cli("config", "check")
    assert (ended.code, ended.out) == (0, "")
    assert "keymap.toml, line 1: Many terminals do not send ctrl+enter" in ended.err
    assert "alt+2" not in ended.err
    assert "ctrl+enter" in cli("config", "keys").out
