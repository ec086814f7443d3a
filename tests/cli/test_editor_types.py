"""Marks that let an editor type `event` and `api`: they add no line and come out again without a trace."""

from __future__ import annotations

import pytest

from actionsmith.triggers import loader
from actionsmith.triggers.starter import starter_code
from actionsmith.workshop.editor_types import type_files, with_types, without_types

OWN_TYPES = "def on_execute_post_login(event: dict, api):\n    pass"
MARKED = with_types("exports.onExecutePostLogin = async () => {};\n", "post-login", "javascript")


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_the_starter_code_of_every_trigger_is_marked_and_comes_back(language: str) -> None:
    for trigger in loader.trigger_ids():
        code = starter_code(trigger, language)
        marked = with_types(code, trigger, language)
        assert marked != code, trigger
        rows = code.splitlines()
        assert all(
            row in shown for row, shown in zip(rows, marked.splitlines(), strict=False) if "event" not in row
        )
        assert without_types(marked, trigger, language) == code
        assert without_types(marked.rstrip("\n") + "\n\n", trigger, language).rstrip() == code.rstrip()
        assert any(name.startswith("action_types/") for name in type_files(trigger, language))


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", OWN_TYPES),
        ("python", "x = 1"),
        ("javascript", "const exports = {};\n"),
        ("javascript", MARKED),
    ],
)
def test_code_with_types_of_its_own_or_without_a_handler_stays(language: str, code: str) -> None:
    assert with_types(code, "post-login", language) == code
