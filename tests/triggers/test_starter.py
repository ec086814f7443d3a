from __future__ import annotations

import ast

import pytest

from actionsmith.errors import UserError
from actionsmith.triggers import loader
from actionsmith.triggers.naming import snake
from actionsmith.triggers.starter import starter_code

TRIGGERS = loader.trigger_ids()


@pytest.mark.parametrize("trigger_id", TRIGGERS)
def test_python_code_defines_the_handlers(trigger_id: str) -> None:
    trigger = loader.trigger(trigger_id)
    text = starter_code(trigger_id, "python")
    functions = [item for item in ast.parse(text).body if isinstance(item, ast.FunctionDef)]
    assert {function.name for function in functions} == {
        snake(name) for name in trigger.handlers if not trigger.starter[name].commented_out
    }
    for name in trigger.handlers:
        arguments = ", ".join(trigger.starter[name].args)
        comment = "# " if trigger.starter[name].commented_out else ""
        assert f"\n{comment}def {snake(name)}({arguments}):\n" in f"\n{text}"


@pytest.mark.parametrize("trigger_id", TRIGGERS)
def test_javascript_code_exports_the_handlers(trigger_id: str) -> None:
    trigger = loader.trigger(trigger_id)
    text = starter_code(trigger_id, "javascript")
    for name in trigger.handlers:
        comment = "// " if trigger.starter[name].commented_out else ""
        arguments = ", ".join(trigger.starter[name].args)
        assert f"\n{comment}exports.{name} = async ({arguments}) => {{\n" in text
    assert (
        f"@param {{{trigger.api_type}}} api" in text or "api" not in trigger.starter[trigger.handlers[0]].args
    )


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_the_code_says_when_it_runs(language: str) -> None:
    assert "before tokens are issued" in starter_code("post-login", language).replace("\n", " ")


def test_an_unknown_language() -> None:
    with pytest.raises(UserError, match="javascript or python, not in 'ruby'"):
        starter_code("post-login", "ruby")
