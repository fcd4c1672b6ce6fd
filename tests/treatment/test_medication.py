"""Allergies and medication are gone through after admission, by somebody who owes it."""

from datetime import timedelta

from patients import actions as patients
from tests import given
from tests.then import duty, forbidden, owed, refused
from treatment.actions import medication
from treatment.models import MedicationStatement, Reconciliation


def go_through(episode, clinic, **said):
    return medication.reconcile(episode.placements.open().get(), by=clinic.nurse, **said)


def no_allergies(episode, clinic):
    patients.record_no_known_allergies(episode.patient, facility=clinic.here, by=clinic.nurse)


def test_admission_owes_going_through_medication_within_a_day(clinic):
    at = given.ago(hours=1)
    episode = given.in_bed(clinic, at=at)
    owed_now = duty(episode, "medication_reconciliation")
    assert (owed_now.due_at, owed_now.owner_role, owed_now.keeps_thread) == (at + timedelta(hours=24), "nurse", False)


def test_it_is_done_when_allergies_were_asked_and_each_medication_is_decided(clinic):
    episode = given.in_bed(clinic)
    with refused("allergies_not_asked"):
        go_through(episode, clinic, takes_nothing=True)
    no_allergies(episode, clinic)
    with refused("medication_not_asked"):
        go_through(episode, clinic)
    taken = given.taking(episode.patient, clinic, brought=12)
    with refused("medication_undecided"):
        go_through(episode, clinic)
    medication.decide_medication(taken, decision="ask", by=clinic.prescriber)
    with refused("medication_undecided"):
        go_through(episode, clinic)
    medication.decide_medication(taken, decision="go_on", by=clinic.prescriber)
    with refused("medication_known"):
        go_through(episode, clinic, takes_nothing=True)
    go_through(episode, clinic, note="with Maria")
    assert owed(episode) == ["treatment_plan"]
    assert Reconciliation.objects.get().reconciled_by == clinic.nurse


def test_a_move_owes_it_again_at_the_new_place_and_leaving_cancels_it(clinic):
    episode = given.in_bed(clinic)
    no_allergies(episode, clinic)
    first = duty(episode, "medication_reconciliation")
    given.moved(episode, program=clinic.outpatient, by=clinic.counselor)
    again = duty(episode, "medication_reconciliation")
    first.refresh_from_db()
    assert (first.outcome, again.facility) == ("canceled", clinic.outpatient.facility)
    given.leave(episode, clinic)
    assert "medication_reconciliation" not in owed(episode)
    with refused("placement_ended"):
        medication.reconcile(episode.placements.latest("began_at"), takes_nothing=True, by=clinic.nurse)


def test_a_medication_is_named_dated_and_counted(clinic):
    person = given.self_referred(clinic).patient
    with refused("medication_missing"):
        given.taking(person, clinic, "")
    with refused("in_the_future"):
        given.taking(person, clinic, last_taken_at=given.ago(days=-1))
    taken = given.taking(person, clinic)
    with forbidden("a_medication_decision_is_dated"):
        MedicationStatement.objects.update(decision="held")
    with forbidden("what_was_brought_can_be_counted"):
        MedicationStatement.objects.update(brought=20_000)
    patients.mark_error(taken, reason="another person", by=clinic.nurse)
    with refused("error_marked"):
        medication.decide_medication(taken, decision="go_on", by=clinic.prescriber)
