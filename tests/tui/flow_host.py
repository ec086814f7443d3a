"""A tenant with a flow, and an application that shows its flow screen: for the tests of that screen."""

from __future__ import annotations

from pathlib import Path

from drive import settle
from textual.app import App
from textual.pilot import Pilot

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.screens.flow import FlowScreen
from actionsmith.tui.themes import DEFAULT_THEME, Themes
from actionsmith.tui.workbench.action_place import ActionPlace

HOSTILE = "Deny [bots] [/b]"
CODE = {
    "Audit": (
        "javascript",
        "exports.onExecutePostLogin = async (event, api) => {\n"
        "  api.idToken.setCustomClaim('https://example.com/seen', true);\n};",
    ),
    HOSTILE: (
        "python",
        "def on_execute_post_login(event, api):\n"
        "    if event.user.email == 'bot@example.com':\n"
        "        api.access.deny('no [bots]')\n",
    ),
    "Claims": (
        "python",
        "def on_execute_post_login(event, api):\n    api.access_token.set_custom_claim('https://x.example/a', 1)\n",
    ),
    "Spare": ("python", "def on_execute_post_login(event, api):\n    raise ValueError('broken [here]')\n"),
    "Never deployed": ("python", "def on_execute_post_login(event, api):\n    pass\n"),
}
BOUND = ["Audit", HOSTILE, "Claims"]


class Host(App[None]):
    """Shows one flow screen, and keeps what it was dismissed with."""

    def __init__(self, tenant: Tenant) -> None:
        super().__init__()
        theme = Themes().get(DEFAULT_THEME)
        assert theme is not None
        self.register_theme(theme.interface)
        self.theme = DEFAULT_THEME
        self.tenant = tenant
        self.syntax = theme.syntax
        self.left: list[ActionPlace | None] = []

    def on_mount(self) -> None:
        self.open()

    def open(self) -> None:
        """Show the screen, once more after it was left."""
        screen = FlowScreen(self.tenant, None, "post-login", syntax=lambda: self.syntax)
        self.push_screen(screen, self.left.append)


def make_tenant(path: Path) -> Tenant:
    """Three Actions in the flow of post-login, one more deployed, one never deployed."""
    tenant = Tenant.create(path, "shop")
    for name, (language, code) in CODE.items():
        tenant.create_action(name, "post-login", language, code)
        if name != "Never deployed":
            tenant.deploy(name)
    tenant.set_flow("post-login", BOUND)
    tenant.save_event("post-login", "a [bot]", '{"user": {"email": "bot@example.com"}}')
    return tenant


async def settled(pilot: Pilot[None]) -> FlowScreen:
    """The flow screen, when nothing runs in the background any more."""
    await settle(pilot)
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, FlowScreen))
