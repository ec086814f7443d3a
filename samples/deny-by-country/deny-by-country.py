"""Refuses logins from countries on a list (two letters each, ISO 3166-1)."""

DENIED = {"AQ", "BV"}  # Antarctica, Bouvet Island


def on_execute_post_login(event, api):
    place = event.request.geoip

    # Not every address can be placed on the map: an unknown country may pass.
    if place.countryCode in DENIED:
        api.access.deny(f"Logins from {place.countryName} are not allowed.")
