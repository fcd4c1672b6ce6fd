"""Email by a provider's API: what it says became of a message is heard, when it can prove that it says so."""

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from audit.models import AccessEvent
from duties.models import Duty, NoticeState
from messaging import actions
from messaging.apps import bounces_are_not_heard
from messaging.channels import email
from messaging.models import Attempt, OptOut, Receipt, Result
from tests.then import fresh

from .conftest import a_notice
from .test_send import is_at

SECRET = "name:secret"
TAKEN = (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "pm-1", "To": None})
INACTIVE = "Found inactive addresses: maria@example.org.\nInactive recipients are ones that …"


class Provider(ThreadingHTTPServer):
    """Answers like Postmark's API."""

    answer = TAKEN

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Take)


class Take(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, said = self.server.answer
        if "To" in said:
            said = said | {"To": asked["To"]}
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def provider(settings):
    server = Provider()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "token",
        "POSTMARK_API_URL": f"http://127.0.0.1:{server.server_port}/",
        "WEBHOOK_SECRET": SECRET,
    }
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def sent(person, provider):
    person.notice = a_notice(person.duty)
    actions.send()
    is_at(person.notice, NoticeState.SENT)
    assert Attempt.objects.get().provider_id == "pm-1"
    return person


def bounce(kind="HardBounce", key="pm-1"):
    code = {"HardBounce": 1, "BadEmailAddress": 100000, "Blocked": 100006, "SpamComplaint": 512}[kind]
    record = "SpamComplaint" if kind == "SpamComplaint" else "Bounce"
    return {"RecordType": record, "MessageID": key, "Type": kind, "TypeCode": code, "Email": "maria@example.org"}


def tell(client, said, secret=SECRET, **headers):
    given = {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()} if secret else {}
    return client.post(email.RECEIPTS, json.dumps(said), content_type="application/json", headers=given | headers)


def reviews(**of):
    return Duty.objects.open().filter(ladder__slug="message_review", **of)


@pytest.mark.parametrize("kind", ["HardBounce", "BadEmailAddress"])
def test_an_address_that_bounces_is_broken_and_another_way_is_owed(sent, client, kind):
    for _ in range(2):
        assert tell(client, bounce(kind)).status_code == 200
    is_at(sent.notice, NoticeState.FAILED, "undelivered")
    assert fresh(sent.point).broken_at and Receipt.objects.count() == 1
    assert Duty.objects.open().filter(ladder__slug="contact_broken", patient=sent.patient).count() == 1
    assert AccessEvent.objects.order_by("-id").first().username == "provider of email"


def test_what_was_refused_for_another_reason_breaks_no_address_and_is_looked_into(sent, client):
    tell(client, bounce("Blocked"))
    is_at(sent.notice, NoticeState.FAILED, "undelivered")
    assert fresh(sent.point).broken_at is None and reviews(patient=sent.patient).count() == 1


def test_whoever_marks_a_message_as_unwanted_gets_no_more_email_and_is_asked(sent, client):
    tell(client, bounce("SpamComplaint"))
    is_at(sent.notice, NoticeState.SENT)
    assert OptOut.objects.in_force("email").of(sent.patient).exists()
    assert not OptOut.objects.in_force("phone").of(sent.patient).exists()
    assert reviews(once=f"message:{sent.patient.pk}:unwanted").count() == 1


def test_a_bounce_of_a_letter_to_staff_says_nothing_of_the_person_it_is_about(person, provider, client):
    a_notice(person.duty, to_role="supervisor")
    actions.send()
    for kind in ("HardBounce", "SpamComplaint"):
        tell(client, bounce(kind))
    assert fresh(person.point).broken_at is None and not OptOut.objects.exists()
    assert [review.owner_role for review in reviews()] == ["admin"]


def test_what_is_delivered_changes_nothing_and_what_is_opened_is_not_kept(sent, client):
    for record in ("Delivery", "Open"):
        assert tell(client, {"RecordType": record, "MessageID": "pm-1", "Recipient": "x@y.org"}).status_code == 200
    is_at(sent.notice, NoticeState.SENT)
    assert [receipt.status for receipt in Receipt.objects.all()] == ["delivered"]


@pytest.mark.parametrize("secret", ["name:wrong", ""])
def test_who_cannot_prove_who_they_are_is_not_heard(sent, client, secret, settings):
    assert tell(client, bounce(), secret).status_code == 403
    settings.ANYMAIL = {name: value for name, value in settings.ANYMAIL.items() if name != "WEBHOOK_SECRET"}
    assert tell(client, bounce()).status_code == 403  # nothing to prove it by
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert tell(client, bounce()).status_code == 403
    assert not Receipt.objects.exists() and fresh(sent.point).broken_at is None


def test_where_the_provider_signs_its_signature_is_asked_for_as_well(person, settings, client):
    settings.EMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"
    settings.ANYMAIL = {"MAILGUN_API_KEY": "k", "MAILGUN_WEBHOOK_SIGNING_KEY": "signs", "WEBHOOK_SECRET": SECRET}

    def said(key):
        good = hmac.new(key.encode(), b"1700000000token", hashlib.sha256).hexdigest()
        signature = {"timestamp": "1700000000", "token": "token", "signature": good}
        event = {"event": "failed", "severity": "permanent", "message": {"headers": {"message-id": "mg-1"}},
                 "timestamp": 1700000000, "recipient": "x@y.org", "id": "e1"}  # fmt: skip
        return {"signature": signature, "event-data": event}

    assert tell(client, said("another")).status_code == 403
    assert tell(client, said("signs"), "name:wrong").status_code == 403
    assert tell(client, said("signs")).status_code == 200
    assert Receipt.objects.get().status == "bounced"


def test_what_cannot_be_read_is_refused_and_never_breaks(sent, client, monkeypatch):
    for said in ([1], "x", {"RecordType": []}):
        assert tell(client, said).status_code in {200, 400}
    assert client.get(email.RECEIPTS).status_code == 405
    monkeypatch.setattr(actions, "receipt", lambda **kwargs: 1 / 0)
    assert tell(client, bounce()).status_code == 503


@pytest.mark.parametrize(
    ("answer", "result", "bad_address"),
    [
        (
            (422, {"ErrorCode": 406, "Message": INACTIVE}),
            Result.PERMANENT,
            True,
        ),
        ((401, {"ErrorCode": 10, "Message": "no such token"}), Result.TRANSIENT, False),
        ((503, {}), Result.TRANSIENT, False),
        ((500, {}), Result.UNKNOWN, False),
        ((200, []), Result.UNKNOWN, False),
    ],
)
def test_what_its_answer_says_is_what_happened(provider, answer, result, bad_address):
    provider.answer = answer
    outcome = email.send("maria@example.org", "Hello", "How are you?", "messages@example.org")
    assert (outcome.result, outcome.bad_address) == (result, bad_address), outcome


def test_a_provider_that_cannot_be_reached_was_given_nothing(provider, settings):
    settings.ANYMAIL |= {"POSTMARK_API_URL": "http://127.0.0.1:1/"}
    outcome = email.send("maria@example.org", "Hello", "How are you?", "messages@example.org")
    assert outcome.result == Result.TRANSIENT, outcome


def test_before_it_is_deployed_it_says_when_bounces_are_not_heard(provider, settings):
    assert bounces_are_not_heard(None) == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert [warning.id for warning in bounces_are_not_heard(None)] == ["throughline.W003"]
