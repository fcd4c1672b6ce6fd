"""Two check-ins of one person: the first answered on the page a text led to, the second by text itself, then stop."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from twilio.request_validator import RequestValidator

from aftercare.models import Answer, CheckIn
from duties.actions import tick
from local.sms_server import SmsServer
from messaging import actions as messaging
from messaging.channels import sms
from patients import actions as patients
from tests import given
from tests.then import owed

HOST, NUMBER = "https://p.example.org", "+12125550123"


@pytest.fixture
def provider(settings):
    """Something that answers like the provider of text messages, over real HTTP."""
    server = SmsServer(token="secret")
    server.start()
    settings.SMS_API_URL, settings.SMS_ACCOUNT, settings.SMS_TOKEN = server.url, "AC1", "secret"
    settings.SMS_FROM, settings.PUBLIC_URL = "+12125550100", HOST
    yield server
    server.shutdown()
    server.server_close()


def test_a_link_then_a_conversation_then_stop(clinic, api, client, provider):
    # Given somebody after discharge who takes texts, and chose a word with their coach
    episode = given.in_aftercare(clinic, at=given.ago(days=2), email="")
    point = patients.add_contact_point(
        episode.patient, channel="sms", value=NUMBER, scopes=["check_in"], by=clinic.aftercare
    )
    patients.verify(point, by=clinic.aftercare)
    chosen = api(clinic.aftercare).post(
        reverse("patients-choose-safe-word", args=[episode.patient_id]), {"word": "Green Kettle"}
    )
    assert chosen.status_code == 201 and "kettle" not in chosen.content.decode().lower()

    def to_them():
        return [text["body"] for text in provider.taken if text["to"] == NUMBER]

    def texted(at):
        tick(at)
        messaging.send(at)
        return to_them()[-1]

    # When the check-in is due, a text brings the link, and the page takes the answers
    first = CheckIn.objects.open().get()
    address = re.search(rf"{HOST}(/c/\w+)", texted(first.due_at))[1]
    page = client.post(address, {"step": "enter", "word": "green kettle"})
    for step, said in (
        ("save", {"asked": ["craving", "safe_now"], "q.craving": "30", "q.safe_now": "yes"}),
        ("send", {}),
    ):
        passed = re.search(r'name="pass" value="([^"]+)"', page.content.decode())[1]
        page = client.post(address, {"step": step, "pass": passed, **said})
    # Then it is answered, and the next one is owed
    assert Answer.objects.get(check_in=first).given == {"craving": 30, "safe_now": True}
    second = CheckIn.objects.open().get()
    assert second.due_at > first.due_at

    def write(body):
        form = {"MessageSid": f"SM{len(provider.taken)}", "From": NUMBER, "Body": body}
        signature = RequestValidator("secret").compute_signature(HOST + sms.MESSAGES, form)
        assert client.post(sms.MESSAGES, form, headers={"X-Twilio-Signature": signature}).status_code == 200
        messaging.send(timezone.now())
        return to_them()[-1]

    # When the next one is due, the person answers by text: questions come one by one, and the last is thanked for
    assert "Reply 1" in texted(second.due_at)
    with time_machine.travel(second.due_at + timedelta(minutes=5)):
        assert "911" in write("1")
        said = write("25")
        for _ in range(30):
            if "that is all" in said:
                break
            said = write("yes" if "safe" in said else "skip")
        assert Answer.objects.get(check_in=second).how == "sms" and CheckIn.objects.open().get() != second
        # And when they want no more, one confirmation is the last they hear; somebody looks into it
        assert "no more messages" in write("Please stop")
        heard = to_them()
        assert not CheckIn.objects.open().exists() and "withdrew_review" in owed(episode)
        tick(second.due_at + timedelta(days=9))
        messaging.send(second.due_at + timedelta(days=9))
        assert to_them() == heard
