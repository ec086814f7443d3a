"""Questions about an Action in JavaScript, answered by the real server."""

from __future__ import annotations

import re

import pytest
from javascript_asking import in_handler, javascript

from actionsmith import packages, paths
from actionsmith.language.javascript import JavaScriptService
from actionsmith.language.service import Code, Span, TextEdit
from actionsmith.triggers import loader
from actionsmith.triggers.typescript import declaration

pytestmark = [
    pytest.mark.network,
    pytest.mark.xdist_group("typescript"),
    pytest.mark.asyncio(loop_scope="session"),
]

HANDLERS = {
    "arrow": "exports.onExecutePostLogin = async (event, api) => { BODY };",
    "function": "exports.onExecutePostLogin = async function (event, api) { BODY };",
    "module.exports": "module.exports.onExecutePostLogin = (event, api) => { BODY };",
    "by name": "exports['onExecutePostLogin'] = async (event, api) => { BODY };",
    "declared": "async function onExecutePostLogin(event, api) { BODY }\nmodule.exports = { onExecutePostLogin };",
    "constant": "const onExecutePostLogin = async (event, api) => { BODY };\nexports.onExecutePostLogin = onExecutePostLogin;",
    "another name": "const check = async (event, api) => { BODY };\nexports.onExecutePostLogin = check;",
    "a member of another name": "async function check(event, api) { BODY }\nmodule.exports = { onExecutePostLogin: check };",
    "member": "module.exports = { onExecutePostLogin: async (event, api) => { BODY } };",
    "method in line": "module.exports = { async onExecutePostLogin(event, api) { BODY } };",
    "method": "module.exports = {\n  async onExecutePostLogin(event, api) { BODY },\n};",
    "documented": "/**\n * Mine.\n */\nexports.onExecutePostLogin = async (event, api) => { BODY };",
    "behind a comment": "/* exports.onExecutePostLogin = no\n */ exports.onExecutePostLogin = async (event, api) => { BODY };",
    "behind a slash-star in a string": "const all = '/*';\nexports.onExecutePostLogin = async (event, api) => { BODY };",
}


@pytest.mark.parametrize("form", HANDLERS)
async def test_handlers_are_typed_without_annotations(service: JavaScriptService, form: str) -> None:
    place = javascript(HANDLERS[form].replace("BODY", "event.user.em¦; event.sercets; return 1;"))
    result = await service.complete(*place)
    assert {"email", "email_verified"} <= {item.label for item in result.items}
    assert result.start_column == place.column - 2
    (told,) = [item for item in await service.diagnose(place.code) if not item.is_unused]
    assert told.message == "event has no member 'sercets'; did you mean 'secrets'?"


async def test_a_method_is_completed_with_its_parentheses_and_described(service: JavaScriptService) -> None:
    place = in_handler("  api.access.de¦")
    item = next(item for item in (await service.complete(*place)).items if item.label == "deny")
    assert (item.insert, item.kind, item.caret_back) == ("deny()", "method", 1)
    described = await service.describe(*place, item)
    assert described.detail.startswith("ApiAccess.deny(reason: string)")
    assert described.documentation.startswith("Refuses the login.")


@pytest.mark.parametrize("body", ["  api.access.de¦('x')", "  const { readFi¦ } = require('fs')"])
async def test_no_parentheses_where_there_are_some_or_none_belong(
    service: JavaScriptService, body: str
) -> None:
    items = (await service.complete(*in_handler(body))).items
    item = next(item for item in items if item.label in ("deny", "readFile"))
    assert (item.insert, item.caret_back) == (item.label, 0)


async def test_secrets_of_the_draft_follow_it(service: JavaScriptService) -> None:
    for names in (("API_KEY",), ("API_KEY", "SMTP-HOST")):
        place = in_handler("  event.secrets.¦", secrets=names)
        items = (await service.complete(*place)).items
        assert [(item.label, item.kind) for item in items][:1] == [("API_KEY", "secret")]
    quoted = (await service.complete(*in_handler('  event.secrets["¦"]', secrets=names))).items
    assert "SMTP-HOST" in {item.label for item in quoted}


async def test_modules_of_node_are_known(service: JavaScriptService) -> None:
    names = await service.complete(*javascript('const x = require("cry¦");'))
    assert ("crypto", "module") in {(item.label, item.kind) for item in names.items}
    members = await service.complete(*javascript('require("node:crypto").randomU¦'))
    assert "randomUUID" in {item.label for item in members.items}


async def test_hover_signature_and_definition(service: JavaScriptService) -> None:
    place = in_handler('  api.access.de¦ny("x");')
    hover = await service.hover(*place)
    assert hover and hover.signature.startswith("ApiAccess.deny(") and "Refuses" in hover.documentation
    (target,) = await service.definition(*place)
    assert target.path == "post-login.d.ts" and target.text == declaration("post-login")
    assert target.text.split("\n")[target.span.row][target.span.column :].startswith("deny(reason")
    signature = await service.signature(*in_handler("  api.idToken.setCustomClaim('a', ¦)"))
    assert signature and [parameter.label.split(":")[0] for parameter in signature.parameters] == [
        "key",
        "value",
    ]
    assert signature.active == 1 and signature.parameters[0].documentation
    too_many = await service.signature(*in_handler("  api.access.deny('a', ¦)"))
    assert too_many and too_many.active == -1


async def test_names_of_the_text_are_found_and_renamed_in_characters(service: JavaScriptService) -> None:
    place = in_handler('  const 𝒜 = "🙂", total¦ = 1;\n\tconsole.log("🙂", total, 𝒜);')
    spans = (Span(1, 17, 1, 22), Span(2, 18, 2, 23))
    assert [place.code.text.split("\n")[span.row][span.column : span.end_column] for span in spans] == [
        "total"
    ] * 2
    assert await service.references(*place) == spans
    assert await service.rename(*place, "sum") == tuple(TextEdit(span, "sum") for span in spans)
    (target,) = await service.definition(place.code, 2, 20)
    assert (target.span, target.path) == (spans[0], None)


async def test_what_belongs_to_the_contract_is_not_renamed(service: JavaScriptService) -> None:
    assert await service.rename(*in_handler("  event.us¦er.email;"), "person") == ()


async def test_the_type_of_a_handler_is_not_in_its_way(service: JavaScriptService) -> None:
    """The first row holds the comment that gives the handler its type: places behind it are exact."""
    place = javascript("exports.onExecutePostLogin = async (ev¦ent, api) => { event; api; };")
    assert await service.references(*place) == (Span(0, 36, 0, 41), Span(0, 53, 0, 58))
    untidy = javascript("  exports.onExecutePostLogin=async(event,api)=>{api;};")
    edits = await service.format(untidy.code)
    assert applied(untidy.code.text, edits) == "exports.onExecutePostLogin = async (event, api) => { api; };"


async def test_formatting_keeps_the_step_of_the_text(service: JavaScriptService) -> None:
    text = "function a() {\n\tif (1) {\n  return 2\n\t}\n}\n"
    assert applied(text, await service.format(javascript(text).code)) == text.replace(
        "  return", "\t\treturn"
    )


async def test_axios_completes_after_it_was_installed(service: JavaScriptService) -> None:
    folder, _ = packages.install("javascript", [("axios", "1")])
    place = javascript(
        "const axios = require('axios');\naxios.¦", dependencies=("axios",), packages=(str(folder),)
    )
    items = {item.label: item for item in (await service.complete(*place)).items}
    assert items["get"].insert == "get()" and {"create", "post", "isAxiosError"} <= items.keys()
    required = await service.complete(
        *javascript("require('ax¦')", dependencies=("axios",), packages=(str(folder),))
    )
    assert ("axios", "dependency") in {(item.label, item.kind) for item in required.items}
    assert (
        await service.diagnose(javascript("require('axios').get('x');", packages=(str(folder),)).code) == ()
    )
    assert paths.cache_dir() in folder.parents and not list(folder.glob("editor-*"))


SAMPLES = {path.stem: path.read_text(encoding="utf-8") for path in paths.shipped("samples").rglob("*.js")}


@pytest.mark.parametrize("name", sorted(SAMPLES))
async def test_samples_raise_no_alarm(service: JavaScriptService, name: str) -> None:
    text = SAMPLES[name]
    trigger = next(filter(None, map(loader.trigger_of_handler, re.findall(r"exports\.(\w+)", text))))
    secrets = tuple({*re.findall(r"\b(?:SMTP|STEP_UP)_[A-Z]+\b", text)})
    code = Code(text, trigger, "javascript", secrets=secrets, dependencies=("nodemailer",))
    told = [item for item in await service.diagnose(code) if "not installed yet" not in item.message]
    assert told == []


def applied(text: str, edits: tuple[TextEdit, ...]) -> str:
    starts = [0]
    for row in text.split("\n"):
        starts.append(starts[-1] + len(row) + 1)
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        span = edit.span
        start, end = starts[span.row] + span.column, starts[span.end_row] + span.end_column
        text = text[:start] + edit.text + text[end:]
    return text
