from __future__ import annotations

import ast
import re

import pytest

from actionsmith.errors import UserError
from actionsmith.triggers import loader
from actionsmith.triggers.naming import snake
from actionsmith.triggers.starter import body_line, starter_code

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


@pytest.mark.parametrize("trigger_id", TRIGGERS)
@pytest.mark.parametrize(("language", "body"), [("javascript", ""), ("python", "pass")])
def test_one_begins_to_write_in_the_body_of_the_first_handler(
    trigger_id: str, language: str, body: str
) -> None:
    text = starter_code(trigger_id, language)
    lines = text.split("\n")
    assert lines[body_line(text) - 1].strip() == body
    handler = loader.trigger(trigger_id).handlers[0]
    above = "\n".join(lines[: body_line(text)])
    assert (handler if language == "javascript" else snake(handler)) in above
    assert body_line("const a = 1;") == 1


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_the_code_says_when_it_runs(language: str) -> None:
    assert "before tokens are issued" in re.sub(r"\n[ *]*", " ", starter_code("post-login", language))


def test_an_unknown_language() -> None:
    with pytest.raises(UserError, match="javascript or python, not in 'ruby'"):
        starter_code("post-login", "ruby")
