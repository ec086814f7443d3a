"""The Python language service, asked as the editor asks it: a real process, jedi and the contract behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_asking import HANDLER, at_caret, code, edited, proposals

from actionsmith.language.completion import NOTHING
from actionsmith.language.contract_completion import contract_completions
from actionsmith.language.python.service import PythonService
from actionsmith.language.service import Code, Span

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("python_service")]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{HANDLER}e.us|", "user"),
        (f"{HANDLER}user = e.user\n    if user:\n        user.em|", "email"),
        (f"{HANDLER}for m in e.authentication.methods:\n        m.|", "timestamp"),
        (f"{HANDLER}e.user.email.upp|", "upper"),
        (f"{HANDLER}a.acc|", "access_token"),
        (f"{HANDLER}a.access.deny('x').id_t|", "id_token"),
        (f"async {HANDLER}a.cache.g|", "get"),
        (f"{HANDLER}helper(e.user)\n\ndef helper(who):\n    who.em|", "email"),
        ("def later(event, api):\n    event.|", "secrets"),
        (f"{HANDLER}f'{{e.user.em|}}'", "email"),
        (f"{HANDLER}x = (e.|\n    y = 1\n", "user"),
        ("def on_ex|", "on_execute_post_login"),
        (f"{HANDLER}a.multifactor.enable('|", "guardian"),
        (f"{HANDLER}if e.transaction.protocol == '|'", "samlp"),
        (f'{HANDLER}if e.authentication.methods[0].name != "|', "passkey"),
        ("import json\njson.du|", "dumps"),
        ("from datetime import timed|", "timedelta"),
        ("import ht|", "html"),
        ("class A:\n    def grow(self): ...\nA().gr|", "grow"),
        ("𝒳é = ''; 𝒳é.upp|", "upper"),
        ("if True:\n\tx = []\n\tx.app|", "append"),
        ("x = ''\r\nx.upp|\r\n", "upper"),
    ],
)
async def test_completes(python_service: PythonService, marked: str, expected: str) -> None:
    assert expected in await proposals(python_service, marked)


@pytest.mark.parametrize("marked", ["# event.|", "'event.|'", "x = '''\nevent.|'''", "5.|"])
async def test_proposes_no_members_where_no_code_is(python_service: PythonService, marked: str) -> None:
    assert not {"user", "secrets"} & set(await proposals(python_service, marked))


async def test_secrets_are_the_drafts(python_service: PythonService) -> None:
    for place in ("e.secrets.|", "s = e.secrets\n    s.|", "e.secrets['|']"):
        found = await proposals(python_service, HANDLER + place, secrets=("API_KEY", "HOST"))
        assert [it.label for it in found.values() if it.kind == "secret"] == ["API_KEY", "HOST"], place
    assert "API_KEY" not in await proposals(python_service, f"{HANDLER}e.secrets.|", secrets=("OTHER",))


async def test_members_of_the_contract_are_proposed_as_the_contract_alone_would(
    python_service: PythonService,
) -> None:
    for path in ("event.user", "api.id_token", "api.cache"):
        text = f"def on_execute_post_login(event, api):\n    {path}."
        found_alone = contract_completions(Code(text, "post-login", "python"), 1, 5 + len(path))
        alone = {it.label: it for it in found_alone.items}
        found = await proposals(python_service, f"{text}|")
        assert alone.items() <= found.items()
        assert next(iter(found)) in alone


async def test_brackets_come_along_unless_they_stand_there(python_service: PythonService) -> None:
    async def insert(marked: str, label: str) -> tuple[str, int]:
        item = (await proposals(python_service, marked))[label]
        return item.insert, item.caret_back

    assert await insert(f"{HANDLER}a.access.de|", "deny") == ("deny()", 1)
    assert await insert(f"{HANDLER}a.access.de|('x')", "deny") == ("deny", 0)
    assert await insert("''.upp|", "upper") == ("upper()", 0)
    assert await insert("''.joi|", "join") == ("join()", 1)
    assert await insert("from json import du|", "dumps") == ("dumps", 0)


async def test_installed_dependencies_complete_and_this_program_does_not(
    python_service: PythonService, tmp_path: Path
) -> None:
    package = tmp_path / "cool_pkg"
    package.mkdir()
    (package / "__init__.py").write_text('def chill(degrees):\n    """Make it cold."""\n')
    facts = {"packages": (str(tmp_path),), "dependencies": ("cool-pkg",)}
    assert next(iter(await proposals(python_service, "import coo|", **facts))) == "cool_pkg"
    assert "chill" in await proposals(python_service, "import cool_pkg\ncool_pkg.|", **facts)
    target = (await python_service.definition(*at_caret("from cool_pkg import ch|ill", **facts)))[0]
    assert target.path == str(package / "__init__.py")
    assert not {"actionsmith", "jedi"} & set(await proposals(python_service, "import |"))


async def test_long_lists_are_described_one_by_one(python_service: PythonService) -> None:
    place = at_caret("import json\njson.dum|")
    item = next(it for it in (await python_service.complete(*place)).items if it.label == "dumps")
    assert not item.documentation
    described = await python_service.describe(*place, item)
    assert "Serialize" in described.documentation and described.detail.startswith("dumps(")


async def test_hover_speaks_as_the_contract(python_service: PythonService) -> None:
    about = {}
    text = f"{HANDLER}a.access.deny(e.user.email, e.secrets.KEY)\n    import json"
    for word in ("deny", "email", "e.user", "KEY", "json"):
        before, _, after = text.rpartition(word)
        about[word] = await python_service.hover(*at_caret(f"{before}|{word}{after}", secrets=("KEY",)))
    assert about["deny"] and about["deny"].signature.startswith("api.access.deny(reason")
    assert "Refuses the login" in about["deny"].documentation
    assert about["email"] and about["email"].signature == "event.user.email: string, optional"
    assert about["e.user"] and "authenticated" in about["e.user"].documentation
    assert about["KEY"] and about["KEY"].signature.startswith("event.secrets.KEY")
    assert about["json"] and about["json"].signature == "module json"
    assert await python_service.hover(*at_caret("x = 1  # js|on")) is None


async def test_signature_knows_the_keywords_of_an_api_method(python_service: PythonService) -> None:
    found = await python_service.signature(
        *at_caret(f"{HANDLER}a.redirect.send_user_to('https://x', query=|")
    )
    assert found is not None
    parameter = found.parameters[found.active]
    assert parameter.label.startswith("query: ") and "query parameters" in parameter.documentation
    assert all(it.label in found.label for it in found.parameters)
    assert "Suspends the login" in found.documentation
    assert await python_service.signature(*at_caret("x = 1|")) is None


async def test_definition_leads_into_the_text_and_into_the_contract(python_service: PythonService) -> None:
    (own,) = await python_service.definition(*at_caret("size = 1\n\nprint(si|ze)"))
    assert (own.path, own.span) == (None, Span(0, 0, 0, 4))
    (stub,) = await python_service.definition(*at_caret(f"{HANDLER}a.access.de|ny('x')"))
    assert stub.path == "post-login.pyi" and stub.text is not None
    row = stub.text.split("\n")[stub.span.row]
    assert row[stub.span.column : stub.span.end_column] == "deny" and "def deny(" in row


async def test_renames_what_belongs_to_the_file_and_nothing_else(python_service: PythonService) -> None:
    marked = "def 𝒳(a|ge, é=1):\n    return age * é\n\n𝒳(age=3)\n"
    edits = await python_service.rename(*at_caret(marked), "years")
    assert (
        edited(marked.replace("|", ""), edits) == "def 𝒳(years, é=1):\n    return years * é\n\n𝒳(years=3)\n"
    )
    spans = await python_service.references(*at_caret(marked))
    assert spans == tuple(edit.span for edit in edits)
    for refused in (f"{HANDLER}e.us|er", "import js|on", "from json import dum|ps", "pr|int(1)", "x = 1  |"):
        assert await python_service.rename(*at_caret(refused), "other") == (), refused
    assert await python_service.rename(*at_caret("a|ge = 1"), "class") == ()


async def test_faults_and_format_come_through_the_process(python_service: PythonService) -> None:
    found = await python_service.diagnose(code(f"{HANDLER}e.sercets.X"))
    assert [it.code for it in found] == ["unknown-member"]
    ugly = "x = { 'a':1 }\n\n\n\n\ny=2"
    assert edited(ugly, await python_service.format(code(ugly))) == 'x = {"a": 1}\n\n\ny = 2\n'
    assert await python_service.format(code("x = (")) == ()


async def test_a_long_text_is_answered(python_service: PythonService) -> None:
    long = "".join(f"def helper_{n}(event, api):\n    return event.user.email\n\n" for n in range(1800))
    assert len(long) > 100_000
    assert "user" in await proposals(python_service, f"{long}{HANDLER}e.|")
    assert await python_service.diagnose(code(long)) == ()


async def test_an_unknown_trigger_is_plain_python(python_service: PythonService) -> None:
    odd = code("import json\njson.du")
    odd = type(odd)(odd.text, "no-such-trigger", "python")
    assert "dumps" in {it.label for it in (await python_service.complete(odd, 1, 7)).items}
    assert await python_service.diagnose(odd) == ()


async def test_places_outside_of_the_text_are_answered(python_service: PythonService) -> None:
    assert await python_service.hover(code("x = '\ud800'; x"), 0, 13) is not None
    for row, column in ((0, 0), (-1, -1), (9, 9)):
        assert await python_service.hover(code(""), row, column) is None
        assert (await python_service.complete(code("x."), row, column)) is not None
    assert await python_service.diagnose(code("")) == ()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            [
                "event",
                ".",
                "api",
                "(",
                ")",
                "[",
                "'",
                '"""',
                "\n",
                "\r\n",
                "\r",
                "\t",
                " ",
                "def f(",
                ":",
                "é",
                "𝒳",
                "\0",
                "\ud800",
                "#",
                "import ",
                "=",
                "\\",
                "{",
                "lambda",
                "0",
                "\f",
            ]
        ),
        max_size=20,
    ).map("".join),
    st.integers(0, 5),
    st.integers(0, 20),
)
async def test_any_text_is_answered(python_service: PythonService, text: str, row: int, column: int) -> None:
    it = code(text)
    await python_service.complete(it, row, column)
    await python_service.hover(it, row, column)
    await python_service.signature(it, row, column)
    await python_service.rename(it, row, column, "other")
    await python_service.diagnose(it)
    assert python_service.status.state == "ready"
    assert await python_service.complete(code("# nothing"), 0, 9) == NOTHING
