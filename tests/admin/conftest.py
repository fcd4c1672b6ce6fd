"""People at every point of the road, and addresses of pages."""

from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.urls import reverse

from aftercare.actions import calls, check_ins, closings
from duties.actions import tick
from messaging import actions as messaging
from messaging.models import Attempt
from patients.models import Patient
from tests import given
from treatment.actions import assault, beds, bladder, holds, sessions
from treatment.models import WithdrawalReview


def address(row, to="change", *args):
    """The address of a row's page, or of a verb on it."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{to}", args=[row.pk, *args])


def listing(model):
    """The address of a noun's list."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


# The tabs of a person's page, by the names they have in its address.
TABS = [tab.slug for tab in admin.site._registry[Patient].tabs]


def begin(model, verb):
    """The address of a verb that begins with nothing."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_begin", args=[verb])


@pytest.fixture
def sign_in(client):
    """Sign in as somebody; returns the client."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def go_the_road(clinic, name="Maria", bed=0):
    """Handed over, treated, discharged, checked in on; with a session whose note is signed."""
    began = given.ago(days=40)
    episode = given.in_bed(clinic, bed=bed, name=name, at=began)
    given.reconciled(episode, clinic, at=began)
    plan = given.a_plan_in_force(episode, clinic, at=given.ago(days=40))
    note = given.rated(episode, clinic, "some", at=given.ago(days=39))
    given.reviewed(plan, clinic, at=given.ago(days=38))
    given.circumstances(episode.patient, clinic)
    sessions.add_addendum(note, text="Said so again.", by=clinic.nurse, at=given.ago(days=38))
    given.a_group(clinic, episode, at=given.ago(days=37))
    given.an_address(episode.patient, clinic, f"{name.lower()}@example.org")
    given.leave(episode, clinic, coach=clinic.aftercare, at=given.ago(days=10))
    check_in = episode.aftercare_plans.get().check_ins.get()
    check_ins.answer(check_in, how="call", craving=20, by=clinic.aftercare, at=check_in.due_at)
    given.a_way_in(episode, clinic)
    given.a_pause(check_in.plan, clinic)
    messaging.opt_out(episode.patient, channel="phone", how="said so", by=clinic.aftercare)
    return episode


@pytest.fixture
def road(clinic):
    """Maria has gone the whole road; Sam was sent out; Lee is said to have died; the clock has ticked."""
    return a_road(clinic)


def a_road(clinic):
    """People at every point of the road."""
    given.asking(clinic.residential, clinic)
    given.loaded(clinic)
    episode = go_the_road(clinic)
    away = given.sent_out(clinic, name="Sam", at=given.ago(days=2))
    reported = given.self_referred(clinic, "Lee")
    given.leaving(clinic)
    given.stepped_up(clinic)
    given.a_mapping(clinic)
    given.both_ways(episode.patient, clinic)
    given.an_appointment(episode, clinic)
    given.a_series(episode, clinic)
    kept = given.a_counseling_note(episode, clinic)
    for reader in (clinic.prescriber, clinic.supervisor):
        given.let_read(kept, reader)
    given.all_around(away.patient, clinic)
    given.medicated(episode, clinic)
    given.all_tests(episode, clinic)
    screen = given.a_private_screen(away, clinic)
    for reader in (clinic.counselor, clinic.prescriber, clinic.supervisor):
        assault.name_reader(screen, reader=reader, reason="sees Sam", by=clinic.nurse)
    given.screened(away.patient, clinic, opioids="yes")
    given.owed_for_use(clinic, WithdrawalReview, route="4", rank="1")
    low = given.a_handover(clinic, "Low", respiratory_rate=8).episode
    given.asked(low, clinic, thoughts=True)
    given.assessed(low, clinic, q1=2, q9=1)
    bladder.log_bladder(low, cannot_pass=True, by=clinic.nurse)
    given.observations.observe(low, respiratory_rate=12, by=clinic.nurse)
    given.a_night_and_what_went_wrong(clinic, episode, low)
    closings.report_death(reported.patient, facility=clinic.here, told_by="a friend", by=clinic.nurse)
    # Whatever the time of day, somebody is told of something about Maria.
    calls.log_call(given.a_call_owed(episode, clinic), outcome="no_answer", by=clinic.aftercare)
    given.on_call(clinic)
    tick()
    notice = episode.patient.duties.exclude(notices=None).first().notices.first()
    Attempt.objects.create(notice=notice, patient=episode.patient, channel="email", at=given.ago(), result="accepted")
    beds.block(clinic.beds[2], reason="repair", by=clinic.nurse)
    beds.restrict(clinic.beds[2], kind="women", by=clinic.admin)
    holds.release_hold(given.held(reported, clinic), by=clinic.nurse)
    return SimpleNamespace(clinic=clinic, episode=episode, patient=episode.patient, away=away, reported=reported)
