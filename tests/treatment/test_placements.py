"""Admission, moves and plan reviews; beds that nobody can take twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from tests import given
from tests.then import code_of, duty, forbidden, fresh, owed, refused, sees, steps
from treatment.actions import placements, plans
from treatment.models import Bed, BedStay, Placement, Program, Unit
from treatment.models.placements import Track


def admit(episode, clinic, **fields):
    return placements.admit(
        episode, **{"program": clinic.residential, "bed": clinic.beds[0], "by": clinic.nurse, **fields}
    )


def move(episode, clinic, **fields):
    return given.moved(episode, **{"program": clinic.outpatient, "by": clinic.counselor, **fields})


@pytest.fixture
def there(clinic):
    """A program with a bed and a counselor, at the other facility."""
    unit = Unit.objects.create(facility=clinic.elsewhere, name="West")
    clinic.bed_there = Bed.objects.create(unit=unit, label="1")
    clinic.counselor_there = given.a_user("counselor_there", clinic.elsewhere, Role.COUNSELOR)
    return Program.objects.create(
        facility=clinic.elsewhere, name="Residential", setting="residential", needs_bed=True
    )


def test_admission_begins_a_placement_in_a_bed_with_a_plan_owed(clinic):
    episode = given.taken_in(clinic, at=given.ago(hours=3))
    admission = duty(episode, "admission")
    at = given.ago(hours=1)
    placement = admit(episode, clinic, counselor=clinic.counselor, at=at)
    assert (placement.program, placement.track, placement.began_at) == (clinic.residential, "main", at)
    stay = placement.bed_stays.get()
    assert (stay.bed, stay.began_at, stay.began_by, stay.ended_at) == (clinic.beds[0], at, clinic.nurse, None)
    plan = duty(episode, "treatment_plan")
    assert (plan.owner, plan.owner_role, plan.due_at) == (clinic.counselor, Role.COUNSELOR, at + timedelta(days=3))
    assert (placement.plan_duty, owed(episode)) == (plan, ["medication_reconciliation", "treatment_plan"])
    assert fresh(admission).outcome == "resolved"
    assert (fresh(episode).stage, steps(episode)[-1]) == ("treatment", "treatment")


def test_admission_elsewhere_lets_that_facility_see_the_person_and_owe_the_plan(clinic, there):
    episode = given.taken_in(clinic)
    assert not sees(clinic.nurse_elsewhere, episode.patient, "nurse")
    admit(episode, clinic, program=there, bed=clinic.bed_there, counselor=clinic.counselor_there)
    assert sees(clinic.nurse_elsewhere, episode.patient, "nurse")
    plan = duty(episode, "treatment_plan")
    assert (plan.facility, plan.owner) == (clinic.elsewhere, clinic.counselor_there)


def test_admission_refuses_what_does_not_fit(clinic, there):
    episode = given.taken_in(clinic)
    with refused("bed_missing"):
        admit(episode, clinic, bed=None)
    with refused("bed_not_needed"):
        admit(episode, clinic, program=clinic.outpatient)
    with refused("bed_elsewhere"):
        admit(episode, clinic, bed=clinic.bed_there)
    with refused("not_a_member"):
        admit(episode, clinic, counselor=clinic.nurse)


def test_nobody_is_admitted_to_a_closed_program(clinic):
    episode = given.taken_in(clinic)
    clinic.residential.closed_at, clinic.residential.closed_by = timezone.now(), clinic.admin
    clinic.residential.save()
    with refused("program_closed"):
        admit(episode, clinic)


def test_a_taken_bed_is_refused(clinic):
    given.in_bed(clinic)
    episode = given.taken_in(clinic, "Tess")
    with refused("bed_taken"):
        admit(episode, clinic)


def test_nobody_is_admitted_uncleared(clinic):
    episode = given.self_referred(clinic)
    given.intake_done(episode, clinic, program=clinic.outpatient)
    with refused("not_cleared"):
        admit(episode, clinic, program=clinic.outpatient, bed=None)


def test_nobody_is_admitted_twice(clinic):
    episode = given.in_bed(clinic)
    with refused("wrong_stage"):
        admit(episode, clinic, bed=clinic.beds[1])


def test_an_admission_whose_duty_was_ended_by_hand_can_still_be_made(clinic):
    episode = given.taken_in(clinic)
    given.a_call_owed(episode, clinic)
    duties.excuse(duty(episode, "admission"), reason="arrived early", by=clinic.intake)
    admit(episode, clinic)
    assert fresh(episode).stage == "treatment"


def test_raw_sql_cannot_put_two_people_in_a_bed(clinic):
    one, two = given.in_bed(clinic), given.in_bed(clinic, bed=1, name="Tess")
    with forbidden("one_patient_per_bed"):
        BedStay.objects.filter(placement__episode=two).update(bed=clinic.beds[0])
    assert BedStay.objects.open().get(bed=clinic.beds[0]).patient == one.patient


def test_raw_sql_cannot_give_a_person_two_beds(clinic):
    placement = given.in_bed(clinic).placements.get()
    with forbidden("one_bed_per_patient"):
        BedStay.begin(placement, clinic.beds[1], by=clinic.nurse, at=timezone.now())


def test_a_bed_is_free_from_the_very_moment_it_is_left(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=2))
    at = given.ago(hours=1)
    move(episode, clinic, at=at)
    other = given.taken_in(clinic, "Tess", at=given.ago(days=1))
    admit(other, clinic, at=at)
    assert BedStay.objects.open().get(bed=clinic.beds[0]).patient == other.patient


def test_a_bed_stay_entered_in_error_frees_the_bed_and_the_person(clinic):
    placement = given.in_bed(clinic).placements.get()
    patients.mark_error(placement.bed_stays.get(), reason="wrong bed", by=clinic.nurse)
    assert clinic.beds[0] in Bed.objects.free()
    BedStay.begin(placement, clinic.beds[0], by=clinic.nurse, at=placement.began_at)


def test_an_error_mark_cannot_be_taken_off_a_stay_whose_bed_was_given_away(clinic):
    placement = given.in_bed(clinic).placements.get()
    wrong = patients.mark_error(placement.bed_stays.get(), reason="wrong bed", by=clinic.nurse)
    admit(given.taken_in(clinic, "Tess"), clinic, at=placement.began_at + timedelta(hours=1))
    with forbidden("one_patient_per_bed"):
        BedStay.objects.filter(pk=wrong.pk).update(entered_in_error_at=None, entered_in_error_by=None)


def test_beds_that_are_kept_or_taken_are_not_free(clinic):
    given.in_bed(clinic)
    given.send_out(given.in_bed(clinic, bed=1, name="Tess"), clinic)
    assert list(Bed.objects.free()) == [clinic.beds[2]]


def test_raw_sql_cannot_place_a_person_twice_in_a_track(clinic):
    episode = given.in_bed(clinic)
    with forbidden("one_placement_at_a_time_per_track"):
        Placement.begin(episode, clinic.outpatient, by=clinic.nurse, at=timezone.now())


def test_another_track_or_a_placement_entered_in_error_makes_room(clinic):
    episode = given.in_bed(clinic)
    first = episode.placements.get()
    Placement.objects.create(
        patient=episode.patient, facility=clinic.here, episode=episode, program=clinic.outpatient,
        track=Track.HOUSING, began_at=timezone.now(), began_by=clinic.nurse,
    )  # fmt: skip
    patients.mark_error(first, reason="wrong program", by=clinic.nurse)
    Placement.begin(episode, clinic.outpatient, by=clinic.nurse, at=timezone.now())


def test_an_end_is_after_its_beginning_and_has_who(clinic):
    placement = given.in_bed(clinic).placements.get()
    before = placement.began_at - timedelta(hours=1)
    for rows, order, who in (
        (Placement.objects, "a_placement_ends_after_it_begins", "a_placement_end_has_who"),
        (BedStay.objects, "a_bed_stay_ends_after_it_begins", "a_bed_stay_end_has_who"),
    ):
        with forbidden(order):
            rows.update(ended_at=before, ended_by=clinic.nurse)
        with forbidden(who):
            rows.update(ended_at=timezone.now())


def test_a_plan_is_reviewed_at_least_every_90_days(clinic):
    with forbidden("reviews_are_at_most_90_days_apart"):
        Program.objects.update(review_every=timedelta(days=91))


def test_a_move_ends_one_placement_and_begins_the_next(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=2))
    before, plan = episode.placements.get(), duty(episode, "treatment_plan")
    at = given.ago(hours=1)
    placement = move(episode, clinic, reason="stable", at=at)
    assert (fresh(before).ended_at, fresh(before).ended_by, fresh(before).end_reason) == (
        at,
        clinic.counselor,
        "stable",
    )
    assert before.bed_stays.get().ended_at == at
    assert (placement.program, placement.began_at, placement.bed_stays.count()) == (clinic.outpatient, at, 0)
    assert (fresh(plan).outcome, owed(episode)) == (
        "canceled", ["level_review", "medication_reconciliation", "treatment_plan"],
    )  # fmt: skip
    assert duty(episode, "treatment_plan").owner == clinic.counselor
    assert (fresh(episode).stage, steps(episode).count("treatment")) == ("treatment", 1)


def test_a_move_to_another_bed_of_the_same_facility_takes_that_bed(clinic):
    detox = Program.objects.create(facility=clinic.here, name="Detox", setting="residential", needs_bed=True)
    episode = given.in_bed(clinic)
    placement = move(episode, clinic, program=detox, bed=clinic.beds[1])
    assert placement.bed_stays.get().bed == clinic.beds[1]
    assert clinic.beds[0] in Bed.objects.free()


def test_a_counselor_stays_behind_when_the_person_moves_elsewhere(clinic, there):
    episode = given.in_bed(clinic)
    move(episode, clinic, program=there, bed=clinic.bed_there)
    assert duty(episode, "treatment_plan").owner is None
    assert duty(episode, "treatment_plan").facility == clinic.elsewhere


def test_a_counselor_who_does_not_work_there_is_refused(clinic, there):
    episode = given.in_bed(clinic)
    with refused("not_a_member"):
        move(episode, clinic, program=there, bed=clinic.bed_there, counselor=clinic.counselor)


def test_a_move_is_refused_where_it_makes_no_sense(clinic):
    episode = given.in_bed(clinic)
    with refused("same_program"):
        move(episode, clinic, program=clinic.residential, bed=clinic.beds[1])
    with refused("bed_not_needed"):
        move(episode, clinic, bed=clinic.beds[1])
    with refused("ends_before_start"):
        move(episode, clinic, at=given.ago(days=9))
    given.send_out(episode, clinic)
    with refused("wrong_stage"):
        move(episode, clinic)


def test_a_person_whose_placement_was_entered_in_error_is_in_no_program(clinic):
    episode = given.in_bed(clinic)
    patients.mark_error(episode.placements.get(), reason="wrong program", by=clinic.nurse)
    with refused("not_placed"):
        move(episode, clinic)
    with refused("not_placed"):
        given.send_out(episode, clinic)


def test_a_plan_in_force_owes_its_review(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=3))
    first = duty(episode, "treatment_plan")
    at = given.ago(hours=1)
    given.a_plan_in_force(episode, clinic, at=at)
    following = duty(episode, "treatment_plan")
    assert (fresh(first).outcome, fresh(first).close_reason) == ("resolved", "version 1 in force")
    assert (following.due_at, following.owner, following.because_of) == (
        at + timedelta(days=30),
        clinic.counselor,
        first,
    )
    assert episode.placements.get().plan_duty == following


def test_whoever_signs_may_say_when_the_plan_is_looked_at_again(clinic):
    plan = given.a_plan(given.in_bed(clinic), clinic)
    plans.record_person_answer(plan, person_answer="paper", copy_offered=True, by=clinic.nurse)
    with refused("too_far_ahead"):
        plans.sign_plan(plan, next_review_at=timezone.now() + timedelta(days=97), by=clinic.counselor)
    by_then = timezone.now() + timedelta(days=9)
    plans.sign_plan(plan, next_review_at=by_then, by=clinic.counselor)
    assert duty(plan.episode, "treatment_plan").due_at == by_then


def test_a_plan_duty_ended_by_hand_is_owed_again_with_the_next_version(clinic):
    episode = given.in_bed(clinic)
    given.a_call_owed(episode, clinic)
    duties.excuse(duty(episode, "treatment_plan"), reason="on paper", by=clinic.counselor)
    given.a_plan_in_force(episode, clinic)
    assert "treatment_plan" in owed(episode)


def test_of_two_people_admitted_to_one_bed_at_once_one_is_told_it_is_taken(committed_clinic, run_both):
    clinic = committed_clinic
    people = [given.taken_in(clinic, name) for name in ("Maria", "Tess")]
    results = run_both(*[lambda episode=episode: admit(episode, clinic) for episode in people])
    assert sorted(code_of(r.error) if r.error else "admitted" for r in results) == ["admitted", "bed_taken"]
    assert BedStay.objects.open().count() == Placement.objects.open().count() == 1
    assert sorted(fresh(episode).stage for episode in people) == ["intake", "treatment"]


def test_a_person_admitted_twice_at_once_is_admitted_once(committed_clinic, run_both):
    clinic = committed_clinic
    episode = given.taken_in(clinic)
    results = run_both(*[lambda bed=bed: admit(episode, clinic, bed=bed) for bed in clinic.beds[:2]])
    assert sorted(code_of(r.error) if r.error else "admitted" for r in results) == ["admitted", "wrong_stage"]
    assert (BedStay.objects.count(), owed(episode)) == (1, ["medication_reconciliation", "treatment_plan"])
