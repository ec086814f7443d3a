"""Puts the user's roles into the tokens.

Names of your own claims start with a URL that belongs to you.
It need not lead anywhere.
"""

NAMESPACE = "https://example.com"


def on_execute_post_login(event, api):
    roles = event.authorization.roles if event.authorization else []

    # The ID token is for the application, the access token for the API.
    api.id_token.set_custom_claim(f"{NAMESPACE}/roles", roles)
    api.access_token.set_custom_claim(f"{NAMESPACE}/roles", roles)

    if event.organization:
        api.access_token.set_custom_claim(
            f"{NAMESPACE}/organization",
            event.organization.name,
        )
