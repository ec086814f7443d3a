"""Closes the door for new accounts, but not for colleagues."""

OUR_DOMAIN = "@example.com"


def on_execute_pre_user_registration(event, api):
    email = event.user.email or ""

    if not email.lower().endswith(OUR_DOMAIN):
        # The first text is for the log, the second one for the person.
        api.access.deny(
            "sign_ups_closed",
            "We are not accepting sign-ups at the moment.",
        )
