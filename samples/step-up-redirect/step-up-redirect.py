"""Checks the identity once more before money can be transferred.

Secret: STEP_UP_SECRET, shared with the page that does the check.
"""

CHECK_PAGE = "https://identity-check.example.com/start"
SCOPE = "transfer:funds"


def on_execute_post_login(event, api):
    asked = event.transaction.requested_scopes if event.transaction else None
    if SCOPE not in (asked or []):
        return

    # The page can verify this token, but anyone can read it: nothing personal.
    token = api.redirect.encode_token(
        secret=event.secrets.STEP_UP_SECRET,
        payload={"reason": SCOPE},
        expires_in_seconds=300,
    )
    api.redirect.send_user_to(CHECK_PAGE, query={"session_token": token})


def on_continue_post_login(event, api):
    # Runs when the page sends the browser back, with a token that it signed.
    # Raises, and so ends the login, when the token is forged, too old or
    # someone else's.
    answer = api.redirect.validate_token(secret=event.secrets.STEP_UP_SECRET)

    if answer.verified is True:
        api.access_token.set_custom_claim(
            "https://example.com/step_up",
            answer.method,
        )
    else:
        api.access.deny("The identity check was not passed.")
