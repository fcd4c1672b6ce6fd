"""Intake."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused, steps
from treatment.actions import intakes, placements
from treatment.models import Intake


def complete(episode, clinic, **fields):
    return intakes.complete_intake(episode, **{"program": clinic.residential, "by": clinic.intake, **fields})


def test_a_completed_intake_owes_the_admission_within_a_day(clinic):
    episode = given.in_intake(clinic, at=given.ago(hours=2))
    owed_before = duty(episode, "intake")
    at = given.ago(hours=1)
    intake = complete(episode, clinic, goals="Sleep", patient_notice_given=True, at=at)
    assert (intake.completed_at, intake.completed_by, intake.goals) == (at, clinic.intake, "Sleep")
    assert (intake.program, intake.patient_notice_given, intake.agreed_to_treatment) == (
        clinic.residential,
        True,
        True,
    )
    assert owed(episode) == ["admission"]
    admission = duty(episode, "admission")
    assert (admission.due_at, admission.owner_role) == (at + timedelta(hours=24), Role.INTAKE)
    assert intake.admission_duty == admission
    assert (fresh(owed_before).outcome, fresh(owed_before).closed_by) == ("resolved", clinic.intake)
    assert (fresh(episode).stage, steps(episode)[-1]) == ("intake", "intake")


def test_an_intake_may_say_by_when_to_admit(clinic):
    by_then = timezone.now() + timedelta(days=6)
    assert complete(given.in_intake(clinic), clinic, admit_by=by_then).admission_duty.due_at == by_then


def test_an_admission_is_at_most_95_days_ahead(clinic):
    episode = given.in_intake(clinic)
    with refused("too_far_ahead"):
        complete(episode, clinic, admit_by=timezone.now() + timedelta(days=96))


def test_an_intake_belongs_to_its_stage(clinic):
    episode = given.engaging(clinic)
    with refused("wrong_stage"):
        complete(episode, clinic)


def test_an_intake_is_completed_once(clinic):
    episode = given.taken_in(clinic)
    with refused("intake_done"):
        complete(episode, clinic)


def test_nobody_is_taken_in_who_has_not_agreed(clinic):
    episode = given.in_intake(clinic)
    with refused("not_agreed"):
        complete(episode, clinic, agreed_to_treatment=False)


def test_an_intake_whose_duty_was_ended_by_hand_can_still_be_completed(clinic):
    episode = given.in_intake(clinic)
    given.a_call_owed(episode, clinic)
    duties.excuse(duty(episode, "intake"), reason="done on paper", by=clinic.intake)
    complete(episode, clinic)
    assert "admission" in owed(episode)


def test_raw_sql_cannot_plan_two_intakes(clinic):
    episode = given.in_intake(clinic)
    other = duty(given.self_referred(clinic), "intake")
    free = duties.renew(other, due_at=timezone.now(), by=clinic.intake)
    with forbidden("one_planned_intake_per_episode"):
        Intake.objects.create(patient=episode.patient, facility=clinic.here, episode=episode, duty=free)


def test_an_intake_entered_in_error_makes_room_for_the_right_one(clinic):
    episode = given.in_intake(clinic)
    patients.mark_error(episode.intakes.get(), reason="wrong form", by=clinic.intake)
    other = duties.renew(duty(given.self_referred(clinic), "intake"), due_at=timezone.now(), by=clinic.intake)
    Intake.objects.create(patient=episode.patient, facility=clinic.here, episode=episode, duty=other)


def test_raw_sql_cannot_complete_an_intake_that_leads_nowhere(clinic):
    intake = given.in_intake(clinic).intakes.get()
    with forbidden("a_completed_intake_leads_to_admission"):
        Intake.objects.filter(pk=intake.pk).update(completed_at=timezone.now(), completed_by=clinic.intake)
    with forbidden("an_intake_has_who"):
        Intake.objects.filter(pk=intake.pk).update(completed_at=timezone.now(), admission_duty=intake.duty)


def test_admission_follows_the_intake(clinic):
    episode = given.in_intake(clinic)
    with refused("intake_open"):
        placements.admit(episode, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse)
