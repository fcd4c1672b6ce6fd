"""By which way a person is written to, how often, and what happens when a way does not work."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from accounts.models import Facility
from duties.models import Duty, NoticeState, Rung
from messaging import actions
from messaging.actions import send, sending
from messaging.models import OptOut
from patients import actions as patients
from patients.models import ContactPoint, Patient
from tests import given

from .conftest import MOBILE, a_notice, only_texts, takes_texts, the_person
from .test_send import is_at, reviews


def went(gateway):
    """By which ways messages went so far."""
    return {"email": len(mail.outbox), "sms": len(gateway.taken)}


def fallback_rung(duty):
    """The rung that goes another way, as the ladder in force has it."""
    return Rung.objects.get(ladder=duty.ladder, fallback=1).position


def test_the_way_they_chose_first(texter, clinic, gateway):
    a_notice(texter.duty)
    send()
    assert went(gateway) == {"email": 1, "sms": 0}
    patients.amend_contact_point(texter.point, position=3, by=clinic.nurse)
    notice = a_notice(texter.duty)
    send()
    assert went(gateway) == {"email": 1, "sms": 1}
    [attempt] = notice.attempts.all()
    assert (attempt.channel, attempt.contact_point, attempt.text.slug) == ("sms", texter.mobile, "check_in")
    assert attempt.provider_id == gateway.taken[0]["sid"]


def test_a_miss_changes_the_way(texter, gateway):
    a_notice(texter.duty)
    send()
    a_notice(texter.duty, rung=fallback_rung(texter.duty), template="check_in_again")
    send()
    assert went(gateway) == {"email": 1, "sms": 1}


def test_with_one_way_a_miss_does_not(person):
    a_notice(person.duty)
    send()
    notice = a_notice(person.duty, rung=fallback_rung(person.duty))
    send()
    is_at(notice, NoticeState.SENT)
    assert len(mail.outbox) == 2


def test_without_an_account_texts_are_no_way(texter, clinic, settings):
    settings.SMS_ACCOUNT = ""
    only_texts(texter, clinic)
    notice = a_notice(texter.duty)
    send()
    is_at(notice, NoticeState.FAILED, "no_contact_point")


def test_stopping_one_way_leaves_the_other(texter, clinic, gateway):
    waits = a_notice(texter.duty)
    stopped = actions.opt_out(texter.patient, channel="email", how="said so", by=clinic.aftercare)
    assert stopped.canceled == 0
    send()
    is_at(waits, NoticeState.SENT)
    assert went(gateway) == {"email": 0, "sms": 1}


def test_a_dead_number_is_dead_for_calls_too_and_the_message_goes_another_way(texter, clinic, gateway):
    patients.amend_contact_point(texter.point, position=3, by=clinic.nurse)
    rings = patients.add_contact_point(texter.patient, channel="phone", value=MOBILE, by=clinic.nurse)
    gateway.refuses[MOBILE] = 21211
    notice = a_notice(texter.duty)
    send()
    is_at(notice, NoticeState.SENT)
    assert went(gateway) == {"email": 1, "sms": 0}
    rings.refresh_from_db()
    texter.mobile.refresh_from_db()
    assert rings.broken_at and texter.mobile.broken_at
    duty = Duty.objects.open().get(ladder__slug="contact_broken")
    assert (duty.patient, duty.facility, duty.owner_role) == (texter.patient, clinic.here, "aftercare")


def test_a_landline_takes_no_texts_and_rings(texter, clinic, gateway):
    rings = patients.add_contact_point(texter.patient, channel="phone", value=MOBILE, by=clinic.nurse)
    only_texts(texter, clinic)
    gateway.refuses[MOBILE] = 21614
    a_notice(texter.duty)
    send()
    rings.refresh_from_db()
    texter.mobile.refresh_from_db()
    assert texter.mobile.broken_at and rings.broken_at is None


def test_what_the_carrier_was_told_is_written_down(texter, clinic, gateway):
    only_texts(texter, clinic)
    gateway.refuses[MOBILE] = 21610
    notice = a_notice(texter.duty)
    send()
    is_at(notice, NoticeState.FAILED, "opted_out")
    assert [row.channel for row in OptOut.objects.in_force().of(texter.patient)] == ["sms"]
    texter.mobile.refresh_from_db()
    assert texter.mobile.broken_at is None
    assert reviews(once=f"message:{texter.patient.pk}:told_to_stop").count() == 1


def test_what_the_carrier_was_told_stops_texts_alone_and_somebody_asks(texter, gateway):
    texter.point.position, texter.mobile.position = 2, 1
    ContactPoint.objects.bulk_update([texter.point, texter.mobile], ["position"])
    gateway.refuses[MOBILE] = 21610
    notice = a_notice(texter.duty)
    for _ in range(2):
        send()
    is_at(notice, NoticeState.SENT)
    assert went(gateway) == {"email": 1, "sms": 0} and reviews(patient=texter.patient).count() == 1


def test_a_confirmation_that_the_carrier_keeps_back_asks_nobody_anything(texter, gateway):
    gateway.refuses[MOBILE] = 21610
    actions.receive(provider="twilio", provider_id="SM1", number=MOBILE, body="STOP")
    send()
    assert [row.channel for row in OptOut.objects.in_force().of(texter.patient)] == [""]
    assert not reviews().exists()


def test_marked_by_hand_somebody_finds_another_way(texter, clinic):
    actions.mark_broken(texter.mobile, by=clinic.nurse)
    actions.mark_broken(texter.mobile, by=clinic.nurse)
    assert Duty.objects.open().filter(ladder__slug="contact_broken", patient=texter.patient).count() == 1


class TestCaps:
    """One a day and three in seven days (domain 7.3)."""

    @pytest.fixture
    def noon(self):
        return datetime(2026, 6, 10, 16, tzinfo=UTC)  # a Wednesday, 12:00 in New York

    @pytest.fixture
    def capped(self, person):
        Facility.objects.update(most_a_day=1, most_in_7_days=3)
        Duty.objects.filter(pk=person.duty.pk).update(due_at=datetime(2026, 6, 1, tzinfo=UTC))
        return person

    def sent(self, person, at, **fields):
        notice = a_notice(person.duty, now=at, expires_at=at + timedelta(hours=20), **fields)
        send(at)
        notice.refresh_from_db()
        return notice

    def test_one_on_a_day_of_theirs(self, capped, noon):
        is_at(self.sent(capped, noon), NoticeState.SENT)
        second = self.sent(capped, noon + timedelta(hours=4))
        is_at(second, NoticeState.WAITING, "cap")
        assert second.send_at == datetime(2026, 6, 11, 4, tzinfo=UTC)  # their midnight
        send(second.send_at)
        is_at(second, NoticeState.SENT)

    def test_their_day_is_not_the_servers(self, capped, noon):
        Patient.objects.update(zone="Asia/Kolkata")
        is_at(self.sent(capped, datetime(2026, 6, 10, 18, 20, tzinfo=UTC)), NoticeState.SENT)  # 23:50
        is_at(self.sent(capped, datetime(2026, 6, 10, 18, 40, tzinfo=UTC)), NoticeState.SENT)  # 00:10

    def test_three_in_seven_days_and_then_too_late(self, capped, noon):
        for day in range(3):
            is_at(self.sent(capped, noon + timedelta(days=day)), NoticeState.SENT)
        is_at(self.sent(capped, noon + timedelta(days=3)), NoticeState.CANCELED, "cap")
        is_at(self.sent(capped, noon + timedelta(days=7, minutes=1)), NoticeState.SENT)
        assert not reviews().exists()

    def test_what_only_announces_leaves_the_last_place_to_the_check_in(self, capped, noon):
        for day in range(2):
            self.sent(capped, noon + timedelta(days=day))
        due = noon + timedelta(days=3)
        Duty.objects.filter(pk=capped.duty.pk).update(due_at=due)
        is_at(self.sent(capped, due - timedelta(days=1), template="check_in_soon"), NoticeState.CANCELED, "cap")
        is_at(self.sent(capped, due), NoticeState.SENT)

    def test_all_ways_count_together_and_staff_do_not(self, capped, clinic, gateway, noon):
        takes_texts(capped.patient, clinic)
        self.sent(capped, noon, to_role="supervisor")
        self.sent(capped, noon)
        is_at(self.sent(capped, noon, rung=fallback_rung(capped.duty)), NoticeState.WAITING, "cap")
        assert not gateway.taken

    def test_what_another_worker_has_in_its_hands_counts(self, capped, noon):
        for _ in range(2):
            a_notice(capped.duty, now=noon)
        first, second = sending._claim(noon, 2)  # whichever comes first
        assert sending._check(first, noon) and not sending._check(second, noon)
        is_at(second, NoticeState.WAITING, "cap")


class TestTheirOwnQuietHours:
    """A ban, beside what is quiet for everybody."""

    def held(self, clinic, wall, zone="America/New_York", quiet=("22:00", "10:30")):
        person = the_person(clinic, zone=zone)
        start, end = map(time.fromisoformat, quiet)
        patients.keep_quiet(person.patient, quiet_from=start, quiet_until=end, by=clinic.nurse)
        now = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        notice = a_notice(person.duty, now=now)
        send(now)
        notice.refresh_from_db()
        if notice.state != NoticeState.WAITING:
            return notice.state, notice.state_reason
        return notice.state_reason, f"{notice.send_at.astimezone(ZoneInfo(zone)):%d %H:%M}"

    def test_longer_than_the_places_and_over_midnight(self, clinic, quiet_hours):
        assert self.held(clinic, "2026-07-01 21:30") == ("quiet_hours", "02 10:30")
        assert self.held(clinic, "2026-07-02 10:29") == ("quiet_hours", "02 10:30")
        assert self.held(clinic, "2026-07-02 10:30")[0] == "sent"

    def test_in_the_middle_of_the_day_where_hours_are_halves(self, clinic):
        assert self.held(clinic, "2026-07-02 13:10", "Australia/Adelaide", ("13:00", "15:30")) == (
            "quiet_hours",
            "02 15:30",
        )

    def test_the_day_the_hour_is_skipped(self, clinic):
        found = self.held(clinic, "2026-03-08 01:30", quiet=("01:00", "02:30"))
        assert found == ("quiet_hours", "08 03:30")

    def test_together_all_day_nothing_is_sent(self, clinic, quiet_hours):
        assert self.held(clinic, "2026-07-01 12:00", quiet=("08:00", "21:00")) == ("canceled", "quiet_hours")


def test_staff_hear_what_is_critical_on_their_phone_too(person, clinic, gateway, quiet_hours):
    type(clinic.supervisor).objects.filter(pk=clinic.supervisor.pk).update(mobile="+12125550777")
    a_notice(person.duty, to_role="supervisor")
    send()
    assert went(gateway) == {"email": 1, "sms": 0}
    given.on_call(clinic, kind="lead")
    critical = a_notice(person.duty, to_role="supervisor", critical=True)
    Facility.objects.update(quiet_from=time(8, 1), quiet_until=time(8))  # pages go at any hour
    send()
    is_at(critical, NoticeState.SENT)
    assert went(gateway) == {"email": 2, "sms": 1}
    [page] = gateway.taken
    assert page["to"] == "+12125550777"
    assert "Maria" not in page["body"] and "Check-in" not in page["body"] and len(page["body"]) <= 160


def test_who_agreed_in_which_words(person, clinic):
    point = patients.add_contact_point(
        person.patient, channel="sms", value=MOBILE, scopes=["newsletter"], wording="texts-2", by=clinic.nurse
    )
    assert point.consent_wording == "texts-2"
    assert not ContactPoint.objects.usable(["sms"], "check_in").exists()
    assert patients.consent(point, scopes=[], by=clinic.nurse).consent_wording == ""
