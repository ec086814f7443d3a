"""The symbols of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from actionsmith.language.outline import outline


def listed(text: str, language: str) -> list[str]:
    return [f"{'  ' * each.depth}{each.kind} {each.path}" for each in outline(text.split("\n"), language)]


def test_python() -> None:
    text = "import os\n\nclass Gate:\n    async def check(self):\n        def inner():\n            pass\n\ndef on_execute_post_login(event, api):\n    pass"
    assert listed(text, "python") == [
        "class Gate",
        "  method check",
        "    function inner",
        "function on_execute_post_login",
    ]


def test_javascript() -> None:
    text = """const LIMIT = 3;
const axios = require("axios");
class Gate {
  constructor(a) {
    if (a) {
    }
  }
  static async check() {
  }
}
async function load(x) {
  const inner = async (y) => y;
}
exports.onExecutePostLogin = async (event, api) => {
};
exports.onContinuePostLogin = function (event, api) {
  helpers({ format: (x) => x });
};
const twice = x => x * 2;
"""
    assert listed(text, "javascript") == [
        "constant LIMIT",
        "class Gate",
        "  method constructor",
        "  method check",
        "function load",
        "  function inner",
        "function onExecutePostLogin",
        "function onContinuePostLogin",
        "function twice",
    ]


def test_json_names_the_path_of_each_member() -> None:
    text = '{"user": {"a:b": [1, {"x": "y"}, {"x": {}}],\n "name": "q\\"{"},\n"tail": tru'
    symbols = outline(text.split("\n"), "json")
    assert [each.path for each in symbols] == [
        "user",
        "user.a:b",
        "user.a:b[1].x",
        "user.a:b[2].x",
        "user.name",
        "tail",
    ]
    assert [(each.row, each.column, each.depth) for each in symbols][-2:] == [(1, 2, 1), (2, 1, 0)]


def test_what_stands_in_a_comment_is_no_symbol() -> None:
    lines = ["/*", "class Old {", "*/", "class New {", "}"]
    assert [each.name for each in outline(lines, "javascript", lambda row, column: row == 1)] == ["New"]


@given(st.text('{}[]:,"\\ab1 \n', max_size=30), st.sampled_from(["json", "python", "javascript"]))
def test_any_text_has_an_outline(text: str, language: str) -> None:
    lines = text.split("\n")
    for symbol in outline(lines, language):
        assert lines[symbol.row][symbol.column :].startswith(symbol.name)
