"""A channel that takes nothing from anybody: one incident, nothing lost, and no wave of duties."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from duties.models import Duty, Notice, NoticeState
from messaging.actions import send
from messaging.models import Attempt, GatewayIncident
from tests import given

from .conftest import MOBILE, a_notice, only_texts, takes_texts, the_person
from .test_send import BACKENDS, is_at, reviews


@pytest.fixture
def seven(clinic, gateway):
    """Seven people who are reached by text alone, each with a message that waits."""
    made = []
    for number in range(7):
        person = the_person(clinic, preferred_name=f"P{number}")
        takes_texts(person.patient, clinic, f"+1212555020{number}")
        only_texts(person, clinic)
        person.notice = a_notice(person.duty)
        made.append(person)
    return made


def owed():
    return Duty.objects.open().filter(ladder__slug="gateway_down")


def test_five_in_a_row_are_one_incident_and_what_waits_burns_no_tries(seven, gateway, clinic):
    gateway.does = "503"
    now = timezone.now()
    send(now)
    incident = GatewayIncident.objects.get()
    assert (incident.channel, incident.ended_at, incident.duty) == ("sms", None, owed().get())
    assert incident.duty.ladder.critical
    assert Attempt.objects.count() == 5
    held = Notice.objects.filter(state_reason="sms_down")
    assert held.count() == 3  # the fifth, and the two that were not even tried
    assert sorted(held.values_list("tries", flat=True)) == [0, 0, 0]
    # One a minute is tried, and nothing else.
    for minute in (1, 2, 3):
        before = Attempt.objects.count()
        Notice.objects.filter(state_reason="not_taken").update(state_reason="sms_down", send_at=now + timedelta(1))
        send(now + timedelta(minutes=minute, seconds=minute))
        send(now + timedelta(minutes=minute, seconds=minute + 10))
        assert Attempt.objects.count() == before + 1
    assert owed().count() == 1 and not reviews().exists()
    # It works again: everything goes.
    gateway.does = "works"
    later = now + timedelta(minutes=5)
    send(later)
    send(later + timedelta(seconds=1))
    incident.refresh_from_db()
    assert incident.ended_at and not owed().exists()
    assert len(gateway.taken) == 7
    assert set(Notice.objects.values_list("state", flat=True)) == {NoticeState.SENT}
    swallowed = GatewayIncident.objects.swallowed
    assert swallowed("sms", now) and swallowed("sms", now + timedelta(minutes=1))
    assert not swallowed("sms", later + timedelta(hours=1)) and not swallowed("email", now)
    assert not swallowed("sms", now - timedelta(minutes=11))


def test_what_a_clock_that_ran_ahead_sent_does_not_hide_it(seven, gateway):
    now = timezone.now()
    send(now + timedelta(hours=1), limit=1)
    assert Attempt.objects.get().result == "accepted"
    gateway.does = "503"
    send(now)
    assert GatewayIncident.objects.open().count() == owed().count() == 1


def test_what_came_too_late_because_of_it_is_counted(seven, gateway):
    gateway.does = "503"
    now = timezone.now()
    send(now)
    Notice.objects.filter(state=NoticeState.WAITING).update(
        state_reason="sms_down", expires_at=now + timedelta(minutes=30)
    )
    send(now + timedelta(minutes=31))
    incident = GatewayIncident.objects.get()
    assert incident.expired().count() == 7
    assert set(Notice.objects.values_list("state", "state_reason")) == {("canceled", "sms_down")}
    assert not reviews().exists()


def test_who_has_another_way_is_written_to_by_it(clinic, gateway, seven):
    gateway.does = "503"
    send()
    both = the_person(clinic, preferred_name="Both")
    takes_texts(both.patient, clinic, MOBILE, position=0)
    notice = a_notice(both.duty)
    send()
    is_at(notice, NoticeState.SENT)
    assert len(mail.outbox) == 1


def test_answers_that_say_nothing_shut_it_as_well(seven, gateway):
    gateway.does = "500"
    send()
    assert GatewayIncident.objects.open().count() == 1
    assert Notice.objects.filter(state=NoticeState.UNCONFIRMED).count() == 5
    assert Notice.objects.filter(state=NoticeState.WAITING, state_reason="sms_down").count() == 2


def test_refusals_are_answers(seven, gateway):
    for number in range(7):
        gateway.refuses[f"+1212555020{number}"] = 21211
    send()
    assert not GatewayIncident.objects.exists()


def test_mail_that_is_down_does_not_silence_the_pages(clinic, gateway, settings):
    settings.EMAIL_BACKEND = f"{BACKENDS}.TakesNothing"
    type(clinic.supervisor).objects.filter(pk=clinic.supervisor.pk).update(mobile="+12125550777")
    for number in range(5):
        a_notice(the_person(clinic, preferred_name=f"P{number}").duty)
    send()
    assert GatewayIncident.objects.get().channel == "email"
    given.on_call(clinic, kind="lead")
    page = a_notice(the_person(clinic).duty, to_role="supervisor", critical=True)
    send()
    is_at(page, NoticeState.SENT)
    assert len(gateway.taken) == 1
