"""To a person at most once: whatever dies, and however many workers send."""

from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.db import ProgrammingError, connection
from django.utils import timezone

from duties import actions as duties
from duties.models import Notice, NoticeState
from messaging import tasks
from messaging.actions import send, sending
from messaging.actions.sending import LEASE
from messaging.channels import email
from messaging.models import Attempt, Result

from .backends import Killed
from .conftest import a_notice, the_person
from .test_send import BACKENDS, is_at, reviews


def kill(settings):
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{BACKENDS}.KillsTheWorker"
    with pytest.raises(Killed):
        send()
    settings.EMAIL_BACKEND = backend


def test_killed_between_hand_over_and_record(person, settings):
    notice = a_notice(person.duty)
    kill(settings)
    assert len(mail.outbox) == 1
    notice.refresh_from_db()
    assert notice.state == NoticeState.HANDING_OVER
    assert send() == 0  # the lease still runs
    later = timezone.now() + LEASE
    assert [send(later), send(later)] == [1, 0]
    is_at(notice, NoticeState.UNCONFIRMED, "unconfirmed")
    assert notice.attempts.get().result == Result.UNKNOWN
    assert reviews(patient=person.patient).count() == 1
    assert len(mail.outbox) == 1


def test_killed_between_hand_over_and_record_while_the_duty_is_closed(person, clinic, settings):
    notice = a_notice(person.duty)
    kill(settings)
    duties.resolve(person.duty, by=clinic.aftercare)
    send(timezone.now() + LEASE)
    is_at(notice, NoticeState.UNCONFIRMED, "unconfirmed")
    assert len(mail.outbox) == 1


def test_killed_before_it_could_be_handed_over(person):
    notice = a_notice(person.duty)
    sending._claim(timezone.now())
    send(timezone.now() + LEASE)
    is_at(notice, NoticeState.SENT)
    assert len(mail.outbox) == 1


def test_a_worker_that_slept_through_its_lease_hands_nothing_over(person):
    notice = a_notice(person.duty)
    now = timezone.now()
    instants = iter([now, now + LEASE, now + LEASE, now + LEASE])
    sending._deliver(sending._claim(now), lambda: next(instants))
    is_at(notice, NoticeState.WAITING)
    assert not mail.outbox
    send(now + LEASE)
    assert len(mail.outbox) == 1


def test_a_worker_that_comes_back_late_adds_what_it_knows_and_changes_nothing(person, monkeypatch):
    notice = a_notice(person.duty)
    real = email.send

    def slow(*letter):
        outcome = real(*letter)
        sending._take_back(timezone.now() + LEASE + timedelta(seconds=5), 10)
        return outcome

    monkeypatch.setattr(email, "send", slow)
    send()
    is_at(notice, NoticeState.UNCONFIRMED, "unconfirmed")
    assert [a.result for a in notice.attempts.all()] == [Result.UNKNOWN, Result.ACCEPTED]
    assert [send(), len(mail.outbox)] == [0, 1]


def test_an_attempt_is_never_changed(person):
    a_notice(person.duty)
    send()
    with pytest.raises(ProgrammingError, match="permission denied"):
        Attempt.objects.update(detail="nothing happened")


class TestManyWorkers:
    """Two workers on their own connections."""

    def test_no_notice_is_sent_twice(self, committed_clinic, run_both):
        person = the_person(committed_clinic)
        for _ in range(30):
            a_notice(person.duty)
        results = run_both(send, send)
        assert [result.error for result in results] == [None, None]
        assert sum(result.value for result in results) == 30
        assert len(mail.outbox) == 30
        assert Attempt.objects.count() == 30
        assert set(Notice.objects.values_list("state", "tries")) == {("sent", 1)}

    def test_a_lost_notice_is_taken_back_once(self, committed_clinic, run_both, settings):
        person = the_person(committed_clinic)
        notice = a_notice(person.duty)
        kill(settings)
        later = timezone.now() + LEASE + timedelta(seconds=1)  # the lease counts from the database's clock
        results = run_both(lambda: send(later), lambda: send(later))
        assert [result.error for result in results] == [None, None]
        is_at(notice, NoticeState.UNCONFIRMED, "unconfirmed")
        assert notice.attempts.count() == reviews().count() == len(mail.outbox) == 1

    def test_a_duty_closed_at_the_same_time_is_never_half_told(self, committed_clinic, run_both):
        for _ in range(5):
            person = the_person(committed_clinic)
            notice = a_notice(person.duty)
            mail.outbox.clear()
            closing = partial(duties.resolve, person.duty, by=committed_clinic.aftercare)
            results = run_both(send, closing)
            assert [result.error for result in results] == [None, None]
            notice.refresh_from_db()
            assert notice.state in (NoticeState.SENT, NoticeState.CANCELED)
            assert len(mail.outbox) == (notice.state == NoticeState.SENT)

    def test_one_task_at_a_time_in_each_worker(self, committed_clinic, run_both, settings):
        """A mail server that hangs holds half of a worker; the clock ticks in the other."""
        person = the_person(committed_clinic)
        a_notice(person.duty)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, hashtext(''))", [tasks.ONE_SENDER])
            [blocked] = run_both(tasks.send)
            cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(''))", [tasks.ONE_SENDER])
        assert (blocked.value, blocked.error) == (0, None)
        [free] = run_both(tasks.send)
        assert (free.value, len(mail.outbox)) == (1, 1)
