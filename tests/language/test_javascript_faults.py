"""What the JavaScript service complains about, what it leaves alone, and how it mends things."""

from __future__ import annotations

import pytest
from javascript_asking import in_handler, javascript

from actionsmith.language.javascript import JavaScriptService
from actionsmith.language.service import Diagnostic, Fix, TextEdit
from actionsmith.triggers.starter import starter_code

pytestmark = [
    pytest.mark.network,
    pytest.mark.xdist_group("typescript"),
    pytest.mark.asyncio(loop_scope="session"),
]


async def faults(service: JavaScriptService, body: str, **more: object) -> list[Diagnostic]:
    return [item for item in await service.diagnose(in_handler(body, **more).code) if not item.is_unused]


FINE = {
    "what may be absent": "const { roles } = event.authorization; return event.organization.name + roles.length;",
    "a member of one's own": "const error = new Error('x'); error.status = 401; const o = {}; o.a = 1; throw error;",
    "dates": "return new Date() - new Date(event.user.created_at);",
    "a promise": "await new Promise((resolve) => { setTimeout(() => resolve(), 5); });",
    "fetch": "const answer = await fetch('https://example.com'); const { id } = await answer.json(); const all = await answer.json(); return id + all.x;",
    "errors": "try { await 1; } catch (error) { console.log(error.code, error.message); }",
    "modules of the tenant": "const { check } = require('actions:shared'); return check(event);",
    "metadata": "return [event.user.app_metadata.plan.toUpperCase(), event.user.user_metadata?.x.y];",
    "what is returned": "if (event.stats.logins_count > 1) return; return api.access.deny('x');",
    "more than is listed": "event.user.plan; event.user.email2; event.transaction.x.y; const { tier } = event.user; event.user.tier = tier; return event.user;",
    "an open object as a record": "/** @param {Record<string, any>} o */ const f = (o) => o.x; return f(event.user) + f({ ...event.transaction });",
    "helpers": "const plan = ({ user }, tokens) => tokens.setCustomClaim('https://x/p', user.email); plan(event, api.idToken); function on(event) { return event.data; } return on;",
    "dynamic": "for (const name of ['email']) { console.log(event.user[name], event['user']); }",
    "this": "const o = { f: () => this.x }; return o;",
    "a class": "class A { constructor() { this.x = 1; } get y() { return this.x; } } return new A().y;",
    "node": "return Buffer.from('x').toString('base64') + process.env.HOME + require('crypto').randomUUID();",
    "secrets": "return `Bearer ${event.secrets.KEY}` + event.secrets['KEY'] + (({ KEY }) => KEY)(event.secrets);",
    "in a comment": "// event.secrets.NONE\n/* const { NONE } = event.secrets */",
}


@pytest.mark.parametrize("name", FINE)
async def test_good_code_is_left_alone(service: JavaScriptService, name: str) -> None:
    assert await faults(service, FINE[name], secrets=("KEY",)) == []


async def test_unused_names_are_hints_but_not_the_parameters_of_a_handler(service: JavaScriptService) -> None:
    told = await service.diagnose(in_handler("  const x = 1;").code)
    assert [(item.message, item.severity, item.is_unused) for item in told] == [
        ("'x' is never used", "info", True)
    ]


async def test_the_starting_code_is_typed_by_the_contract(service: JavaScriptService) -> None:
    blank = starter_code("post-login", "javascript")
    assert await service.diagnose(javascript(blank).code) == ()
    text = blank.replace("=> {\n  \n};", "=> {\n  event.user.email; event.usr; api.acess;\n};", 1)
    told = await service.diagnose(javascript(text).code)
    assert [item.message.partition("did you mean ")[2] for item in told] == ["'user'?", "'access'?"]


async def test_a_helper_is_typed_by_what_it_is_given(service: JavaScriptService) -> None:
    (told,) = await faults(
        service, "check(event, api); function check(e, a) { a.access.deni(e.user.email); }"
    )
    assert told.message == "a.access has no member 'deni'; did you mean 'deny'?"


@pytest.mark.parametrize(
    ("body", "message", "fix"),
    [
        ("event.user.emial;", "event.user lists no member 'emial'; did you mean 'email'?", "email"),
        (
            "const { user: u } = event; u.user_metdata.x;",
            "u lists no member 'user_metdata'; did you mean 'user_metadata'?",
            "user_metadata",
        ),
        (
            "const { emial } = event.user;",
            "event.user lists no member 'emial'; did you mean 'email'?",
            "email",
        ),
    ],
)
async def test_a_name_that_is_nearly_a_listed_one_is_told_where_others_are_fine(
    service: JavaScriptService, body: str, message: str, fix: str
) -> None:
    (told,) = await faults(service, body)
    assert (told.severity, told.message) == ("info", message)
    assert [edit.text for edit in told.fixes[0].edits] == [fix]


async def test_deprecated_names_are_told(service: JavaScriptService) -> None:
    (told,) = await faults(service, "return new Buffer('x');")
    assert (told.severity, "deprecated" in told.message) == ("info", True), told


@pytest.mark.parametrize(
    ("body", "message", "name"),
    [
        ("event.sercets;", "event has no member 'sercets'; did you mean 'secrets'?", "secrets"),
        ("const { sercets } = event;", "event has no member 'sercets'; did you mean 'secrets'?", "secrets"),
        ("api?.acess.deny('x');", "api has no member 'acess'; did you mean 'access'?", "access"),
        ("api.access.dney('x');", "api.access has no member 'dney'; did you mean 'deny'?", "deny"),
        (
            "api.user.setUserMetadata('x', 1)\n  .acess.deny('x');",
            "api.user.setUserMetadata(…) has no member 'acess'; did you mean 'access'?",
            "access",
        ),
        ("consol.log(1);", "'consol' is not defined; did you mean 'console'?", "console"),
    ],
)
async def test_a_near_name_is_named_and_offered(
    service: JavaScriptService, body: str, message: str, name: str
) -> None:
    (told,) = await faults(service, body)
    assert (told.severity, told.message) == ("error", message)
    assert [fix.title for fix in told.fixes] == [f"Change to '{name}'"]
    assert told.fixes[0].edits == (TextEdit(told.span, name),)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("missing;", "'missing' is not defined"),
        ("api.access.deny();", "expected 1 argument, but got 0"),
        ("api.idToken.setCustomClaim('x');", "expected 2 arguments, but got 1"),
        ("fetch();", "expected 1 to 2 arguments, but got 0"),
        ("setTimeout();", "expected at least 1 argument, but got 0"),
        ("api.access.deny(5);", "expected string, but got number"),
        ("event.user();", "'user' is not a function"),
        ("[].lengt;", "an array has no member 'lengt'; did you mean 'length'?"),
        (
            "api.redirect.sendUserTo('x', { qurey: {} });",
            "what is expected here has no member 'qurey'; did you mean 'query'?",
        ),
    ],
)
async def test_common_faults_are_told_in_words(service: JavaScriptService, body: str, message: str) -> None:
    assert [told.message for told in await faults(service, body)] == [message]


async def test_a_secret_that_is_not_defined(service: JavaScriptService) -> None:
    body = "event.secrets.API_KEI;\nconst { OTHER: o = 1, API_KEY } = event.secrets; event?.secrets?.['X Y'];"
    told = await faults(service, body, secrets=("API_KEY",))
    assert [(item.span.row, item.message, item.severity) for item in told] == [
        (1, "the secret 'API_KEI' is not defined; did you mean 'API_KEY'?", "warning"),
        (2, "the secret 'OTHER' is not defined", "warning"),
        (2, "the secret 'X Y' is not defined", "warning"),
    ]
    assert [fix.define_secret for item in told for fix in item.fixes if fix.define_secret] == [
        "API_KEI",
        "OTHER",
        "X Y",
    ]
    assert told[0].fixes[0].edits == (TextEdit(told[0].span, "API_KEY"),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[1].forEach((x) => { await x; });", "[1].forEach(async (x) => { await x; });"),
        ("const run = { go() { await 1; } };", "const run = { async go() { await 1; } };"),
        ("function go() { await fetch('x'); }", "async function go() { await fetch('x'); }"),
    ],
)
async def test_a_missing_async_is_put_in(service: JavaScriptService, before: str, after: str) -> None:
    (told,) = await faults(service, before)
    assert told.severity == "error"
    assert mended(before, told.fixes[0]) == after


async def test_a_missing_require_is_put_behind_the_others(service: JavaScriptService) -> None:
    text = "// About.\n\nconst a = require('node:fs');\na;\nmyLib.go(nodeFetch, path, missing);\n"
    told = await service.diagnose(javascript(text, dependencies=("@scope/my-lib", "node-fetch")).code)
    assert [fix.edits[0].text for item in told for fix in item.fixes] == [
        'const myLib = require("@scope/my-lib");\n',
        'const nodeFetch = require("node-fetch");\n',
        'const path = require("node:path");\n',
    ]
    assert {(fix.edits[0].span.row, fix.edits[0].span.column) for item in told for fix in item.fixes} == {
        (3, 0)
    }
    assert [item.message for item in told if not item.fixes] == ["'missing' is not defined"]


async def test_modules_that_are_not_there_are_told_in_words(service: JavaScriptService) -> None:
    body = "require('axios/lib/x'); require('@a/b/c'); require('./other');"
    told = await faults(service, body, dependencies=("axios",))
    assert [(item.severity, item.message) for item in told] == [
        ("info", "'axios' is a dependency of this Action, but it is not installed yet"),
        ("error", "'@a/b' is not a dependency of this Action"),
        ("error", "there is no file './other': an Action is one file"),
    ]
    assert [fix.add_dependency for item in told for fix in item.fixes] == ["@a/b"]


async def test_broken_syntax_is_an_error_at_its_place(service: JavaScriptService) -> None:
    told = await faults(service, "const = 3;")
    assert told and (told[0].severity, told[0].span.row, told[0].span.column) == ("error", 1, 6)


def mended(body: str, fix: Fix) -> str:
    """The body after edits within its first row, which is the second of the whole text."""
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        assert (edit.span.row, edit.span.end_row) == (1, 1)
        body = body[: edit.span.column] + edit.text + body[edit.span.end_column :]
    return body
