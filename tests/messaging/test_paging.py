"""What is critical rings on the phones of those on shift, of nobody else, and is loud with nobody to ring."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from accounts import actions as accounts
from accounts.models import Facility, User
from duties import actions as duties
from duties.models import Duty, Ladder, Notice, NoticeState
from messaging.actions import send
from messaging.channels import email, sms
from messaging.models import Result
from tests import given

from .conftest import a_notice
from .test_send import is_at

HOUR = timedelta(hours=1)
LAST_RESORT = "+12125550190"
PHONES = {
    "nurse": "+12125550301",
    "prescriber": "+12125550302",
    "supervisor": "+12125550303",
    "second": "+12125550304",
    "admin": "+12125550305",
}


@pytest.fixture
def night():
    """Three in the morning where the place is, with nobody at work."""
    there = ZoneInfo("America/New_York")
    return (datetime.now(there) + timedelta(days=1)).replace(hour=3, minute=0, second=0).astimezone(UTC)


@pytest.fixture
def phones(clinic, gateway):
    """Everybody has a phone; two are supervisors."""
    given.a_user("second", clinic.here, "supervisor")
    for name, number in PHONES.items():
        User.objects.filter(username=name).update(mobile=number)
    return gateway


def rang(gateway):
    names = {number: name for name, number in PHONES.items()} | {LAST_RESORT: "last resort"}
    return sorted(names[text["to"]] for text in gateway.taken)


def written():
    return sorted(message.to[0].split("@")[0] for message in mail.outbox)


def no_last_resort():
    Facility.objects.update(last_resort_name="", last_resort_phone="", last_resort_email="")


def alarms():
    return list(Duty.objects.open().filter(ladder__slug="nobody_there").order_by("pk").values_list("once", flat=True))


def test_at_night_only_those_of_the_role_who_are_on_shift_are_rung(person, clinic, phones, night):
    given.on_call(clinic, starts_at=night - HOUR)
    given.on_call(clinic, kind="lead", starts_at=night - HOUR)
    notice = a_notice(person.duty, now=night, to_role="supervisor", critical=True)
    send(night)
    is_at(notice, NoticeState.SENT)
    assert rang(phones) == ["supervisor"]
    assert written() == ["second", "supervisor"]  # a letter rings nobody
    assert alarms() == []


def test_where_none_of_the_role_is_on_shift_whoever_is_and_the_last_resort_are_rung(person, clinic, phones, night):
    given.on_call(clinic, starts_at=night - HOUR)
    given.on_call(clinic, clinic.prescriber, starts_at=night + HOUR)
    a_notice(person.duty, now=night, to_role="supervisor", critical=True)
    send(night)
    assert rang(phones) == ["last resort", "nurse"]
    assert written() == ["last.resort", "nurse", "second", "supervisor"]
    assert alarms() == []


def test_at_night_with_nobody_on_shift_the_last_resort_alone_is_rung(person, clinic, phones, night):
    given.on_call(clinic, kind="lead", starts_at=night - 13 * HOUR, hours=12)
    given.on_call(clinic, clinic.nurse_elsewhere, starts_at=night - HOUR, facility=clinic.elsewhere)
    a_notice(person.duty, now=night, to_role="supervisor", critical=True)
    send(night)
    assert rang(phones) == ["last resort"]
    assert alarms() == []


def test_who_owes_it_by_name_is_rung_on_shift_only(person, clinic, phones, night):
    a_notice(person.duty, now=night, to_user=clinic.supervisor, critical=True)
    send(night)
    assert (rang(phones), written()) == (["last resort"], ["last.resort", "supervisor"])
    given.on_call(clinic, kind="lead", starts_at=night)
    a_notice(person.duty, now=night, to_user=clinic.supervisor, critical=True)
    send(night)
    assert rang(phones) == ["last resort", "supervisor"]


def test_of_those_who_are_never_on_call_the_last_resort_is_rung(person, clinic, phones, night):
    a_notice(person.duty, now=night, to_role="admin", critical=True)
    send(night)
    assert (rang(phones), written()) == (["last resort"], ["admin", "last.resort"])


def test_with_nobody_on_shift_and_no_last_resort_it_is_an_alarm_once_and_the_role_has_letters(
    person, clinic, phones, night
):
    no_last_resort()
    for _ in range(2):
        notice = a_notice(person.duty, now=night, to_role="supervisor", critical=True)
        send(night)
        is_at(notice, NoticeState.SENT)
    assert rang(phones) == []
    assert written() == ["second", "second", "supervisor", "supervisor"]
    assert alarms() == ["unpaged:supervisor"]
    owed = Duty.objects.open().get(ladder__slug="nobody_there")
    assert (owed.owner_role, owed.ladder.critical) == ("admin", True)
    assert owed.due_at - night < timedelta(minutes=1)  # at once
    assert "nobody on shift" in owed.note and "Maria" not in owed.note


def test_a_role_without_members_is_an_alarm_and_the_last_resort_is_rung(person, clinic, phones, night):
    duties.end_membership(clinic.prescriber.memberships.get(), by=clinic.admin)
    Duty.objects.filter(ladder__slug="nobody_there").update(once="")  # the alarm of those who left
    notice = a_notice(person.duty, now=night, to_role="prescriber", critical=True)
    send(night)
    is_at(notice, NoticeState.SENT)
    assert rang(phones) == ["last resort"]
    assert "nobody:prescriber" in alarms()


@pytest.mark.parametrize("on_shift", [True, False])
def test_when_those_who_are_rung_cannot_be_reached_it_is_an_alarm_though_others_had_letters(
    person, clinic, phones, night, monkeypatch, on_shift
):
    if on_shift:
        given.on_call(clinic, kind="lead", starts_at=night)
    unreachable = {"supervisor@staff.example.org", "last.resort@example.org"}
    real = email.send

    def refuses(to, *letter):
        return email.Outcome(Result.PERMANENT, "550 nobody", True) if to in unreachable else real(to, *letter)

    monkeypatch.setattr(email, "send", refuses)
    phones.refuses |= {number: 21211 for number in (PHONES["supervisor"], LAST_RESORT)}
    notice = a_notice(person.duty, now=night, to_role="supervisor", critical=True)
    send(night)
    is_at(notice, NoticeState.SENT)
    assert "second" in written() and rang(phones) == []
    assert alarms() == ["unpaged:supervisor"]


def test_a_page_that_was_never_taken_is_an_alarm(person, clinic, phones, night, monkeypatch, settings):
    settings.GATEWAY_FAILURES = 1000
    monkeypatch.setattr(sms, "send", lambda *_: sms.Outcome(Result.TRANSIENT, "503"))
    notice = a_notice(person.duty, now=night, to_role="supervisor", critical=True)
    for hours in range(9):
        send(night + hours * HOUR)
    is_at(notice, NoticeState.FAILED, "tries")
    assert "unpaged:supervisor" in alarms()


def test_a_letter_to_others_does_not_go_instead_of_a_page_that_must_wait(person, clinic, phones, night, settings):
    """Whoever is on shift has a phone alone, and no text is taken: that the others could be written to is no page."""
    User.objects.filter(pk=clinic.supervisor.pk).update(email="")
    given.on_call(clinic, kind="lead", starts_at=night, hours=2)
    settings.GATEWAY_FAILURES = 1
    phones.does = "503"
    notice = a_notice(person.duty, now=night, to_role="supervisor", critical=True)
    send(night)
    is_at(notice, NoticeState.WAITING, "sms_down")
    assert Duty.objects.open().filter(ladder__slug="gateway_down").exists()
    phones.does = ""
    send(night + timedelta(minutes=11))
    is_at(notice, NoticeState.SENT)
    assert rang(phones) == ["supervisor"]


def test_what_is_not_critical_rings_nobody(person, clinic, phones, night):
    given.on_call(clinic, kind="lead", starts_at=night)
    a_notice(person.duty, now=night, to_role="supervisor")
    send(night)
    assert (rang(phones), written()) == ([], ["second", "supervisor"])


def test_whoever_is_rung_finds_in_the_inbox_what_it_was(person, clinic, phones, night):
    notice = a_notice(person.duty, to_role="prescriber", critical=True)
    plain = a_notice(person.duty, to_role="prescriber")
    inbox = Notice.objects.inbox
    assert notice not in inbox(clinic.nurse)
    shift = given.on_call(clinic)
    assert notice in inbox(clinic.nurse) and plain not in inbox(clinic.nurse)
    assert notice in inbox(clinic.prescriber) and notice not in inbox(clinic.nurse_elsewhere)
    accounts.swap_shift(shift, user=clinic.supervisor, by=clinic.supervisor)
    assert notice not in inbox(clinic.nurse)


def test_no_shipped_ladder_rings_anybody_off_shift(person, clinic, phones, night):
    """Every critical ladder, each of its steps, through the clock itself."""
    given.on_call(clinic, starts_at=night - HOUR, hours=24)
    critical = Ladder.objects.filter(critical=True, facility=None).values_list("slug", flat=True).distinct()
    assert len(critical) >= 10
    for slug in critical:
        duties.open(
            slug,
            facility=clinic.here,
            patient=person.patient,
            owner_role="supervisor",
            due_at=night,
            by=clinic.supervisor,
            at=night,
        )
    for minutes in (0, 2, 5, 10, 15, 20, 30, 45, 60, 75):
        duties.tick(night + timedelta(minutes=minutes))
        send(night + timedelta(minutes=minutes), limit=1000)
    assert set(rang(phones)) == {"last resort", "nurse"}
