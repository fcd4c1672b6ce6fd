"""A person who may be written to, and notices to send."""

from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from duties.models import Notice
from local.sms_server import SmsServer
from patients import actions as patients
from patients.models import Access, Patient
from tests import given

RUNGS = count(100)  # beyond those of any ladder


def the_person(clinic, **fields):
    """Somebody with a verified address, consent to check-ins, and a check-in due now."""
    person = Patient.objects.create(preferred_name=fields.pop("preferred_name", "Maria"), **fields)
    point = given.an_address(person, clinic)
    now = timezone.now()
    duty = duties.open(
        "check_in",
        facility=clinic.here,
        patient=person,
        owner_role=Role.AFTERCARE,
        due_at=now,
        by=clinic.aftercare,
        at=now,
    )
    return SimpleNamespace(patient=person, point=point, duty=duty, now=now)


def a_notice(duty, **fields):
    """A notice that waits; to the person unless a user or role is named."""
    staff = "to_user" in fields or "to_role" in fields
    now = fields.pop("now", None) or timezone.now()
    values = {
        "patient": duty.patient,
        "to_patient": not staff,
        "template": "late" if staff else "check_in",
        "made_at": now,
        "send_at": now,
        "expires_at": now + timedelta(hours=24),
        "rung": next(RUNGS) % 30000,
        **fields,
    }
    return Notice.objects.create(duty=duty, facility=duty.facility, **values)


@pytest.fixture
def person(clinic):
    """Somebody with a verified address, consent to check-ins, and a check-in due now."""
    return the_person(clinic)


MOBILE = "+12125550123"


@pytest.fixture
def gateway(settings):
    """Something that answers like the provider of text messages, over real HTTP."""
    server = SmsServer(token="secret")
    server.start()
    settings.SMS_API_URL, settings.SMS_ACCOUNT, settings.SMS_TOKEN = server.url, "AC1", "secret"
    settings.SMS_FROM, settings.SMS_TIMEOUT = "+12125550100", 5
    yield server
    server.shutdown()
    server.server_close()


def takes_texts(person, clinic, number=MOBILE, position=2, **fields):
    """They agreed to texts about check-ins as well; this place follows them."""
    Access.grant(person, because="aftercare", facility=clinic.here, at=timezone.now())
    fields = {"channel": "sms", "value": number, "position": position, "scopes": ["check_in"], **fields}
    return patients.verify(patients.add_contact_point(person, by=clinic.nurse, **fields), by=clinic.nurse)


@pytest.fixture
def texter(person, clinic, gateway):
    """The same person, with texts as the second way; nothing was sent yet."""
    person.mobile = takes_texts(person.patient, clinic)
    return person


def only_texts(person, clinic):
    """Texts are the only way."""
    patients.revoke(person.point, by=clinic.nurse)
