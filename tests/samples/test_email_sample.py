"""The e-mail sample delivers: a real SMTP server on this machine, nodemailer from npm, smtplib."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sample_files import SAMPLES
from sample_running import run_sample

from actionsmith.packages import install, parse_spec
from actionsmith.runtime.host_kind import Language, Packages

SAMPLE = SAMPLES["email-after-password-change"]
both_languages = pytest.mark.parametrize(
    "language", [pytest.param("javascript", marks=pytest.mark.network), "python"]
)


class Letterbox:
    """Keeps what the server takes in."""

    def __init__(self) -> None:
        self.letters: list[Envelope] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.letters.append(envelope)
        return "250 OK"


@pytest.fixture
def letterbox() -> Iterator[tuple[Letterbox, int]]:
    """A server without TLS and without accounts, and its port."""
    box = Letterbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    yield box, server.port
    server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def packages(language: Language) -> Packages:
    wanted = [parse_spec(spec) for spec in SAMPLE.about["dependencies"].get(language, [])]
    return Packages(folders=(install(language, wanted)[0],)) if wanted else Packages()


@both_languages
def test_the_letter_arrives(language: Language, letterbox: tuple[Letterbox, int]) -> None:
    box, port = letterbox
    execution = run_sample(
        SAMPLE, "password changed", language, secrets={"SMTP_PORT": str(port)}, packages=packages(language)
    )
    assert execution.error is None
    assert execution.status == "completed"
    assert [line.text for line in execution.console] == ["told robin.doe@example.com"]
    (letter,) = box.letters
    assert letter.rcpt_tos == ["robin.doe@example.com"]
    assert letter.mail_from == "security@example.com"
    message = message_from_bytes(letter.content or b"", EmailMessage, policy=policy.default)
    assert message["Subject"] == "Your password was changed"
    assert "was changed on 2026-01-20T08:20:11.904Z." in message.get_content()


@both_languages
def test_a_server_that_is_not_there_is_an_error_of_the_action(language: Language) -> None:
    execution = run_sample(
        SAMPLE,
        "password changed",
        language,
        secrets={"SMTP_PORT": str(free_port())},
        packages=packages(language),
    )
    assert execution.status == "failed"
    assert execution.error is not None
    assert "refused" in execution.error.message.lower() or "ECONNREFUSED" in execution.error.message


@both_languages
def test_nobody_is_told_without_an_address(language: Language) -> None:
    execution = run_sample(SAMPLE, "user without e-mail", language, secrets={}, packages=packages(language))
    assert execution.status == "completed"
    assert [line.text for line in execution.console] == ["no e-mail address, nobody to tell"]
