"""A person who does not want to be written to is not, from that moment on."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from duties.models import NoticeState
from messaging import actions
from messaging.actions import sending
from messaging.models import OptOut
from patients import actions as patients
from patients.models import Patient

from .conftest import a_notice, the_person
from .test_send import after, is_at


def opt_out(person, clinic, channel=""):
    return actions.opt_out(person.patient, channel=channel, how="said so on the phone", by=clinic.aftercare)


@pytest.mark.parametrize("channel", ["", "email"])
def test_what_waits_is_canceled(person, clinic, channel):
    waits, held = a_notice(person.duty), a_notice(person.duty, send_at=after(hours=3))
    to_staff = a_notice(person.duty, to_role="supervisor")
    opt_out(person, clinic, channel)
    is_at(waits, NoticeState.CANCELED, "opted_out")
    is_at(held, NoticeState.CANCELED, "opted_out")
    is_at(to_staff, NoticeState.WAITING)
    actions.send()
    assert [message.to[0] for message in mail.outbox] == ["supervisor@staff.example.org"]


def test_no_calls_does_not_mean_no_email(person, clinic):
    notice = a_notice(person.duty)
    opt_out(person, clinic, "phone")
    actions.send()
    is_at(notice, NoticeState.SENT)


def test_nobody_else_is_touched(person, clinic):
    other = the_person(clinic, preferred_name="Jo")
    notice = a_notice(other.duty)
    opt_out(person, clinic)
    is_at(notice, NoticeState.WAITING)


def test_what_was_claimed_already_does_not_go_either(person, clinic):
    notice = a_notice(person.duty)
    claimed = sending._claim(after())
    opt_out(person, clinic)
    sending._deliver(claimed, after)
    is_at(notice, NoticeState.CANCELED, "opted_out")
    assert not mail.outbox


@pytest.mark.parametrize("channel", ["", "email", "sms"])
def test_what_was_checked_already_does_not_go_either(person, clinic, monkeypatch, channel):
    notice, renew = a_notice(person.duty), sending._extend_leases

    def said_in_between(going, now):
        opt_out(person, clinic, channel)
        return renew(going, now)

    monkeypatch.setattr(sending, "_extend_leases", said_in_between)
    actions.send()
    if channel == "sms":  # which is not how it goes
        is_at(notice, NoticeState.SENT)
    else:
        is_at(notice, NoticeState.CANCELED, "opted_out")
    assert len(mail.outbox) == (channel == "sms")


def test_twice_is_refused(person, clinic):
    opt_out(person, clinic)
    with pytest.raises(ValidationError) as refusal:
        opt_out(person, clinic)
    assert refusal.value.code == "opted_out"
    opt_out(person, clinic, "email")


def test_the_database_refuses_a_second_row(person, clinic):
    first = opt_out(person, clinic).opt_out
    with pytest.raises(IntegrityError, match="one_opt_out_per_channel"), transaction.atomic():
        OptOut.objects.create(patient=person.patient, how="again", asked_at=first.asked_at, asked_by=clinic.aftercare)


def test_lifted(person, clinic):
    given_up = actions.lift_opt_out(opt_out(person, clinic).opt_out, by=clinic.aftercare)
    assert given_up.lifted_by == clinic.aftercare
    notice = a_notice(person.duty)
    actions.send()
    is_at(notice, NoticeState.SENT)
    with pytest.raises(ValidationError) as refusal:
        actions.lift_opt_out(given_up, by=clinic.aftercare)
    assert refusal.value.code == "opt_out_lifted"
    opt_out(person, clinic)


def test_it_holds_for_every_record_of_the_person(person, clinic):
    old = Patient.objects.create(preferred_name="M.")
    actions.opt_out(old, channel="", how="years ago", by=clinic.aftercare)
    patients.merge(old, into=person.patient, by=clinic.nurse)
    notice = a_notice(person.duty)
    actions.send()
    is_at(notice, NoticeState.CANCELED, "opted_out")


def test_two_at_once(committed_clinic, run_both):
    person = the_person(committed_clinic)
    results = run_both(*[lambda: opt_out(person, committed_clinic)] * 2)
    [refusal] = [result.error for result in results if result.error]
    assert refusal.code == "opted_out"
    assert OptOut.objects.count() == 1
