"""The new-Action dialog on a real tenant: what it suggests, what it refuses, what it makes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drive import settle
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, RadioSet, Select, Static

from actionsmith.tenant.tenant import Tenant
from actionsmith.triggers import loader
from actionsmith.triggers.starter import body_line, starter_code
from actionsmith.tui.screens.new_action import NewActionDialog
from actionsmith.tui.themes import DEFAULT_THEME, Themes
from actionsmith.tui.widgets.radio import Radio, RadioChoice
from actionsmith.tui.workbench.action_place import ActionPlace
from actionsmith.tui.workbench.starting_points import BLANK, name_fault, starting_points, suggested_name
from actionsmith.workshop.samples import sample, samples


class Host(App[None]):
    """Shows the dialog, and keeps what it was dismissed with."""

    def __init__(self, tenant: Tenant) -> None:
        super().__init__()
        theme = Themes().get(DEFAULT_THEME)
        assert theme is not None
        self.register_theme(theme.interface)
        self.theme = DEFAULT_THEME
        self.tenant = tenant
        self.made: list[str | None] = []
        self.line: int | None = None

    def on_mount(self) -> None:
        self.open()

    def open(self) -> None:
        """Show the dialog, once more after it was left."""
        self.push_screen(NewActionDialog(self.tenant), self.take)

    def take(self, place: ActionPlace | None) -> None:
        self.made.append(place and place.name)
        self.line = place and place.line


@pytest.fixture
def tenant(tmp_path: Path) -> Tenant:
    return Tenant.create(tmp_path / "tenant", "shop")


async def opened(pilot: Pilot[None]) -> NewActionDialog:
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, NewActionDialog)
    screen.query_one(Input).cursor_blink = False
    return screen


def start_from(dialog: NewActionDialog, title: str) -> None:
    options = dialog.query_one("#new-action-start", OptionList)
    options.highlighted = options.get_option_index(title)


def text_of(dialog: NewActionDialog, widget: str) -> str:
    return str(dialog.query_one(widget, Static).visual)


@given(st.sets(st.sampled_from(["Post Login Action", *(f"Post Login Action {n}" for n in range(2, 9))])))
def test_a_suggested_name_is_free(taken: set[str]) -> None:
    name = suggested_name(BLANK, "post-login", taken)
    assert name not in taken
    assert name_fault(name, taken) is None


@pytest.mark.parametrize("trigger", loader.trigger_ids())
def test_blank_comes_first_then_the_samples_of_the_trigger(trigger: str) -> None:
    points = starting_points(samples(), trigger)
    own = [point.trigger == trigger for point in points[1:]]
    assert points[0] == BLANK
    assert own == sorted(own, reverse=True)
    assert len(points) == len(samples()) + 1


async def test_escape_makes_nothing_and_enter_makes_a_blank_action_of_any_name(tenant: Tenant) -> None:
    host = Host(tenant)
    async with host.run_test() as pilot:
        await opened(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert host.made == [None]
        assert tenant.actions() == []

        host.open()
        await opened(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert host.made[1:] == ["Post Login Action"]
        assert host.line == body_line(starter_code("post-login", "javascript"))
        assert tenant.action("Post Login Action").language == "javascript"
        assert tenant.draft("Post Login Action").code == starter_code("post-login", "javascript")

        host.open()
        dialog = await opened(pilot)
        dialog.query_one(Input).value = "Deny [bots] [/b]"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert host.made[2:] == ["Deny [bots] [/b]"]


async def test_a_sample_brings_its_trigger_events_and_secrets(tenant: Tenant) -> None:
    sample = next(sample for sample in samples() if sample.secrets)
    host = Host(tenant)
    async with host.run_test(size=(100, 40)) as pilot:
        dialog = await opened(pilot)
        dialog.query_one(RadioSet).query("RadioButton")[1].value = True  # type: ignore[attr-defined]
        start_from(dialog, sample.name)
        await pilot.pause()
        assert dialog.query_one(Select).value == sample.trigger
        assert dialog.query_one(Input).value == sample.name
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert host.made == [sample.name]
    assert tenant.action(sample.name).language == "python"
    assert {event.name for event in tenant.events(sample.trigger)} == set(sample.events)
    assert {secret.name for secret in tenant.draft(sample.name).secrets} == set(sample.secrets)


async def test_a_sample_that_does_not_fit_another_trigger_is_dropped_but_a_typed_name_is_kept(
    tenant: Tenant,
) -> None:
    async with Host(tenant).run_test(size=(100, 40)) as pilot:
        dialog = await opened(pilot)
        start_from(dialog, "MFA for Role")
        await pilot.pause()
        dialog.query_one(Select).value = "credentials-exchange"
        await pilot.pause()
        assert dialog.start == BLANK
        assert loader.trigger("credentials-exchange").when in text_of(dialog, "#new-action-when")
        assert dialog.query_one(Input).value == suggested_name(BLANK, "credentials-exchange", ())

        dialog.query_one(Input).focus()
        await pilot.press("M", "e")
        assert dialog.query_one(Input).value == "Me"
        start_from(dialog, "MFA for Role")
        await pilot.pause()
        assert dialog.query_one(Input).value == "Me"


async def test_a_name_that_will_not_do_is_a_sentence_and_nothing_is_made(tenant: Tenant) -> None:
    tenant.create_action("Taken", "post-login", "python", "")
    host = Host(tenant)
    async with host.run_test() as pilot:
        dialog = await opened(pilot)
        for name, fault in (("Taken", "already"), ("  ", "Give the Action a name")):
            dialog.query_one(Input).value = name
            await pilot.pause()
            assert fault in text_of(dialog, "#new-action-fault")
            await pilot.press("enter")
            await settle(pilot)
            assert [action.name for action in tenant.actions()] == ["Taken"]

        dialog.query_one(Input).value = "Mine"
        await pilot.pause()
        assert not text_of(dialog, "#new-action-fault")
        tenant.create_action("Mine", "post-login", "python", "")  # another program is quicker
        await pilot.press("enter")
        await settle(pilot)
        assert "already" in text_of(dialog, "#new-action-fault")
        assert host.made == []
        dialog.query_one(Input).value = "Other"
        await pilot.press("enter")
        await settle(pilot)
    assert host.made == ["Other"]


async def test_a_package_that_cannot_be_had_leaves_the_action_and_says_so(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    host = Host(tenant)
    async with host.run_test(size=(100, 40), notifications=True) as pilot:
        dialog = await opened(pilot)
        start_from(dialog, "E-mail after Password Change")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await settle(pilot)
        notices = [notice.title for notice in pilot.app._notifications]
    assert host.made == ["E-mail after Password Change"]
    assert any("not complete" in title for title in notices)


@pytest.mark.parametrize("size", [(160, 45), (100, 30), (60, 20)], ids=["wide", "medium", "narrow"])
def test_the_dialog_fits(snap_compare: Callable[..., bool], tenant: Tenant, size: tuple[int, int]) -> None:
    """A sample is chosen; the buttons are in sight."""

    async def choose_sample(pilot: Pilot[None]) -> None:
        dialog = await opened(pilot)
        await pilot.press("tab", "tab", "tab")
        start_from(dialog, "MFA for Role")
        await pilot.pause()
        await settle(pilot)

    assert snap_compare(Host(tenant), terminal_size=size, run_before=choose_sample)


async def test_the_arrows_choose_the_language_that_is_lit_up(tenant: Tenant) -> None:
    app = Host(tenant)
    async with app.run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot)
        dialog.query_one(RadioSet).focus()
        await pilot.press("right")
        await settle(pilot)
        assert dialog.language == "python"
        assert [radio.value for radio in dialog.query(Radio)] == [False, True]
        await pilot.press("shift+tab", "tab")
        await settle(pilot)
        assert dialog.language == "python", "coming back to it chooses nothing"
        await pilot.press("left", "right", "ctrl+s")
        await settle(pilot)
        assert tenant.action(app.made[0] or "").language == "python"


async def test_what_was_chosen_counts_though_the_message_about_it_is_still_on_its_way(tenant: Tenant) -> None:
    app = Host(tenant)
    async with app.run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot)
        for step in ("next", "previous", "next"):
            getattr(dialog.query_one(RadioChoice), f"action_{step}_button")()
        assert [radio.value for radio in dialog.query(Radio)] == [False, True]
        dialog.query_one("#new-action-start", OptionList).action_cursor_down()
        dialog.action_create()
        await settle(pilot)
    made = tenant.action(app.made[0] or "")
    assert made.language == "python"
    assert made.name == "Claims from Roles", "it is made from the sample that lit up"
    assert tenant.draft(made.name).code == sample("claims-from-roles").code("python")


async def test_the_trigger_that_was_just_chosen_is_the_one_of_the_action(tenant: Tenant) -> None:
    app = Host(tenant)
    async with app.run_test(size=(100, 30)) as pilot:
        dialog = await opened(pilot)
        dialog.query_one("#new-action-trigger", Select).value = "pre-user-registration"
        dialog.action_create()
        await settle(pilot)
    assert tenant.action(app.made[0] or "").trigger == "pre-user-registration"
