"""A text message from a real worker to something that answers like the provider, over real HTTP, and back."""

import json
import shutil
import time
import urllib.request

import pytest

from local.stack import Stack

PERSON = """
from datetime import timedelta
from django.utils import timezone
from accounts.models import Facility, User
from duties import actions as duties
from patients import actions as patients
from patients.models import Access, Patient
now, by, here = timezone.now(), User.objects.get(username="system"), Facility.objects.order_by("name").first()
Facility.objects.update(
    quiet_from="00:00", quiet_until="00:00", sends_to_patients_at=now, sends_to_patients_by=by,
    last_resort_name="Ada Rook", last_resort_phone="+12125550190", last_resort_email="last.resort@example.org",
)
person = Patient.objects.create(preferred_name="Ana", language="es")
Access.grant(person, because="aftercare", facility=here, at=now)
point = patients.add_contact_point(person, channel="sms", value="+12125559876", scopes=["check_in"], by=by)
patients.verify(point, by=by)
duties.open("check_in", facility=here, patient=person, owner_role="aftercare", due_at=now + timedelta(seconds=5),
            by=by, at=now)
"""
STOP = """
from messaging.actions import receive
print(receive(provider="twilio", provider_id="SM1", number="+12125559876", body="Alto").new)
"""


def texts_to(stack, number):
    """What the stand-in took for this number."""
    with urllib.request.urlopen(f"{stack.sms_url}/messages") as answer:
        return [one["body"] for one in json.load(answer) if one["to"] == number]


def wait_for(stack, many):
    """Until so many texts have arrived."""
    deadline = time.monotonic() + 90
    while len(found := texts_to(stack, "+12125559876")) < many:
        assert time.monotonic() < deadline, found
        time.sleep(0.5)
    return found


@pytest.mark.slow
def test_a_check_in_goes_out_and_stop_comes_back(tmp_path):
    stack = Stack(tmp_path / "run")
    try:
        stack.start()
        stack.manage("shell", "-v", "0", "-c", PERSON)
        [asked] = wait_for(stack, 1)
        assert "¿cómo está?" in asked
        assert "True" in stack.manage("shell", "-v", "0", "-c", STOP, capture=True)
        assert "no recibirá más mensajes" in wait_for(stack, 2)[1]
    finally:
        stack.stop()
        shutil.rmtree(stack.postgres.folder, ignore_errors=True)
