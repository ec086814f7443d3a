"""A site comes back with a session token: made in the dialog as `flow run --sign-token` makes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from drive import settle
from flow_host import Host, settled
from textual.pilot import Pilot
from textual.widgets import Select, Static

from actionsmith.runtime.host_kind import Language
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.flow.json_form import JsonForm
from actionsmith.tui.flow.redirect_form import ANOTHER, NONE, RedirectForm
from actionsmith.tui.screens.flow import FlowScreen
from actionsmith.tui.widgets.json_field import JsonField
from actionsmith.tui.widgets.pipeline_drawing import END
from actionsmith.tui.widgets.row_view import RowView
from actionsmith.tui.widgets.text_field import TextField
from actionsmith.workshop.samples import create_from_sample, sample

NAME, EVENT = "Step-up Redirect", "login that asks to transfer money"
SECRET = "only-an-example-use-32-random-bytes"
PASSED = '{"verified": true, "method": "otp"}'


@pytest.fixture(params=["javascript", "python"])
def tenant(tmp_path: Path, request: pytest.FixtureRequest) -> Tenant:
    """The sample's flow, in each language; its Action has a secret more, which comes first by its name."""
    language: Language = request.param
    made = Tenant.create(tmp_path / "tenant", "shop")
    create_from_sample(made, sample("step-up-redirect"), language, NAME)
    made.set_secret(NAME, "AN_API_KEY", "not-for-signing")
    made.deploy(NAME)
    made.set_flow("post-login", [NAME])
    return made


async def asked(pilot: Pilot[None]) -> tuple[FlowScreen, RedirectForm]:
    """The screen and the dialog, after the flow was run and waits for the page."""
    screen = await settled(pilot)
    screen.event = EVENT
    await pilot.press("f5")
    await settled(pilot)
    await pilot.press("c")
    form = pilot.app.screen
    assert isinstance(form, RedirectForm)
    return screen, form


async def submit(pilot: Pilot[None]) -> None:
    await pilot.press("ctrl+s")
    await settle(pilot)


def claims(form: RedirectForm) -> JsonField:
    return form.query_one("#field-claims", JsonField)


def drawn(screen: FlowScreen) -> str:
    return "\n".join("".join(text for text, _ in line) for line in screen.pipeline.drawing.lines)


async def test_the_flow_of_the_sample_is_completed_without_a_token_made_by_hand(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        screen, form = await asked(pilot)
        assert form.focused is claims(form), "what the site says is what is to be written"
        assert str(form.query_one(Select).value).endswith("STEP_UP_SECRET"), "what the Action signed with"
        assert SECRET not in pilot.app.export_screenshot()
        claims(form).set_text(PASSED)
        await submit(pilot)
        assert "✓  Completed" in drawn(screen)
        assert screen.focused is screen.pipeline
        await pilot.press("home", "down")
        details = screen.query_one(RowView).plain
        assert '"https://example.com/step_up"' in details

        await pilot.press("c")
        form = pilot.app.screen
        assert isinstance(form, RedirectForm)
        assert '"method": "otp"' in claims(form).text, "the last answer is there to be changed"
        assert "session_token" not in form.query_one("#field-query", JsonField).text
        claims(form).set_text('{"verified": false}')
        await submit(pilot)
        assert f"Denied by {NAME}" in drawn(screen)


async def test_commands_from_before_the_answer_are_shown_as_those_after_it(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(120, 60)) as pilot:
        screen, form = await asked(pilot)
        claims(form).set_text(PASSED)
        await submit(pilot)
        await pilot.press("home", "down")
        details = screen.query_one(RowView).plain.replace("\n", "")
        assert details.count(SECRET) == 2, "encodeToken and validateToken"
        assert "[secret" not in details


async def test_another_secret_is_refused_by_the_action_and_the_flow_can_be_answered_again(
    tenant: Tenant,
) -> None:
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        screen, form = await asked(pilot)
        typed = form.query_one("#token-value", TextField)
        assert not typed.display
        form.query_one(Select).value = ANOTHER
        await pilot.pause()
        assert typed.display
        await submit(pilot)
        assert pilot.app.screen is form
        assert "at least one character" in str(form.query_one("#fault-secret", Static).visual)
        assert form.focused is typed
        await pilot.press(*"forged", "enter")
        await settle(pilot)
        assert "the signature is wrong" in screen.query_one(RowView).plain
        assert "forged" not in pilot.app.export_screenshot()

        await pilot.press("c")
        assert isinstance(pilot.app.screen, RedirectForm)
        assert pilot.app.screen.query_one(Select).value == ANOTHER
        pilot.app.screen.query_one("#token-value", TextField).value = SECRET
        claims(pilot.app.screen).set_text(PASSED)
        await submit(pilot)
        assert "✓  Completed" in drawn(screen)


async def test_a_token_goes_where_something_comes_back(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        screen, form = await asked(pilot)
        claims(form).set_text("verified=true&method=otp")
        form.query_one("#field-body", JsonField).set_text("lang=en")
        await submit(pilot)
        assert "✓  Completed" in drawn(screen), "of claims 'true' is what it is as JSON, as in --query"


async def test_no_token_is_sent_when_none_is_wanted(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        screen, form = await asked(pilot)
        claims(form).set_text("{ nothing that is read")
        form.query_one(Select).value = NONE
        await pilot.pause()
        assert not claims(form).display
        await submit(pilot)
        assert "session_token" in screen.query_one(RowView).plain, "the Action finds none"
        await pilot.press("c")
        assert pilot.app.screen.query_one(Select).value == NONE


async def test_a_redirect_that_has_no_token_is_not_asked_for_one(tenant: Tenant) -> None:
    language = tenant.action(NAME).language
    code = {
        "javascript": "exports.onExecutePostLogin = async (event, api) => {"
        " api.redirect.sendUserTo('https://example.com/'); };",
        "python": "def on_execute_post_login(event, api):\n"
        "    api.redirect.send_user_to('https://example.com/')\n",
    }
    tenant.save_code(NAME, code[language])
    tenant.deploy(NAME)
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("f5")
        screen = await settled(pilot)
        assert screen.pipeline.selected == END
        await pilot.press("c")
        assert type(pilot.app.screen) is JsonForm
