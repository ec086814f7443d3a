"""Gives a new account its first metadata."""


def on_execute_pre_user_registration(event, api):
    # user_metadata: preferences. Users can read and change these themselves.
    api.user.set_user_metadata("language", event.request.language or "en")
    api.user.set_user_metadata("tour_finished", False)

    # app_metadata: what users must not decide for themselves.
    plan = event.client.metadata.default_plan if event.client else None
    api.user.set_app_metadata("plan", plan or "free")
    country = event.request.geoip.countryCode
    api.user.set_app_metadata("signed_up_in", country or "unknown")
