"""Leaving treatment for aftercare, and coming back from it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from aftercare.actions import check_ins, plans
from aftercare.models import AftercarePlan, CheckIn, Schedule
from audit.models import uuid7
from duties import actions as duties
from patients import actions as patients
from tests import given
from tests.then import code_of, duty, forbidden, fresh, owed, refused, sees, steps
from treatment.actions import sessions
from treatment.models import Bed


def discharge(episode, clinic, **fields):
    return given.leave(episode, clinic, **fields)


def return_to(episode, clinic, **fields):
    return plans.return_to_treatment(
        episode, **{"program": clinic.residential, "bed": clinic.beds[0], "by": clinic.nurse, **fields}
    )


def test_a_discharge_leads_to_a_first_check_in_the_next_day(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=2))
    at = given.ago(hours=1)
    left = discharge(episode, clinic, coach=clinic.aftercare, going_to="home", at=at)
    assert (left.reason, left.discharged_at, left.discharged_by, left.going_to) == ("1", at, clinic.counselor, "home")
    plan = AftercarePlan.objects.active().get()
    assert (plan.discharge, plan.schedule.slug, plan.anchor_at, plan.coach) == (left, "kud-12", at, clinic.aftercare)
    check_in = CheckIn.objects.open().get()
    tz = clinic.here.tz()
    due = check_in.due_at.astimezone(tz)
    assert (due.date(), due.hour, check_in.number) == (at.astimezone(tz).date() + timedelta(days=1), 10, 0)
    owes = duty(episode, "check_in")
    assert (owes, owes.owner, owes.owner_role) == (check_in.duty, clinic.aftercare, Role.AFTERCARE)
    assert owed(episode) == ["check_in"]


def test_a_discharge_ends_the_placement_frees_the_bed_and_withdraws_clearance(clinic):
    episode = given.in_bed(clinic)
    plan = duty(episode, "treatment_plan")
    discharge(episode, clinic, reason="8")
    assert episode.placements.get().end_reason == "Left against advice"
    assert clinic.beds[0] in Bed.objects.free()
    assert fresh(plan).outcome == "canceled"
    episode = fresh(episode)
    assert (episode.stage, steps(episode)[-1], episode.cleared_at) == ("aftercare", "aftercare", None)


def test_a_discharge_to_another_facility_s_aftercare_lets_it_see_the_person(clinic):
    coach = given.a_user("coach_there", clinic.elsewhere, Role.AFTERCARE)
    episode = given.in_bed(clinic)
    discharge(episode, clinic, facility=clinic.elsewhere, coach=coach)
    assert sees(coach, episode.patient, "aftercare")
    assert duty(episode, "check_in").facility == clinic.elsewhere


def test_a_discharge_leaves_a_draft_to_be_signed(clinic):
    episode = given.in_bed(clinic)
    note = given.a_session(episode, clinic)
    discharge(episode, clinic)
    assert owed(episode) == ["check_in", "sign_note"]
    assert sessions.sign(note, by=clinic.counselor)


def test_a_discharge_is_refused_where_it_makes_no_sense(clinic):
    episode = given.in_bed(clinic)
    for death in ("6", "7"):
        with refused("report_the_death"):
            discharge(episode, clinic, reason=death)
    with refused("schedule_unknown"):
        discharge(episode, clinic, schedule="never")
    with refused("not_a_member"):
        discharge(episode, clinic, coach=clinic.counselor)
    with refused("ends_before_start"):
        discharge(episode, clinic, at=given.ago(days=9))
    given.send_out(episode, clinic)
    with refused("wrong_stage"):
        discharge(episode, clinic)


def test_nobody_is_discharged_from_a_placement_entered_in_error(clinic):
    episode = given.in_bed(clinic)
    patients.mark_error(episode.placements.get(), reason="wrong program", by=clinic.nurse)
    with refused("not_placed"):
        discharge(episode, clinic)


def test_a_discharge_written_down_late_begins_at_the_step_that_is_due_now(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=40))
    discharge(episode, clinic, at=given.ago(days=10))
    assert CheckIn.objects.open().get().number == 0
    check_ins.turn(timezone.now())
    assert CheckIn.objects.open().get().due_at > timezone.now() - timedelta(days=1)  # day 14, not days 3 and 7


def test_a_facility_s_own_schedule_comes_before_the_shipped_one(clinic):
    own = Schedule.objects.create(
        slug="kud-12",
        edition=1,
        facility=clinic.here,
        name="Ours",
        steps=[timedelta(seconds=90)],
        published_at=timezone.now(),
    )
    episode = given.in_bed(clinic)
    at = timezone.now()
    discharge(episode, clinic, at=at)
    assert AftercarePlan.objects.get().schedule == own
    assert CheckIn.objects.get().due_at == at + timedelta(seconds=90)


def test_check_ins_fall_at_the_person_s_own_hour(clinic):
    episode = given.in_bed(clinic)
    patients.amend(episode.patient, zone="Asia/Tokyo", by=clinic.nurse)
    discharge(episode, clinic)
    plan = AftercarePlan.objects.get()
    assert plan.zone == "Asia/Tokyo"
    assert CheckIn.objects.get().due_at.hour == 1  # ten in Tokyo


def test_a_coach_who_left_owes_no_further_check_in(clinic):
    episode = given.in_aftercare(clinic)
    duties.leave(clinic.aftercare, by=clinic.admin)
    check_ins.answer(CheckIn.objects.get(), how="message", wants_call=True, by=clinic.nurse)
    assert {slug: duty(episode, slug).owner for slug in owed(episode)} == {"check_in": None, "contact": None}


def test_return_to_treatment_ends_the_plan_and_begins_a_placement(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(days=20))
    given.cleared_again(episode, clinic, at=given.ago(days=1))
    placement = return_to(episode, clinic, counselor=clinic.counselor)
    plan = AftercarePlan.objects.get()
    assert (plan.end_reason, plan.ended_by) == ("back_to_treatment", clinic.nurse)
    assert CheckIn.objects.get().outcome == "canceled"
    assert (fresh(episode).stage, owed(episode)) == ("treatment", ["medication_reconciliation", "treatment_plan"])
    assert placement.bed_stays.get().bed == clinic.beds[0]
    assert duty(episode, "treatment_plan").owner == clinic.counselor


def test_return_to_treatment_ends_the_calls_for_missed_check_ins(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(days=5))
    check_ins.turn(timezone.now())
    assert owed(episode) == ["check_in", "contact"]
    given.cleared_again(episode, clinic)
    return_to(episode, clinic)
    assert owed(episode) == ["medication_reconciliation", "treatment_plan"]


def test_return_to_treatment_needs_a_new_clearance(clinic):
    for episode in (given.in_aftercare(clinic), given.staying_in_touch(clinic, "Tess")):
        with refused("not_cleared"):
            return_to(episode, clinic)


def test_return_to_treatment_is_from_aftercare(clinic):
    episode = given.taken_in(clinic)
    with refused("wrong_stage"):
        return_to(episode, clinic)


def test_a_person_is_discharged_again_after_returning(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(days=20))
    given.cleared_again(episode, clinic)
    return_to(episode, clinic)
    discharge(episode, clinic)
    assert (AftercarePlan.objects.count(), AftercarePlan.objects.active().count()) == (2, 1)
    assert owed(episode) == ["check_in"]


def test_raw_sql_cannot_follow_a_person_up_twice(clinic):
    given.in_aftercare(clinic)
    plan = AftercarePlan.objects.get()
    plan.pk = None
    plan._state.adding = True
    plan.id = uuid7()
    with forbidden("one_active_plan_per_episode"):
        plan.save(force_insert=True)
    AftercarePlan.objects.update(entered_in_error_at=timezone.now(), entered_in_error_by=clinic.nurse)
    plan.save(force_insert=True)


def test_raw_sql_cannot_half_end_a_plan(clinic):
    given.in_aftercare(clinic)
    now = timezone.now()
    for half in ({"ended_at": now}, {"ended_at": now, "ended_by": clinic.nurse}, {"end_reason": "closed"}):
        with forbidden("a_plan_end_has_who_and_why"):
            AftercarePlan.objects.update(**half)


def test_a_schedule_never_changes(clinic):
    with forbidden("a_schedule_never_changes"):
        Schedule.objects.filter(slug="kud-12").update(steps=[timedelta(days=1)])
    with forbidden("a_schedule_has_steps"):
        Schedule.objects.create(slug="empty", name="Empty", steps=[])


def test_a_person_discharged_twice_at_once_is_discharged_once(committed_clinic, run_both):
    clinic = committed_clinic
    episode = given.in_bed(clinic)
    results = run_both(*[lambda: discharge(episode, clinic)] * 2)
    assert sorted(code_of(r.error) if r.error else "left" for r in results) == ["left", "wrong_stage"]
    assert (episode.discharges.count(), owed(episode)) == (1, ["check_in"])


@pytest.mark.parametrize(("anchor", "hour"), [("2026-03-07T15:00:00Z", 14), ("2026-10-31T15:00:00Z", 15)])
def test_check_ins_keep_their_local_hour_when_the_clocks_change(clinic, anchor, hour):
    schedule = Schedule.objects.current("kud-12", clinic.here)
    due = schedule.due_at(0, datetime.fromisoformat(anchor), "America/New_York")
    assert (due.hour, due.astimezone(clinic.here.tz()).hour) == (hour, 10)
