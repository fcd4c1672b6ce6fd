"""Aftercare plans: begin, go on, end."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from duties.models import Duty
from patients.actions import at_stage, needs
from patients.models import Access, Because, Episode, Stage
from treatment.actions import placements
from treatment.actions.transfers import call_off

from ..models import AftercarePlan, CheckIn, CheckInOutcome, PlanEnd, Schedule


def begin_plan(episode, *, schedule, by, at, discharge=None, coach=None, facility=None):
    """Follow a person up by a schedule from now (day 0), with the first check-in owed."""
    plan = new_plan(episode, schedule=schedule, coach=coach, facility=facility, by=by, at=at)
    plan.discharge = discharge
    start(plan, by=by, at=at)
    return plan


def new_plan(episode, *, schedule, by, at, coach=None, facility=None):
    """A plan that is not written yet. Raises schedule_unknown, not_a_member."""
    facility = facility or episode.facility
    found = Schedule.objects.current(schedule, facility)
    if found is None:
        raise ValidationError("There is no schedule “%(slug)s”.", code="schedule_unknown", params={"slug": schedule})
    if coach is not None and not coach.is_at(facility, [Role.AFTERCARE]):
        raise ValidationError("The coach is not an aftercare coach here.", code="not_a_member")
    return AftercarePlan(
        patient_id=episode.patient_id,
        facility=facility,
        episode=episode,
        schedule=found,
        coach=coach,
        anchor_at=at,
        zone=str(episode.patient.tz(facility)),
        began_at=at,
        began_by=by,
    )


def start(plan, *, by, at, duty=None):
    """Write a new plan; its first check-in is owed, by this duty when it was opened already."""
    plan.save(force_insert=True)
    Access.grant(plan.episode.patient, because=Because.AFTERCARE, at=at, facility=plan.facility)
    if duty is None:
        return next_check_in(plan, after=-1, by=by, at=at)
    number, due_at = step_after(plan, -1, at=at)
    return _check_in(plan, number, due_at, duty)


def step_after(plan, after, *, at):
    """(number, due time) of the step of the schedule after this one that is not over yet, or None."""
    steps = plan.schedule.steps
    number = after + 1
    # A step that lies behind the one after it is passed over: a late answer must not bring a string of them.
    while number + 1 < len(steps) and plan.schedule.due_at(number + 1, plan.anchor_at, plan.zone) <= at:
        number += 1
    return None if number >= len(steps) else (number, plan.schedule.due_at(number, plan.anchor_at, plan.zone))


def check_in_owed(plan, due_at, *, owner):
    """What `duties.open` takes for a check-in of this plan."""
    return {
        "slug": "check_in",
        "facility": plan.facility,
        "episode": plan.episode,
        "owner": owner,
        "owner_role": Role.AFTERCARE,
        "due_at": due_at,
    }


def next_check_in(plan, *, after, by, at):
    """The step of the schedule after this one that is not over yet; after the last, deciding what follows is owed."""
    following = step_after(plan, after, at=at)
    if following is None:
        return _owe_ending(plan, by=by, at=at)
    number, due_at = following
    duty = duties.open(**check_in_owed(plan, due_at, owner=plan.caller()), by=by, at=at)
    return _check_in(plan, number, due_at, duty)


def _check_in(plan, number, due_at, duty):
    return CheckIn.objects.create(
        patient_id=plan.patient_id, facility=plan.facility, plan=plan, duty=duty, number=number, due_at=due_at
    )


def _owe_ending(plan, *, by, at):
    if plan.end_duty_id is None:
        plan.end_duty = duties.open(
            "aftercare_end",
            facility=plan.facility,
            episode=plan.episode,
            owner=plan.caller(),
            owner_role=Role.AFTERCARE,
            due_at=at + timedelta(days=7),
            by=by,
            at=at,
        )
        plan.save(update_fields=["end_duty"])


def end_plan(plan, *, reason, by, at):
    """End a plan with its open check-in, and the calls owed because it or an earlier one was missed."""
    for check_in in plan.check_ins.open():
        close_check_in(check_in, CheckInOutcome.CANCELED, by=by, at=at, reason=PlanEnd(reason).label)
    if plan.end_duty_id and plan.end_duty.is_open():
        duties.cancel(plan.end_duty, by=by, at=at, reason=PlanEnd(reason).label)
    drop_reviews(plan.patient_id, by=by, at=at, reason=PlanEnd(reason).label)
    plan.ended_at, plan.ended_by, plan.end_reason = at, by, reason
    plan.save(update_fields=["ended_at", "ended_by", "end_reason"])


def close_check_in(check_in, outcome, *, by, at, reason="", calls=True):
    """End a check-in with its duty, and with the calls its ladder opened unless they are still wanted."""
    check_in.closed_at, check_in.closed_by, check_in.outcome = at, by, outcome
    check_in.save(update_fields=["closed_at", "closed_by", "outcome"])
    done = outcome in (CheckInOutcome.ANSWERED, CheckInOutcome.REACHED)
    owed = [check_in.duty] if check_in.duty.is_open() else []
    if calls:
        owed += list(check_in.calls())
    reason = reason or CheckInOutcome(outcome).label
    for duty in owed:
        (duties.resolve if done else duties.cancel)(duty, by=by, at=at, reason=reason)


UNREACHABLE = ("contact_review", "outreach_decision", "lost_review")  # ladders of what follows from not reaching


def drop_reviews(patient, *, by, at, reason):
    """Heard from, or nobody is looking any more: what was to be decided because nobody reached them is not owed."""
    owed = Duty.objects.filter(patient=patient, ladder__slug__in=UNREACHABLE)
    duties.cancel_each(owed, by=by, at=at, reason=reason)


@needs(at_stage(Stage.AFTERCARE))
@transaction.atomic
def return_to_treatment(
    episode, *, program, bed=None, bed_override="", counselor=None, expected_end_on=None, by, at=None
):
    """Back to treatment from aftercare: a placement begins, the plan ends. Needs a new clearance.

    Raises not_cleared or clearance_lapsed.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    return_to_treatment.require(episode)
    episode.require_clearance(at)
    placement = placements.begin_placement(
        episode,
        program,
        bed=bed,
        bed_override=bed_override,
        counselor=counselor,
        expected_end_on=expected_end_on,
        by=by,
        at=at,
    )
    for plan in episode.aftercare_plans.active():
        end_plan(plan, reason=PlanEnd.BACK_TO_TREATMENT, by=by, at=at)
    call_off(episode, note="back to treatment", by=by, at=at)
    episode.move_to(Stage.TREATMENT, by=by, at=at, reason="back to treatment")
    return placement
