"""Asks administrators for a second factor; everyone else logs in as before."""

ROLE = "Admin"


def on_execute_post_login(event, api):
    # `authorization` is absent when roles are not in use.
    roles = event.authorization.roles if event.authorization else []

    if ROLE in roles:
        # "any": the user may choose among the factors of the tenant.
        api.multifactor.enable("any")
