"""Gives a machine the scopes it is meant to have.

They stand in the metadata of its application:
allowed_scopes = "read:orders write:orders".
"""


def on_execute_credentials_exchange(event, api):
    client = event.client.metadata
    allowed = (client.allowed_scopes or "").split()
    requested = event.transaction.requested_scopes

    refused = [scope for scope in requested if scope not in allowed]
    if refused:
        api.access.deny("invalid_scope", f"Not allowed: {', '.join(refused)}")
        return

    # A client that asks for nothing in particular gets all it may have.
    api.transaction.set_target_scopes(requested or allowed)

    if client.owner:
        api.access_token.set_custom_claim(
            "https://example.com/owner",
            client.owner,
        )
