"""What is sent to a person, what is not, and what somebody then has to look into."""

from datetime import time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.actions import switch_off_sending, switch_on_sending
from duties import actions as duties
from duties.models import Duty, Notice, NoticeState
from messaging import actions, tasks
from messaging.actions import send, sending
from messaging.actions.sending import LEASE, TRIES
from messaging.channels import email
from messaging.models import Attempt, Result
from patients import actions as patients
from patients.models import Patient
from tests import given

from .conftest import a_notice, the_person

BACKENDS = "tests.messaging.backends"


def after(**delta):
    return timezone.now() + timedelta(**delta)


def is_at(notice, state, reason=""):
    notice.refresh_from_db()
    assert (notice.state, notice.state_reason) == (state, reason)
    assert notice.lease_until is None


def reviews(**fields):
    return Duty.objects.open().filter(ladder__slug="message_review", **fields)


def died(patient, by):
    Patient.objects.filter(pk=patient.pk).update(death_reported_at=timezone.now(), death_reported_by=by)


def fails_with(monkeypatch, result, detail="", bad_address=False):
    """The outermost send answers this."""
    sent = []

    def answer(to, *letter):
        sent.append(to)
        return email.Outcome(result, detail, bad_address)

    monkeypatch.setattr(email, "send", answer)
    return sent


class TestItGoes:
    """A verified address, consent, nothing against it."""

    def test_the_letter(self, person):
        notice = a_notice(person.duty)
        assert send() == 1
        is_at(notice, NoticeState.SENT)
        [message] = mail.outbox
        assert message.to == ["maria@example.org"]
        assert "Maria" in message.body
        assert message.from_email.startswith("Your contact <")
        [attempt] = notice.attempts.all()
        assert (attempt.result, attempt.contact_point, attempt.patient) == (
            Result.ACCEPTED,
            person.point,
            person.patient,
        )
        assert notice.tries == 1
        assert not reviews().exists()

    def test_once(self, person):
        a_notice(person.duty)
        assert [send(), send(), send(after(hours=1))] == [1, 0, 0]
        assert len(mail.outbox) == 1

    def test_the_task_run_twice_does_its_work_once(self, person):
        a_notice(person.duty)
        a_notice(person.duty)
        assert [tasks.send(), tasks.send()] == [2, 0]
        assert len(mail.outbox) == 2

    def test_from_the_ladder_to_the_mailbox(self, person):
        duties.tick(after(seconds=1))
        assert send(after(seconds=2)) >= 1
        assert {message.to[0] for message in mail.outbox} == {"maria@example.org"}

    def test_in_their_language(self, person):
        Patient.objects.filter(pk=person.patient.pk).update(language="es")
        a_notice(person.duty)
        send()
        assert mail.outbox[0].body.startswith("Hola, Maria:")

    def test_not_before_its_time_and_not_more_than_asked_for(self, person):
        later = a_notice(person.duty, send_at=after(hours=1))
        for _ in range(3):
            a_notice(person.duty)
        assert send(limit=2) == 2
        assert send() == 1
        is_at(later, NoticeState.WAITING)

    def test_after_its_time_nothing_new_is_begun(self, person):
        notice = a_notice(person.duty)
        assert send(seconds=0) == 0
        is_at(notice, NoticeState.WAITING)

    def test_the_first_usable_address(self, person, clinic):
        patients.mark_broken(person.point, by=clinic.nurse)
        given.an_address(person.patient, clinic, "second@example.org")
        a_notice(person.duty)
        send()
        assert mail.outbox[0].to == ["second@example.org"]

    def test_to_the_record_that_a_duplicate_was_merged_into(self, person, clinic):
        other = Patient.objects.create(preferred_name="Marie")
        patients.merge(person.patient, into=other, by=clinic.nurse)
        a_notice(person.duty)
        send()
        assert mail.outbox[0].to == ["maria@example.org"]
        assert "Marie," in mail.outbox[0].body


class TestItDoesNotGo:
    """Each reason, and whether somebody must look into it."""

    def test_expired(self, person):
        notice = a_notice(person.duty, expires_at=timezone.now())
        send(after(seconds=1))
        is_at(notice, NoticeState.CANCELED, "expired")
        assert not mail.outbox and not reviews().exists()

    def test_duty_closed_while_it_was_claimed(self, person, clinic):
        notice = a_notice(person.duty)
        claimed = sending._claim(timezone.now())
        duties.resolve(person.duty, by=clinic.aftercare)
        sending._deliver(claimed, timezone.now)
        is_at(notice, NoticeState.CANCELED, "duty_closed")
        assert not mail.outbox and not reviews().exists()

    def test_duty_closed_before(self, person, clinic):
        notice = a_notice(person.duty)
        duties.resolve(person.duty, by=clinic.aftercare)
        assert send() == 0
        notice.refresh_from_db()
        assert notice.state == NoticeState.CANCELED

    def test_duty_suspended_or_due_anew_while_it_was_claimed(self, person, clinic):
        first, second = a_notice(person.duty), a_notice(person.duty)
        claimed = [sending._claim(timezone.now()), sending._claim(timezone.now())]
        duties.suspend(person.duty, until=after(days=1), by=clinic.aftercare, reason="away")
        sending._deliver(claimed[0], timezone.now)
        is_at(first, NoticeState.CANCELED, "suspended")
        duties.reschedule(person.duty, due_at=after(days=2), by=clinic.aftercare)
        sending._deliver(claimed[1], timezone.now)
        is_at(second, NoticeState.CANCELED, "rescheduled")
        assert not mail.outbox

    def test_death_reported(self, person, clinic):
        notice = a_notice(person.duty)
        died(person.patient, clinic.nurse)
        send()
        is_at(notice, NoticeState.CANCELED, "death_reported")
        assert not mail.outbox and not reviews().exists()

    def test_death_reported_on_the_other_record_of_the_same_person(self, person, clinic):
        other = Patient.objects.create(preferred_name="Marie")
        patients.merge(other, into=person.patient, by=clinic.nurse)
        died(other, clinic.nurse)
        notice = a_notice(person.duty)
        send()
        is_at(notice, NoticeState.CANCELED, "death_reported")

    def test_entered_in_error(self, person, clinic):
        notice = a_notice(person.duty)
        patients.mark_error(person.patient, reason="wrong chart", by=clinic.nurse)
        send()
        is_at(notice, NoticeState.CANCELED, "entered_in_error")

    def test_opted_out(self, person, clinic):
        actions.opt_out(person.patient, channel="", how="by phone", by=clinic.aftercare)
        notice = a_notice(person.duty)
        send()
        is_at(notice, NoticeState.CANCELED, "opted_out")
        assert not mail.outbox and not reviews().exists()

    @pytest.mark.parametrize(
        "lost",
        [
            {"verified_at": None, "verified_by": None},
            {"scopes": ["appointment"]},
            {"scopes": [], "consented_at": None, "consented_by": None},
        ],
        ids=["not verified", "another scope", "no consent"],
    )
    def test_no_address_a_machine_may_write_to(self, person, lost):
        type(person.point).objects.filter(pk=person.point.pk).update(**lost)
        notice = a_notice(person.duty)
        send()
        is_at(notice, NoticeState.FAILED, "no_contact_point")
        assert not mail.outbox
        assert not Attempt.objects.exists()
        duty = reviews(patient=person.patient).get()
        assert duty.owner_role == "aftercare" and duty.because_of == person.duty

    def test_somebody_calls_instead_when_the_person_agreed_to_calls(self, person):
        type(person.point).objects.update(channel="phone", value="+12125550199")
        notice = a_notice(person.duty)
        send()
        is_at(notice, NoticeState.FAILED, "no_contact_point")
        call = Duty.objects.open().get(ladder__slug="contact", patient=person.patient)
        assert (call.because_of, call.owner_role) == (person.duty, "aftercare")
        assert call.due_at >= person.duty.due_at
        assert not reviews().exists()

    @pytest.mark.parametrize("verb", [patients.revoke, patients.mark_broken])
    def test_revoked_or_broken(self, person, clinic, verb):
        verb(person.point, by=clinic.nurse)
        notice = a_notice(person.duty)
        send()
        is_at(notice, NoticeState.FAILED, "no_contact_point")
        assert not mail.outbox

    def test_entered_in_error_address(self, person, clinic):
        patients.mark_error(person.point, reason="typed wrong", by=clinic.nurse)
        notice = a_notice(person.duty)
        send()
        is_at(notice, NoticeState.FAILED, "no_contact_point")

    def test_one_review_however_many_messages(self, person, clinic):
        patients.revoke(person.point, by=clinic.nurse)
        for _ in range(3):
            a_notice(person.duty)
        send()
        assert reviews(patient=person.patient).count() == 1

    def test_sending_off_waits_until_it_is_on_or_too_late(self, person, clinic):
        switch_off_sending(clinic.here, by=clinic.admin)
        notice = a_notice(person.duty, expires_at=after(hours=1))
        send()
        is_at(notice, NoticeState.WAITING, "sending_off")
        assert notice.send_at > timezone.now() and notice.tries == 0
        assert send() == 0
        send(after(minutes=55))
        is_at(notice, NoticeState.WAITING, "sending_off")
        assert notice.send_at == notice.expires_at
        switch_on_sending(clinic.here, by=clinic.admin)
        Notice.objects.update(send_at=timezone.now())
        send()
        is_at(notice, NoticeState.SENT)

    def test_sending_off_until_it_expires(self, person, clinic):
        type(clinic.here).objects.update(sends_to_patients_at=None, sends_to_patients_by=None)
        notice = a_notice(person.duty, expires_at=after(hours=1))
        send()
        send(after(hours=1, seconds=1))
        is_at(notice, NoticeState.CANCELED, "expired")
        assert not mail.outbox and not reviews().exists()


class TestQuietHours:
    """They hold delivery to people, never to staff."""

    @pytest.fixture
    def noon(self):
        return timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)

    @pytest.fixture
    def quiet(self, clinic, quiet_hours):
        """Quiet from 21 to 8; the person lives where it is 21:00 at noon UTC."""
        type(clinic.here).objects.filter(pk=clinic.here.pk).update(quiet_from=time(21), quiet_until=time(8))
        return the_person(clinic, zone="Asia/Tokyo")

    def test_held_until_their_morning(self, quiet, noon):
        notice = a_notice(quiet.duty, now=noon)
        send(noon)
        is_at(notice, NoticeState.WAITING, "quiet_hours")
        assert notice.send_at == noon + timedelta(hours=11)
        assert notice.tries == 0
        assert send(noon + timedelta(hours=10, minutes=59)) == 0
        assert send(noon + timedelta(hours=11)) == 1
        is_at(notice, NoticeState.SENT)

    def test_too_late_in_the_morning(self, quiet, noon):
        notice = a_notice(quiet.duty, now=noon, expires_at=noon + timedelta(hours=11))
        send(noon)
        is_at(notice, NoticeState.CANCELED, "quiet_hours")
        assert not mail.outbox and not reviews().exists()

    def test_the_facilitys_zone_when_theirs_is_not_known(self, quiet, clinic, noon):
        Patient.objects.update(zone="")
        type(clinic.here).objects.update(zone="Asia/Kolkata")
        notice = a_notice(quiet.duty, now=noon)
        send(noon + timedelta(hours=4))
        is_at(notice, NoticeState.WAITING, "quiet_hours")
        assert notice.send_at == noon + timedelta(hours=14, minutes=30)

    def test_a_critical_message_to_a_person_is_held_too(self, quiet, noon):
        notice = a_notice(quiet.duty, now=noon, critical=True)
        send(noon)
        is_at(notice, NoticeState.WAITING, "quiet_hours")

    def test_staff_are_told_at_any_hour(self, quiet, clinic, noon):
        type(clinic.here).objects.update(zone="Asia/Tokyo")
        notice = a_notice(quiet.duty, now=noon, to_role="supervisor")
        send(noon)
        is_at(notice, NoticeState.SENT)

    def test_after_an_outage_a_held_message_gives_way_to_one_that_waits(self, quiet, noon):
        held = a_notice(quiet.duty, now=noon, late_by_us=True)
        claimed = sending._claim(noon)
        waiting = a_notice(quiet.duty, now=noon, late_by_us=True, send_at=noon + timedelta(hours=1))
        sending._deliver(claimed, lambda: noon)
        is_at(held, NoticeState.CANCELED, "another_waits")
        is_at(waiting, NoticeState.WAITING)


class TestWhatCameOfIt:
    """Each outcome class."""

    def test_a_broken_address(self, person, monkeypatch):
        fails_with(monkeypatch, Result.PERMANENT, "550 5.1.1 nobody", bad_address=True)
        notice = a_notice(person.duty)
        send()
        is_at(notice, NoticeState.FAILED, "broken_address")
        person.point.refresh_from_db()
        assert person.point.broken_at and person.point.broken_by.username == "system"
        assert Duty.objects.open().get(ladder__slug="contact_broken").patient == person.patient
        assert notice.attempts.get().detail == "550 5.1.1 nobody"

    def test_refused_for_another_reason_keeps_the_address(self, person, monkeypatch):
        fails_with(monkeypatch, Result.PERMANENT, "554 5.7.1 spam")
        notice = a_notice(person.duty)
        send()
        is_at(notice, NoticeState.FAILED, "refused")
        person.point.refresh_from_db()
        assert person.point.broken_at is None
        assert reviews(patient=person.patient).count() == 1

    def test_not_taken_is_tried_again_ever_more_slowly(self, person, settings):
        settings.EMAIL_BACKEND = f"{BACKENDS}.TakesNothing"
        now = timezone.now()
        notice = a_notice(person.duty, now=now)
        waits = []
        for tried in range(1, TRIES):
            assert send(now) == 1
            is_at(notice, NoticeState.WAITING, "not_taken")
            assert notice.tries == tried
            waits.append(round((notice.send_at - now).total_seconds() / 60))
            assert send(now) == 0
            now = notice.send_at
        assert waits == [1, 2, 4, 8, 16, 32, 64]
        assert not reviews().exists()
        send(now)
        is_at(notice, NoticeState.FAILED, "tries")
        assert reviews(patient=person.patient).count() == 1
        assert [a.result for a in notice.attempts.all()] == [Result.TRANSIENT] * TRIES

    def test_not_taken_and_then_taken(self, person, settings):
        backend = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = f"{BACKENDS}.TakesNothing"
        notice = a_notice(person.duty)
        send()
        settings.EMAIL_BACKEND = backend
        send(after(minutes=2))
        is_at(notice, NoticeState.SENT)
        assert len(mail.outbox) == 1

    def test_not_taken_and_too_late_to_try_again_is_looked_into(self, person, settings):
        settings.EMAIL_BACKEND = f"{BACKENDS}.TakesNothing"
        notice = a_notice(person.duty, expires_at=after(seconds=30))
        send()
        is_at(notice, NoticeState.FAILED, "tries")
        assert reviews(patient=person.patient).count() == 1

    def test_not_known_is_never_sent_again(self, person, settings):
        settings.EMAIL_BACKEND = f"{BACKENDS}.FallsSilent"
        notice = a_notice(person.duty)
        send()
        is_at(notice, NoticeState.UNCONFIRMED, "unconfirmed")
        assert reviews(patient=person.patient).count() == 1
        assert [send(), send(after(hours=5))] == [0, 0]
        assert len(mail.outbox) == 1


class TestPoison:
    """What cannot be written stops nobody else."""

    def test_a_missing_template(self, person):
        poisoned = a_notice(person.duty, template="nothing_like_it", send_at=after(seconds=-5))
        fine = a_notice(person.duty)
        assert send() == 2
        is_at(poisoned, NoticeState.FAILED, "template")
        is_at(fine, NoticeState.SENT)
        assert reviews(patient=person.patient).count() == 1
        assert not poisoned.attempts.exists()

    def test_a_staff_template_never_goes_to_a_person(self, person):
        notice = a_notice(person.duty, template="late")
        send()
        is_at(notice, NoticeState.FAILED, "template")
        assert not mail.outbox

    def test_an_unknown_zone(self, person):
        Patient.objects.update(zone="Mars/Olympus")
        poisoned, fine = a_notice(person.duty), a_notice(person.duty, to_role="supervisor")
        send()
        is_at(poisoned, NoticeState.FAILED, "template")
        is_at(fine, NoticeState.SENT)


def test_the_lease_outlasts_a_hanging_server(settings):
    assert timedelta(seconds=settings.EMAIL_TIMEOUT) * 2 < LEASE
