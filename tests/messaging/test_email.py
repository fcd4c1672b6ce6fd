"""What the channel says happened is what happened: against a real mail server."""

import asyncio
import socket
import time
from email import message_from_bytes
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.core import mail

from messaging.channels import Outcome, email
from messaging.models import Result


class Handler:
    """A mail server that does as it is told; keeps what it took."""

    def __init__(self):
        self.taken = []
        self.mail = self.rcpt = None
        self.data = "250 OK"
        self.hang = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mail:
            return self.mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.hang:
            await asyncio.sleep(self.hang)
        if self.data is None:
            server.transport.abort()
            return "250 never heard"
        if self.data.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content))
        return self.data


class Server(Controller):
    """aiosmtpd on a free port."""

    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=True, hostname="mail.example.org")


@pytest.fixture
def server(settings):
    handler = Handler()
    controller = Server(handler, hostname="127.0.0.1", port=0)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        controller.port = probe.getsockname()[1]
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 1
    yield handler
    controller.stop()


def send(to="maria@example.org", subject="A short message", sender="Your contact <hello@example.net>"):
    return email.send(to, subject, "Hello\n", sender)


def test_accepted(server):
    assert send() == Outcome(Result.ACCEPTED)
    [message] = server.taken
    assert message["From"] == "Your contact <hello@example.net>"
    assert message["To"] == "maria@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    # Django's own would name this machine.
    assert message["Message-ID"].endswith("@example.net>")


@pytest.mark.parametrize(
    ("reply", "result", "bad_address"),
    [
        ("550 5.1.1 No such mailbox", Result.PERMANENT, True),
        ("550 No such mailbox", Result.PERMANENT, True),
        ("550 5.7.1 Your server is blocked", Result.PERMANENT, False),
        ("451 4.7.1 Come back later", Result.TRANSIENT, False),
        ("421 4.3.2 Going down", Result.TRANSIENT, False),
    ],
)
def test_the_recipient_is_refused(server, reply, result, bad_address):
    server.rcpt = reply
    outcome = send()
    assert (outcome.result, outcome.bad_address) == (result, bad_address)
    assert outcome.detail == reply
    assert server.taken == []


@pytest.mark.parametrize(
    ("reply", "result", "bad_address"),
    [
        ("554 5.7.1 Looks like spam", Result.PERMANENT, False),
        ("554 No", Result.PERMANENT, False),
        ("550 5.1.1 No such mailbox after all", Result.PERMANENT, True),
        ("451 4.3.0 Come back later", Result.TRANSIENT, False),
        ("421 4.3.2 Going down", Result.TRANSIENT, False),
        ("252 Who knows", Result.UNKNOWN, False),
    ],
)
def test_the_body_is_refused(server, reply, result, bad_address):
    server.data = reply
    outcome = send()
    assert (outcome.result, outcome.bad_address) == (result, bad_address)
    assert server.taken == []


def test_our_own_sender_is_refused(server):
    server.mail = "550 5.7.1 Who are you"
    outcome = send()
    assert (outcome.result, outcome.bad_address) == (Result.TRANSIENT, False)


def test_a_server_that_hangs_after_the_body_may_have_taken_it(server):
    server.hang = 2.5
    started = time.monotonic()
    assert send().result == Result.UNKNOWN
    # The farewell may take the timeout once more.
    assert time.monotonic() - started < 2.5


def test_a_server_that_drops_the_line_after_the_body_may_have_taken_it(server):
    server.data = None
    assert send().result == Result.UNKNOWN


def test_a_server_that_hangs_before_the_body_has_not_taken_it(server, settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT = silent.getsockname()[1]
        outcome = send()
    assert (outcome.result, outcome.bad_address) == (Result.TRANSIENT, False)


def test_nobody_listens(server, settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
    outcome = send()
    assert outcome.result == Result.TRANSIENT
    assert "ConnectionRefusedError" in outcome.detail


def test_a_server_that_wants_no_log_in_is_our_mistake_not_the_address(server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "us", "secret"
    outcome = send()
    assert (outcome.result, outcome.bad_address) == (Result.TRANSIENT, False)


@pytest.mark.parametrize("address", ["", "maria", "maria@", "maria@example.org\nBcc: eve@example.org"])
def test_no_address(server, address):
    outcome = send(to=address)
    assert (outcome.result, outcome.bad_address) == (Result.PERMANENT, True)
    assert server.taken == []


def test_a_header_that_cannot_be_written_is_our_mistake(server):
    outcome = send(subject="Hello\nBcc: eve@example.org")
    assert (outcome.result, outcome.bad_address) == (Result.TRANSIENT, False)
    assert server.taken == []


def test_the_backend_in_memory():
    assert send().result == Result.ACCEPTED
    assert [message.to for message in mail.outbox] == [["maria@example.org"]]


def test_the_backend_that_writes_files(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    assert send().result == Result.ACCEPTED
    [written] = tmp_path.iterdir()
    assert "To: maria@example.org" in written.read_text()


@pytest.mark.parametrize(
    ("backend", "result"),
    [("TakesNothing", Result.TRANSIENT), ("FallsSilent", Result.UNKNOWN)],
)
def test_a_backend_we_cannot_look_into(settings, backend, result):
    settings.EMAIL_BACKEND = f"tests.messaging.backends.{backend}"
    assert send().result == result


def test_details_are_one_line_that_fits(settings):
    outcome = email._judged(ValueError("a\x00\n" + "b" * 900), True)
    assert outcome.detail.startswith("ValueError: a b")
    assert len(outcome.detail) == 500


def test_closing_badly_changes_nothing():
    email._close(SimpleNamespace(close=lambda: 1 / 0))
