"""What is said about a Python Action: syntax, names, imports, and the paths of event and api."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import Any

import pytest
from python_asking import HANDLER, code, edited

from actionsmith import paths
from actionsmith.language.python.diagnosis import diagnose
from actionsmith.language.python.lint_and_format import format_edits, lint
from actionsmith.language.python.source_text import SourceText
from actionsmith.language.service import Code, Diagnostic, Fix
from actionsmith.triggers import loader
from actionsmith.triggers.naming import python_member, python_path, snake


def faults(text: str, **facts: Any) -> list[Diagnostic]:
    return list(diagnose(code(text, **facts)))


def marked(text: str, it: Diagnostic) -> str:
    """The part of the text that a fault of one line is about."""
    return text.split("\n")[it.span.row][it.span.column : it.span.end_column]


@pytest.mark.parametrize(
    ("body", "wrong", "near", "severity"),
    [
        ("e.sercets.X", "sercets", "secrets", "warning"),
        ("'𝒳é', e.sercets", "sercets", "secrets", "warning"),
        ("e.authentication.methods[0].nmae", "nmae", "name", "warning"),
        ("a.idToken.set_custom_claim('x', 1)", "idToken", "id_token", "error"),
        ("a.access.deni('x')", "deni", "deny", "error"),
        ("a.access.deny('x').id_token.set_custom_clam('x', 1)", "set_custom_clam", "set_custom_claim", "error"),
        ("for m in e.authentication.methods:\n        m.nmae", "nmae", "name", "warning"),
        ("[m.nmae for m in e.authentication.methods]", "nmae", "name", "warning"),
        ("auth = e.authentication\n    print(auth.methds)", "methds", "methods", "warning"),
        ("if tokens := a.id_token:\n        tokens.set_custom_clam('x', 1)", "set_custom_clam", "set_custom_claim", "error"),
        ("helper(1, a)\n\ndef helper(n, it):\n    it.acess", "acess", "access", "error"),
        ("(lambda: e.sercets)()", "sercets", "secrets", "warning"),
        ("e.user.emial", "emial", "email", "info"),
        ("user = e.user\n    print(user.user_metdata.x)", "user_metdata", "user_metadata", "info"),
    ],
)  # fmt: skip
def test_unknown_members_are_marked_with_the_near_name(
    body: str, wrong: str, near: str, severity: str
) -> None:
    text = HANDLER + body
    (it,) = (it for it in faults(text) if it.source == "contract")
    assert marked(text, it) == wrong
    assert it.severity == severity
    assert f"'{wrong}'; did you mean '{near}'?" in it.message
    (fix,) = it.fixes
    assert edited(text, fix.edits) == text.replace(wrong, near)


@pytest.mark.parametrize(
    "body",
    [
        "e.user.user_metadata.anything.below",
        "e.user.email2, e.user.plan.tier, e.user.values(), e.transaction.x, e['emial']",
        "e.user.app_metadata['x'].y",
        "e.request.geoip.country_code",
        "e.authorization.roles.append('x')",
        "e.user.get('nick'), e.items(), e.authentication.keys()",
        "e.mine = 1\n    e['other']",
        "e.authentication.methods[0].__class__",
        "e = dict(e)\n    e.unknown",
        "e2 = e\n    e2 = other()\n    e2.unknown\n\ndef other(): ...",
        "def inner():\n        nonlocal e\n        e = None\n    e.unknown\n    inner()",
        "helper(e)\n    helper(1)\n\ndef helper(it):\n    it.unknown",
        "map(helper, [e])\n\ndef helper(it):\n    it.unknown",
        "def helper(e):\n        return e.unknown\n    helper(1)",
        "[e.unknown for e in [1]]",
        "for key in e.request.query:\n        key.unknown",
        "a.cache.get('x').value\n    a.access.deny.__name__",
    ],
)
def test_what_is_open_or_uncertain_is_left_alone(body: str) -> None:
    assert [it for it in faults(HANDLER + body) if it.source == "contract"] == []


def test_secrets_that_are_not_defined_can_be_defined() -> None:
    text = f"{HANDLER}e.secrets.API_KY, e.secrets['NOPE'], e.secrets.API_KEY, e.secrets[str(a)]"
    near, far = faults(text, secrets=("API_KEY",))
    assert (marked(text, near), marked(text, far)) == ("API_KY", "'NOPE'")
    assert [fix.define_secret for fix in near.fixes] == ["", "API_KY"]
    assert "API_KEY, e.secrets['NOPE']" in edited(text, near.fixes[0].edits)
    assert far.fixes == (Fix("Define the secret NOPE", define_secret="NOPE"),)


def test_deprecated_methods_are_told() -> None:
    (it,) = faults(f"{HANDLER}a.redirect.can_redirect()")
    assert (it.severity, it.code) == ("info", "deprecated")


def test_imports_are_checked_against_what_is_installed(tmp_path: Path) -> None:
    (tmp_path / "bs4").mkdir()
    (tmp_path / "bs4" / "__init__.py").touch()
    facts = {"dependencies": ("beautifulsoup4",), "packages": (str(tmp_path),)}
    text = "import bs4\nimport os.path\nfrom reqests.api import get\nprint(bs4, os, get)\n"
    (it,) = faults(text, **facts)
    assert (marked(text, it), it.severity) == ("reqests", "warning")
    # nobody knows what the modules of a package are called before it is installed
    assert faults(text, dependencies=("beautifulsoup4",)) == []
    assert [marked(text, it) for it in faults(text)] == ["bs4", "reqests"]
    maybe = "try:\n    import orjson\nexcept ImportError:\n    orjson = None\nprint(orjson)\n"
    assert faults(maybe) == []
    (near,) = faults(
        "import htpx\nprint(htpx)", dependencies=("httpx",), packages=(_with(tmp_path, "httpx"),)
    )
    assert "did you mean 'httpx'" in near.message and near.fixes


def _with(folder: Path, module: str) -> str:
    inner = folder / "packages"
    inner.mkdir()
    (inner / f"{module}.py").touch()
    return str(inner)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"""Doc."""\nimport os\n\n\nos, httpx.get(1)\n', '"""Doc."""\nimport os\nimport httpx\n\n\nos, httpx.get(1)\n'),
        ("httpx.get(1)", "import httpx\n\nhttpx.get(1)"),
        ("def f():\r\n    return httpx\r\n", "import httpx\r\n\r\ndef f():\r\n    return httpx\r\n"),
        ("from __future__ import annotations\nhttpx", "from __future__ import annotations\nimport httpx\n\nhttpx"),
    ],
)  # fmt: skip
def test_a_dependency_used_without_its_import_is_imported_by_a_fix(text: str, expected: str) -> None:
    (it,) = (it for it in faults(text, dependencies=("httpx",)) if it.code == "F821")
    assert (it.severity, [fix.title for fix in it.fixes]) == ("error", ["Import httpx"])
    assert edited(text, it.fixes[0].edits) == expected


def test_await_makes_its_function_async() -> None:
    text = "def outer():\n    @wraps\n    def é(x):\n        await x\n    return é\n\n\nwraps = outer\n"
    (it,) = faults(text)
    assert edited(text, it.fixes[-1].edits) == text.replace("def é", "async def é")


def test_unused_names_are_told_apart_from_wrong_ones() -> None:
    unused, undefined = faults("import os\n\n\nprint(nothing)\n")
    assert (unused.is_unused, unused.severity) == (True, "warning")
    assert (undefined.is_unused, undefined.severity) == (False, "error")
    assert edited("import os\n\n\nprint(nothing)\n", unused.fixes[0].edits) == "\n\nprint(nothing)\n"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("x = (\ny = 1\n", 1),
        ("def f(:\n    pass", 0),
        ("if x\n    y", 0),
        ("é = '𝒳\n", 0),
        ("x = 1\n  y = 2", 1),
    ],
)
def test_syntax_errors_have_their_place(text: str, row: int) -> None:
    found = faults(text)
    assert found[0].severity == "error" and found[0].code == "invalid-syntax"
    assert abs(found[0].span.row - row) <= 1


def test_samples_and_every_method_are_without_fault() -> None:
    """No false alarms over the code that ships."""
    checked = 0
    for file in paths.shipped("samples").glob("*/*.py"):
        about = tomllib.loads((file.parent / "sample.toml").read_text())
        secrets = tuple(
            node.attr
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Attribute) and node.attr.isupper()
        )
        found = diagnose(
            Code(
                file.read_text(),
                about["trigger"],
                "python",
                secrets=secrets,
                dependencies=tuple(about.get("dependencies", ())),
            )
        )
        assert [it for it in found if it.severity != "info"] == [], file
        checked += 1
    assert checked


@pytest.mark.parametrize("trigger_id", loader.trigger_ids())
def test_everything_the_contract_has_may_be_used(trigger_id: str) -> None:
    trigger = loader.trigger(trigger_id)
    lines = [f"def {snake(trigger.handlers[0])}(event, api):"]
    for facts in (*trigger.event, *trigger.event_unreferenced):
        steps = facts.path.replace("[]", "[0]").split(".")
        plain = ".".join("some_name" if step == "*" else python_member(step) for step in steps)
        lines.append(
            f"    {plain}"
            if all(part.replace("[0]", "").isidentifier() for part in plain.split("."))
            else "    pass"
        )
    for method in (*trigger.api, *trigger.api_unreferenced):
        lines.append(f"    {python_path(method.path)}(1)")
    found = diagnose(Code("\n".join(lines), trigger_id, "python"))
    assert [it.message for it in found if it.code not in ("deprecated", "undefined-secret")] == []


def test_formatting_touches_only_what_changes() -> None:
    text = "x = 1\n" * 50 + "y=2\r\n"
    (edit,) = format_edits(SourceText(text))
    assert edit.span.row == 50


def test_settings_of_ruff_in_the_environment_change_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RUFF_OUTPUT_FILE", str(tmp_path / "out"))
    monkeypatch.setenv("RUFF_OUTPUT_FORMAT", "concise")
    assert [it.code for it in lint(SourceText("missing()\n"))] == ["F821"]
    assert not (tmp_path / "out").exists()
