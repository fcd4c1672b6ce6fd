"""Staff are told at least once, each by name, and a role without members is an alarm."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts import actions as accounts
from duties import actions as duties
from duties.models import Duty, Notice, NoticeState
from messaging.actions import send, sending
from messaging.actions.sending import LEASE, TRIES
from messaging.channels import email
from messaging.models import Attempt, Result
from tests import given

from .backends import Killed
from .conftest import a_notice
from .test_send import BACKENDS, after, is_at, reviews


@pytest.fixture
def second(clinic):
    """Another supervisor here."""
    return given.a_user("second", clinic.here, "supervisor")


def recipients():
    return sorted(message.to[0] for message in mail.outbox)


def test_the_owner_by_name(person, clinic, second):
    notice = a_notice(person.duty, to_user=clinic.supervisor)
    send()
    is_at(notice, NoticeState.SENT)
    assert recipients() == ["supervisor@staff.example.org"]
    assert notice.attempts.get().to_user == clinic.supervisor


def test_every_member_of_the_role_here(person, clinic, second):
    given.a_user("far", clinic.elsewhere, "supervisor")
    notice = a_notice(person.duty, to_role="supervisor")
    send()
    is_at(notice, NoticeState.SENT)
    assert recipients() == ["second@staff.example.org", "supervisor@staff.example.org"]
    assert all("Maria" not in message.body + message.subject for message in mail.outbox)
    assert notice.attempts.count() == 2


def test_without_an_address_the_inbox_is_enough(person, clinic):
    type(clinic.supervisor).objects.filter(pk=clinic.supervisor.pk).update(email="")
    notice = a_notice(person.duty, to_role="supervisor")
    send()
    is_at(notice, NoticeState.SENT, "inbox_only")
    assert not Attempt.objects.exists()
    assert notice in Notice.objects.inbox(clinic.supervisor)


def test_a_role_without_members_is_an_alarm_once(person, clinic):
    duties.end_membership(clinic.supervisor.memberships.get(), by=clinic.admin)
    first, second = a_notice(person.duty, to_role="supervisor"), a_notice(person.duty, to_role="supervisor")
    send()
    is_at(first, NoticeState.FAILED, "nobody_there")
    is_at(second, NoticeState.FAILED, "nobody_there")
    duty = Duty.objects.open().get(ladder__slug="nobody_there")
    assert duty.owner_role == "admin" and duty.once == "nobody:supervisor"
    assert not reviews().exists()


def test_a_role_that_never_had_a_member_is_an_alarm(person, clinic):
    type(clinic.supervisor).objects.filter(pk=clinic.supervisor.pk).update(is_active=False)
    a_notice(person.duty, to_role="supervisor")
    send()
    assert Duty.objects.open().get(ladder__slug="nobody_there").due_at <= timezone.now()


def test_what_was_for_somebody_who_left_goes_to_the_role(person, clinic):
    coach = given.a_user("coach", clinic.here, "aftercare")
    notice = a_notice(person.duty, to_user=coach)
    duties.leave(coach, by=clinic.admin)
    send()
    is_at(notice, NoticeState.SENT)
    assert (notice.to_user, notice.to_role) == (None, "aftercare")
    assert recipients() == ["aftercare@staff.example.org"]
    assert notice in Notice.objects.inbox(clinic.aftercare)


def test_sending_to_people_may_be_off(person, clinic):
    accounts.switch_off_sending(clinic.here, by=clinic.admin)
    notice = a_notice(person.duty, to_role="supervisor")
    send()
    is_at(notice, NoticeState.SENT)


def test_critical_first(person, clinic):
    given.on_call(clinic, kind="lead")
    a_notice(person.duty, send_at=after(seconds=-9))
    a_notice(person.duty, to_user=clinic.nurse, send_at=after(seconds=-5))
    a_notice(person.duty, to_user=clinic.supervisor, critical=True, send_at=after(seconds=-1))
    send()
    assert [message.to[0].split("@")[0] for message in mail.outbox] == ["supervisor", "nurse", "maria"]


def test_only_those_who_were_not_told_are_told_again(person, clinic, second, monkeypatch):
    real, down = email.send, {"second@staff.example.org"}

    def flaky(to, *letter):
        return email.Outcome(Result.UNKNOWN) if to in down else real(to, *letter)

    monkeypatch.setattr(email, "send", flaky)
    notice = a_notice(person.duty, to_role="supervisor")
    send()
    is_at(notice, NoticeState.WAITING, "not_taken")
    down.clear()
    send(after(minutes=2))
    is_at(notice, NoticeState.SENT)
    assert mail.outbox[0].to == ["supervisor@staff.example.org"]
    assert mail.outbox[1].to == ["second@staff.example.org"]
    assert len(mail.outbox) == 2


def test_one_broken_address_does_not_hide_that_the_others_were_told(person, clinic, second, monkeypatch):
    real = email.send

    def flaky(to, *letter):
        if to.startswith("second"):
            return email.Outcome(Result.PERMANENT, "550 nobody", True)
        return real(to, *letter)

    monkeypatch.setattr(email, "send", flaky)
    notice = a_notice(person.duty, to_role="supervisor")
    send()
    is_at(notice, NoticeState.SENT)
    duty = reviews().get()
    # It is about staff: no person's name and no person's chart.
    assert (duty.owner_role, duty.patient) == ("admin", None)


def test_nobody_could_be_told(person, clinic, monkeypatch):
    monkeypatch.setattr(email, "send", lambda *_: email.Outcome(Result.PERMANENT, "550 nobody", True))
    notice = a_notice(person.duty, to_user=clinic.supervisor)
    send()
    is_at(notice, NoticeState.FAILED, "refused")
    assert reviews(once=f"message:{clinic.supervisor.pk}:refused").count() == 1


def test_a_mail_server_that_is_down_opens_no_endless_chain(person, clinic, settings):
    """The duty about failed mail tells by mail, which fails too."""
    settings.EMAIL_BACKEND = f"{BACKENDS}.TakesNothing"
    a_notice(person.duty, to_role="supervisor")
    now = timezone.now()
    for step in range(24):
        now += timedelta(hours=1 if step < 12 else 16)
        duties.tick(now)
        send(now)
    about_mail = reviews(patient=None)
    assert about_mail.count() <= 4
    assert Duty.objects.filter(ladder__slug="gateway_down").count() == 1
    assert about_mail.values("once").distinct().count() == about_mail.count()


class TestAtLeastOnce:
    """A worker that dies is no reason not to tell."""

    def kill(self, settings, now=None):
        backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{BACKENDS}.KillsTheWorker"
        with pytest.raises(Killed):
            send(now)
        settings.EMAIL_BACKEND = backend

    def test_told_again_when_the_worker_died(self, person, clinic, settings):
        notice = a_notice(person.duty, to_user=clinic.supervisor)
        self.kill(settings)
        notice.refresh_from_db()
        assert notice.state == NoticeState.HANDING_OVER
        assert send() == 0
        send(timezone.now() + LEASE)
        is_at(notice, NoticeState.SENT)
        assert len(mail.outbox) == 2

    def test_but_not_for_ever(self, person, clinic, settings):
        notice = a_notice(person.duty, to_user=clinic.supervisor)
        now = timezone.now()
        for _ in range(TRIES):
            self.kill(settings, now)
            now += LEASE + timedelta(seconds=5)
        send(now)
        is_at(notice, NoticeState.FAILED, "tries")
        assert len(mail.outbox) == TRIES
        assert reviews().count() == 1

    def test_a_lease_that_runs_out_between_two_members(self, person, clinic, second, monkeypatch):
        now = [timezone.now()]
        real = email.send

        def slow(to, *letter):
            now[0] += LEASE
            return real(to, *letter)

        monkeypatch.setattr(email, "send", slow)
        notice = a_notice(person.duty, to_role="supervisor", now=now[0])
        sending._deliver(sending._claim(now[0]), lambda: now[0])
        is_at(notice, NoticeState.WAITING)
        assert notice.attempts.count() == len(mail.outbox) == 1
        monkeypatch.undo()
        send(now[0])
        is_at(notice, NoticeState.SENT)
        assert len(recipients()) == 2
