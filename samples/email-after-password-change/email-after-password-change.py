"""Tells users by e-mail that their password was changed.

Secrets: SMTP_HOST, SMTP_PORT, SMTP_USER and SMTP_PASSWORD.
Without SMTP_USER it speaks to a plain server, such as a mail catcher
on your own machine.
"""

import smtplib
from email.message import EmailMessage

TEXT = """\
Hello,

the password of your account was changed on {when}.
If this was not you, please contact us at once.
"""


def on_execute_post_change_password(event, api):
    if not event.user.email:
        print("no e-mail address, nobody to tell")
        return

    message = EmailMessage()
    message["From"] = "Example Security <security@example.com>"
    message["To"] = event.user.email
    message["Subject"] = "Your password was changed"
    message.set_content(TEXT.format(when=event.user.last_password_reset))

    secrets = event.secrets
    port = int(secrets.SMTP_PORT)
    with smtplib.SMTP(secrets.SMTP_HOST, port, timeout=5) as server:
        if secrets.SMTP_USER:
            server.starttls()  # a password never travels in the open
            server.login(secrets.SMTP_USER, secrets.SMTP_PASSWORD)
        server.send_message(message)
    print(f"told {event.user.email}")
