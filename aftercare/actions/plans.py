"""Aftercare plans: begin, go on, end."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, Max, Q, Subquery, When
from django.utils import timezone

from accounts.actions import refuse
from accounts.models import Role, User, a_known_zone
from duties import actions as duties
from duties.models import Duty
from messaging.actions.ways import may_call
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Access, Because, Episode, Patient, Stage
from treatment.actions import placements, schedules
from treatment.actions.transfers import call_off
from treatment.models.placements import Track

from ..models import (
    A_DAY,
    WAS_ANSWERED,
    AftercarePlan,
    CheckIn,
    CheckInOutcome,
    Next,
    PlanEnd,
    Schedule,
    Standing,
    Tier,
    calls_of,
)

log = logging.getLogger(__name__)

DECIDE_WITHIN = timedelta(days=7)
ON_RETURN = "On the return."  # why a check-in is due that a rest moved


def begin_plan(episode, *, schedule, by, at, discharge=None, coach=None, facility=None, anchor_at=None):
    """Follow a person up by a schedule from now, counted from day 0 (now, unless it was before)."""
    plan = new_plan(episode, schedule=schedule, coach=coach, facility=facility, anchor_at=anchor_at, by=by, at=at)
    plan.discharge = discharge
    start(plan, by=by, at=at)
    return plan


def new_plan(episode, *, schedule, by, at, coach=None, facility=None, anchor_at=None):
    """A plan that is not written yet. Raises schedule_unknown, not_a_member."""
    facility = facility or episode.facility
    programs = episode.placements.right().filter(track=Track.MAIN).order_by("-began_at")
    from_bed = Subquery(programs.values("program__needs_bed")[:1])
    found = Schedule.objects.current(schedule, facility, from_bed=from_bed)
    if found is None:
        raise ValidationError("There is no schedule “%(slug)s”.", code="schedule_unknown", params={"slug": schedule})
    if coach is not None and not coach.is_at(facility, [Role.AFTERCARE]):
        raise ValidationError("The coach is not an aftercare coach here.", code="not_a_member")
    anchor_at = anchor_at or at
    return AftercarePlan(
        patient_id=episode.patient_id,
        facility=facility,
        episode=episode,
        schedule=found,
        coach=coach,
        anchor_at=anchor_at,
        early_from_at=anchor_at if found.early_days and found.from_bed else None,
        zone=str(episode.patient.tz(facility)),
        began_at=at,
        began_by=by,
    )


def start(plan, *, by, at, duty=None):
    """Write a new plan; its first check-in, and what is asked besides, is owed unless this duty is there already."""
    standing = standing_of(plan)  # of a plan that nothing was said to yet
    plan.save(force_insert=True)
    Access.grant(plan.episode.patient, because=Because.AFTERCARE, at=at, facility=plan.facility)
    if duty is None:
        schedules.begin_after(plan.episode, plan.facility, by=by, at=at)
        return next_check_in(plan, last=None, since=at, standing=standing, by=by, at=at)
    return _check_in(plan, 0, following(plan, since=at, standing=standing), duty, standing)


def following(plan, *, since, local_time=None, standing=None):
    """The check-in after a contact at `since`, as the tier and the person's wish have it; none: it is over."""
    return plan.schedule.next(
        since,
        anchor_at=plan.anchor_at,
        zone=plan.zone,
        standing=standing or standing_of(plan),
        local_time=local_time,
    )


def standing_of(plan, told=""):
    """What the next interval follows from; `told` is what `tier_told` would say, where that is known."""
    tier = told or (plan.tier if plan._state.adding else plan.tier_told())
    return Standing(tier=tier, greens=_greens(plan), pace=plan.pace, early_from=plan.early_from_at)


def _greens(plan):
    """Green answers in a row, as far as the schedule asks."""
    schedule = plan.schedule
    if plan.tier != Tier.GREEN or schedule.when_green == 1 or plan._state.adding:
        return 0
    newest = plan.tierings.standing().order_by("-id").values_list("tier", flat=True)[: schedule.green_run]
    return len(list(takewhile(lambda tier: tier == Tier.GREEN, newest)))


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


def next_check_in(plan, *, last, since, by, at, local_time=None, standing=None, also=()):
    """What is owed after the contact at `since`: the next check-in or, after the last, deciding what follows.

    `also` is owed along with it, unless it is owed already.
    """
    standing = standing or standing_of(plan)
    coming = following(plan, since=since, local_time=local_time, standing=standing)
    wanted = [*also]
    if coming is not None:
        wanted.append(check_in_owed(plan, coming.due_at, owner=plan.caller()))
    elif plan.end_duty_id is None:
        wanted.append({**check_in_owed(plan, at + DECIDE_WITHIN, owner=plan.caller()), "slug": "aftercare_end"})
    made = duties.open_or_note(wanted, by=by, at=at)
    if coming is not None:
        return _check_in(plan, last.number + 1 if last else 0, coming, made[-1], standing)
    if plan.end_duty_id is None:
        plan.end_duty = made[-1]
        plan.save(update_fields=["end_duty"])
    return None


def _check_in(plan, number, coming, duty, standing):
    return CheckIn.objects.create(
        patient_id=plan.patient_id,
        facility=plan.facility,
        plan=plan,
        duty=duty,
        number=number,
        due_at=coming.due_at,
        local_time=coming.local_time,
        why=coming.why,
        over_at=_over_at(plan, coming, standing),
    )


def _over_at(plan, coming, standing):
    """Until when an answer is waited for: when the next is due, and no longer than the schedule says."""
    after = following(plan, since=coming.due_at, local_time=coming.local_time, standing=replace(standing, greens=0))
    longest = coming.due_at + plan.schedule.waits
    return min(longest, after.due_at) if after else longest


def move_check_in(plan, check_in, coming, *, by, at, note, standing=None):
    """Owe an open check-in at another time; what was to be sent about it is taken back."""
    duties.reschedule(check_in.duty, due_at=coming.due_at, by=by, at=at, note=note)
    check_in.due_at, check_in.local_time, check_in.why = coming.due_at, coming.local_time, coming.why
    check_in.over_at = _over_at(plan, coming, standing or standing_of(plan))
    check_in.save(update_fields=["due_at", "local_time", "why", "over_at"])


def may_move(check_in, at):
    """Is it ahead, and has nobody heard of it? What was due already, and not asked in time, is owed all the same."""
    return check_in is not None and check_in.due_at > at and not check_in.has_fired()


def after_a_rest(plan, coming, at):
    """The same, not before the person is back: nothing moves a check-in into a rest."""
    rest = plan.pauses.in_force(at).first()
    if rest is None or coming.due_at >= rest.until_at:
        return coming
    return Next(hour_after(plan, rest.until_at, coming.local_time), coming.local_time, ON_RETURN)


def rearrange(plan, *, by, at, note):
    """Reckon the open check-in anew, unless somebody has heard of it already, or it is the one on a return."""
    check_in = plan.check_ins.open().select_related("duty").with_fired().first()
    if not may_move(check_in, at) or check_in.why == ON_RETURN:
        return
    before = plan.check_ins.right().filter(number__lt=check_in.number).order_by("-number").first()
    since = max(before.due_at, before.closed_at) if before else max(plan.began_at, plan.anchor_at)
    standing = standing_of(plan)
    coming = following(plan, since=since, local_time=check_in.local_time, standing=standing)
    if coming is not None and coming.due_at <= at:  # what lies behind is not invented
        coming = following(plan, since=at, local_time=check_in.local_time, standing=standing)
    coming = coming and after_a_rest(plan, coming, at)
    if coming is not None and coming.due_at != check_in.due_at:
        move_check_in(plan, check_in, coming, by=by, at=at, note=note, standing=standing)


def make_good(plan, *, due_at, note, by, at, because_of=None):
    """We did not ask: somebody owes the person a call instead."""
    return duties.open(
        **check_in_owed(plan, due_at, owner=plan.caller()) | {"slug": "contact"},
        because_of=because_of,
        once=f"contact:{plan.patient_id}",
        note=note,
        by=by,
        at=at,
    )


def make_good_what_lies_behind(plan, check_in, *, by, at):
    """Steps that lie behind and at which nobody was asked, because we were late: a call is owed now instead.

    Nothing is owed for what lies before another plan of the episode, or in a rest.
    """
    known = AftercarePlan.objects.filter(pk=plan.pk).aggregate(
        asked=Max("check_ins__due_at", filter=Q(check_ins__due_at__lte=at)),
        heard=Max("check_ins__closed_at"),
        back=Max("pauses__until_at"),
    )
    since = [plan.anchor_at, *(moment for moment in known.values() if moment)]
    if plan.episode.aftercare_plans.right().filter(began_at__lt=plan.began_at).exists():
        since.append(plan.began_at)
    behind = plan.schedule.between(max(since), at, anchor_at=plan.anchor_at, zone=plan.zone)
    if behind:
        days = ", ".join(f"{due.astimezone(ZoneInfo(plan.zone)):%b %-d}" for due in behind)
        note = f"we did not ask on {days}: speak with them now"
        make_good(plan, due_at=at, note=note, because_of=check_in and check_in.duty, by=by, at=at)


def end_plan(plan, *, reason, by, at):
    """End a plan with its open check-in, and the calls owed because it or an earlier one was missed."""
    outcome = CheckInOutcome.WITHDREW if reason == PlanEnd.WITHDREW else CheckInOutcome.CANCELED
    owed = Q(pk__in=schedules.asked_after(plan.episode_id).values("pk")) | Q(ladder__slug__in=UNREACHABLE)
    if plan.end_duty_id:
        owed |= Q(pk=plan.end_duty_id)
    if plan.check_ins.open().update(closed_at=at, closed_by=by, outcome=outcome):
        owed |= Q(check_in__plan=plan) | Q(pk__in=calls_of(plan.pk).values("pk"))
    mine = Duty.objects.of(plan.episode.patient).filter(owed)
    duties.cancel_each(mine, by=by, at=at, reason=PlanEnd(reason).label)
    plan.ended_at, plan.ended_by, plan.end_reason = at, by, reason
    plan.save(update_fields=["ended_at", "ended_by", "end_reason"])


def close_check_in(check_in, outcome, *, by, at, reason="", calls=True):
    """End a check-in with its duty, and with the calls its ladder opened unless they are still wanted."""
    end_check_in(check_in, outcome, by=by, at=at)
    done = outcome in WAS_ANSWERED
    owed = Q(pk=check_in.duty_id)
    if calls:
        owed |= Q(pk__in=check_in.calls().values("pk"))
    end = duties.resolve_each if done else duties.cancel_each
    end(Duty.objects.filter(owed), by=by, at=at, reason=reason or CheckInOutcome(outcome).label)


def end_check_in(check_in, outcome, *, by, at):
    """Write down how a check-in ended; its duty is ended by the caller."""
    check_in.closed_at, check_in.closed_by, check_in.outcome = at, by, outcome
    check_in.save(update_fields=["closed_at", "closed_by", "outcome"])


def locked(plan):
    """The plan, locked after its episode, and still going on. Raises plan_ended."""
    plan = held(plan)
    plan.require_active()
    return plan


def held(plan):
    """The plan, locked after its episode, whether it goes on or has ended."""
    episode = Episode.objects.lock(plan.episode_id)
    return _with(AftercarePlan.objects.lock(plan.pk), episode)


def locked_of(patient):
    """What somebody is followed up by, each locked after its episode."""
    active = AftercarePlan.objects.active().of(patient)
    episodes = _lock_each(Episode.objects.filter(pk__in=active.values("episode")))
    episodes = {episode.pk: episode for episode in episodes}
    return [_with(plan, episodes[plan.episode_id]) for plan in _lock_each(active.filter(episode__in=episodes))]


def _lock_each(rows):
    return rows.read_along().order_by("pk").select_for_update(no_key=True, of=("self",))


def _with(plan, episode):
    plan.episode = episode
    if plan.patient_id == episode.patient_id:
        plan.patient = episode.patient
    return plan


def has_no_plan(episode):
    """Raise plan_active."""
    if episode.aftercare_plans.active().exists():
        refuse(AftercarePlan, "one_active_plan_per_episode")


@needs(at_stage(Stage.AFTERCARE), has_no_plan)
@transaction.atomic
def begin(episode, *, schedule, anchor_at=None, coach=None, by, at=None):
    """Begin to follow a person up who is in aftercare with no plan: late, or again after they had withdrawn.

    Day 0 may lie behind; of the steps that lie behind with it no check-ins are made: where nobody asked, one call is
    owed instead. What was owed until this was decided is done.
    Raises plan_active, anchor_in_the_future, schedule_over.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    begin.require(episode)
    plan = new_plan(episode, schedule=schedule, coach=coach, anchor_at=anchor_at, by=by, at=at)
    _require_anchor(plan, at)
    make_good_what_lies_behind(plan, start(plan, by=by, at=at), by=by, at=at)
    decided = episode.duties.filter(ladder__slug__in=["withdrew_review", "aftercare_end"])
    duties.resolve_each(decided, by=by, at=at, reason=str(plan.schedule))
    return plan


def _require_anchor(plan, at):
    if plan.anchor_at > at:
        raise ValidationError("Day 0 lies behind, or is today.", code="anchor_in_the_future")
    if following(plan, since=at) is None:
        raise ValidationError("This schedule would be over already.", code="schedule_over")


@needs(AftercarePlan.require_active)
@transaction.atomic
def change_anchor(plan, *, anchor_at, reason, by, at=None):
    """Count from another day 0: the check-in ahead moves, unless the person was asked already.

    Where steps lie behind now at which nobody asked, a call is owed. Raises plan_ended, anchor_in_the_future,
    schedule_over.
    """
    plan, at = locked(plan), at or timezone.now()
    if plan.early_from_at == plan.anchor_at:
        plan.early_from_at = anchor_at
    plan.anchor_at = anchor_at
    _require_anchor(plan, at)
    plan.save(update_fields=["anchor_at", "early_from_at"])
    rearrange(plan, by=by, at=at, note=f"another day 0: {reason}")
    make_good_what_lies_behind(plan, plan.check_ins.open().select_related("duty").first(), by=by, at=at)
    plan.refresh_from_db()
    return plan


@needs(AftercarePlan.require_active)
@transaction.atomic
def change_zone(plan, *, zone, by, at=None):
    """The person lives by another clock: the check-in ahead stays on its day and hour, by the new clock.

    So do quiet hours and calls: it is written down with the person. One check-in that they were asked already stays
    where it is. Raises plan_ended, zone_unknown.
    """
    a_known_zone(zone)
    person = Patient.objects.lock_survivor(plan.patient_id)
    plan, at = locked(plan), at or timezone.now()
    if str(person.tz(plan.facility)) != zone:
        patients.amend(person, zone=zone, by=by)
    before, plan.zone = ZoneInfo(plan.zone), zone
    plan.save(update_fields=["zone"])
    check_in = plan.check_ins.open().select_related("duty").first()
    if plan.schedule.is_in_days() and may_move(check_in, at):
        wall = check_in.due_at.astimezone(before).replace(tzinfo=ZoneInfo(zone), fold=0)
        due_at = max(wall.astimezone(UTC), hour_after(plan, at, check_in.local_time))
        coming = after_a_rest(plan, Next(due_at, check_in.local_time, check_in.why), at)
        move_check_in(plan, check_in, coming, by=by, at=at, note=f"by the clock of {zone}")
    plan.refresh_from_db()
    return plan


def follow_clocks(now=None):
    """Move plans whose person lives by another clock, as is written down with the person. Returns how many."""
    now, count = now or timezone.now(), 0
    theirs = Case(When(patient__merged_into=None, then="patient__zone"), default="patient__merged_into__zone")
    behind = AftercarePlan.objects.active().annotate(theirs=theirs).exclude(theirs="").exclude(theirs=F("zone"))
    for plan in behind[:500]:
        try:
            change_zone(plan, zone=plan.theirs, by=User.objects.system(), at=now)
            count += 1
        except Exception:  # one poisoned plan must not stop the others; the next turn tries again
            log.exception("plan %s is stuck", plan.pk)
    return count


def hour_after(plan, instant, local_time=None):
    """The first time after an instant that it is the hour of check-ins where the person is."""
    tz = ZoneInfo(plan.zone)
    day = instant.astimezone(tz).date()
    hours = (
        datetime.combine(day + A_DAY * ahead, local_time or plan.schedule.local_time, tz).astimezone(UTC)
        for ahead in range(3)
    )
    return next(hour for hour in hours if hour > instant)


@needs(AftercarePlan.require_active)
@transaction.atomic
def thin(plan, *, pace, reason="", by, at=None):
    """The person asks for fewer check-ins, or 1 for the usual pace again; the floor of the schedule still holds.

    It counts while they are green. Raises plan_ended, pace_unreasonable.
    """
    plan = thin_locked(locked(plan), pace=pace, reason=reason, by=by, at=at or timezone.now())
    plan.refresh_from_db()
    return plan


def thin_locked(plan, *, pace, reason="", by, at):
    """The same of a plan that is locked."""
    plan.pace = pace
    plan.save(update_fields=["pace"])
    rearrange(plan, by=by, at=at, note=f"the person asked for another pace: {pace:g}. {reason}".strip())
    return plan


@needs(AftercarePlan.require_active)
@transaction.atomic
def withdraw(plan, *, reason="", by, at=None):
    """The person wants no more check-ins: never a miss, never a sign. Somebody owes deciding what follows.

    A call is owed, or stays owed, only where the person agreed to calls and has not taken that back (domain 7.5);
    what a clinician owes for a sign stays owed. Raises plan_ended.
    """
    plan = withdraw_locked(locked(plan), reason=reason, by=by, at=at or timezone.now())
    plan.refresh_from_db()
    return plan


def withdraw_locked(plan, *, reason, by, at):
    """The same of a plan that is locked."""
    end_plan(plan, reason=PlanEnd.WITHDREW, by=by, at=at)
    review = check_in_owed(plan, at + DECIDE_WITHIN, owner=plan.caller())
    note = f"asked for no more check-ins. {reason}".strip()
    wanted = [{**review, "slug": "withdrew_review", "note": note}]
    calls = Duty.objects.open().filter(patient__in=plan.patient.records(), ladder__slug="contact")
    if not may_call(plan.patient.records()):
        duties.cancel_each(calls, by=by, at=at, reason=note)
    elif not calls.exists():
        wanted.append({**review, "slug": "contact", "due_at": at + A_DAY, "note": note})
    duties.open_all(wanted, by=by, at=at)
    return plan


UNREACHABLE = ("contact_review", "outreach_decision", "lost_review")  # ladders of what follows from not reaching


def drop_reviews(patient, *, by, at, reason):
    """Heard from, or nobody is looking any more: what was to be decided because nobody reached them is not owed."""
    owed = Duty.objects.of(patient).filter(ladder__slug__in=UNREACHABLE)
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
    for plan in episode.aftercare_plans.active():  # first: an instrument has one row, whoever asks it
        end_plan(plan, reason=PlanEnd.BACK_TO_TREATMENT, by=by, at=at)
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
    call_off(episode, note="back to treatment", by=by, at=at)
    episode.move_to(Stage.TREATMENT, by=by, at=at, reason="back to treatment")
    return placement
