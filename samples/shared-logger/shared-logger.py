"""Writes a login log that a machine can read: one line of JSON per entry.

Bind it first: the Actions after it find the id in
event.transaction.metadata.correlation_id.
"""

import json
import uuid


def logger_for(**fields):
    """A logger whose entries all carry the same fields."""

    def log(message, **more):
        entry = {"message": message, **fields, **more}
        print(json.dumps(entry, separators=(",", ":")))

    return log


def on_execute_post_login(event, api):
    given = event.transaction.correlation_id if event.transaction else None
    correlation_id = given or str(uuid.uuid4())
    api.transaction.set_metadata("correlation_id", correlation_id)

    # Ids, not names or addresses: logs live long and are read by many.
    log = logger_for(
        correlation_id=correlation_id,
        user=event.user.user_id,
        client=event.client.client_id,
    )
    log(
        "login",
        connection=event.connection.name,
        country=event.request.geoip.countryCode,
    )

    if event.stats.logins_count == 1:
        log("first login")
