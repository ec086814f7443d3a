"""Sends users to a status page while their application is under maintenance.

To start the maintenance, set `downtime` to "yes" in its metadata.
"""

STATUS_PAGE = "https://status.example.com/downtime"


def on_execute_post_login(event, api):
    if event.client.metadata.downtime == "yes":
        # The login waits here until the page sends the browser back to /continue.
        api.redirect.send_user_to(
            STATUS_PAGE,
            query={"app": event.client.name},
        )


def on_continue_post_login(event, api):
    # Runs when the browser comes back. Coming back early must not be a way in.
    if event.client.metadata.downtime == "yes":
        api.access.deny("We are under maintenance. Please try again later.")
