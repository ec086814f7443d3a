"""A tenant whose flow suspends three times, in mixed languages: a redirect, a form, a factor."""

from __future__ import annotations

from pathlib import Path

from actionsmith.runtime.execution import Execution, Status
from actionsmith.tenant.tenant import Tenant

CODE = {
    "Terms [v2]": (
        "javascript",
        """exports.onExecutePostLogin = async (event, api) => {
  api.user.setUserMetadata("terms", "asked");
  api.redirect.sendUserTo("https://example.com/terms", { query: { lang: "en" } });
};

exports.onContinuePostLogin = async (event, api) => {
  if (event.request.query.agreed !== "yes") {
    api.access.deny("The terms [v2] were not accepted.");
    return;
  }
  api.user.setUserMetadata("terms", "v2");
};
""",
    ),
    "Ask Phone": (
        "python",
        """def on_execute_post_login(event, api):
    api.prompt.render("ap_phone", {"fields": {"phone": ""}})


def on_continue_post_login(event, api):
    api.user.set_user_metadata("phone", event.prompt.fields.phone)
""",
    ),
    "Second Factor": (
        "javascript",
        """exports.onExecutePostLogin = async (event, api) => {
  api.authentication.challengeWith({ type: "otp" }, { additionalFactors: [{ type: "phone" }] });
};
""",
    ),
    "Claims": (
        "python",
        """def on_execute_post_login(event, api):
    api.id_token.set_custom_claim("https://example.com/terms", event.user.user_metadata.terms)
    api.access_token.set_custom_claim("https://example.com/phone", event.user.user_metadata.phone)
""",
    ),
}
EVENT = """{
  "user": {
    "user_id": "auth0|1",
    "email": "ann@example.com",
    "enrolledFactors": [{ "type": "otp" }, { "type": "phone" }],
    "app_metadata": {},
    "user_metadata": { "plan": "free", "terms": "v1" }
  },
  "client": { "client_id": "app1", "name": "Shop" },
  "request": { "hostname": "shop.example.com", "query": {}, "body": {} },
  "transaction": { "protocol": "oidc-basic-profile", "requested_scopes": ["openid"] }
}
"""


def make_suspending_tenant(path: Path) -> Tenant:
    """Four Actions in the flow of post-login, and the event `ann` to run it with."""
    tenant = Tenant.create(path, "shop")
    for name, (language, code) in CODE.items():
        tenant.create_action(name, "post-login", language, code)
        tenant.deploy(name)
    tenant.set_flow("post-login", list(CODE))
    tenant.save_event("post-login", "ann", EVENT)
    return tenant


def made_execution(name: str, status: Status, handler: str = "onExecutePostLogin") -> Execution:
    """What an Action gave that did nothing."""
    return Execution(
        action=name, version=1, trigger="post-login", language="javascript", handler=handler, status=status
    )
