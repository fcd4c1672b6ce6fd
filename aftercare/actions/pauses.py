"""Check-ins rest, and go on."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.actions import refuse
from duties import actions as duties
from duties.models import Duty
from patients.actions import needs
from treatment.actions.schedules import asked_after

from ..models import AftercarePlan, CheckInOutcome, Next, Pause, PauseReason
from .plans import ON_RETURN, hour_after, locked, make_good, move_check_in
from .tiers import take_back_misses

FROM_WITHIN = (PauseReason.READMITTED, PauseReason.CUSTODY)


def is_not_paused(plan):
    """Raise paused_already, or nothing_to_pause without a check-in ahead."""
    if plan.pauses.in_force(timezone.now()).exists():
        refuse(Pause, "one_pause_at_a_time")
    if not plan.check_ins.open().exists():
        raise ValidationError("No check-in is ahead that could rest.", code="nothing_to_pause")


@needs(AftercarePlan.require_active, is_not_paused)
@transaction.atomic
def pause(plan, *, because, until_at, note="", by, at=None):
    """Check-ins rest from `at` until the person is back; the open one is due then, and keeps the thread.

    The calls owed because of a miss rest along. Entered late, what was missed meanwhile becomes “we did not ask”:
    its call, or one more, is owed at the return. After a bed or custody the first days count as such anew.
    Raises plan_ended, pause_in_the_past, pause_too_long, paused_already, nothing_to_pause.
    """
    plan = locked(plan)
    is_not_paused(plan)
    return pause_locked(plan, because=because, until_at=until_at, note=note, by=by, at=at or timezone.now())


def pause_locked(plan, *, because, until_at, note="", by, at):
    """The same of a plan that is locked."""
    now = timezone.now()
    if until_at <= now:
        raise ValidationError("Say until when, in the future.", code="pause_in_the_past")
    check_in = plan.check_ins.open().select_related("duty").first()
    if check_in is None:
        raise ValidationError("No check-in is ahead that could rest.", code="nothing_to_pause")
    rest = Pause.objects.create(
        patient_id=plan.patient_id,
        facility=plan.facility,
        plan=plan,
        because=because,
        note=note,
        paused_at=at,
        paused_by=by,
        until_at=until_at,
    )
    words = f"paused: {rest.get_because_display().lower()}"
    _did_not_ask(plan, since=at, until=until_at, reason=words, by=by, at=now)
    asked = asked_after(plan.episode_id).filter(next_action_at__lt=until_at)
    resting = Q(pk__in=check_in.calls().values("pk")) | Q(pk__in=asked.values("pk"))
    duties.suspend_each(
        Duty.objects.filter(resting, patient=plan.patient_id), until=until_at, by=by, reason=words, at=now
    )
    if check_in.due_at < until_at:
        back = Next(hour_after(plan, until_at, check_in.local_time), check_in.local_time, ON_RETURN)
        move_check_in(plan, check_in, back, by=by, at=now, note=words)
    _count_anew(plan, rest, until_at)
    return rest


def _did_not_ask(plan, *, since, until, reason, by, at):
    """What was closed as missed since then was not the person's miss; somebody owes making it good."""
    missed = plan.check_ins.right().filter(outcome=CheckInOutcome.MISSED, due_at__gte=since)
    taken = list(missed.values_list("pk", flat=True))
    if not taken:
        return
    owed = missed.filter(duty__led_to__closed_at=None, duty__led_to__keeps_thread=True).exists()
    missed.update(outcome=CheckInOutcome.MISSED_BY_US)
    take_back_misses(plan, taken, reason=reason, by=by, at=at)
    if not owed:
        make_good(plan, due_at=until, note=f"we did not ask: {reason}", by=by, at=at)


def _asked(plan):
    """What is asked of the person besides check-ins, and rests along."""
    return asked_after(plan.episode_id).open().order_by("pk")


def _count_anew(plan, rest, back_at):
    """Out of a bed or of custody, the first days are the densest again (domain 7.1)."""
    if rest.because in FROM_WITHIN:
        plan.early_from_at = back_at
        plan.save(update_fields=["early_from_at"])


def is_paused(plan):
    """Raise not_paused unless the check-ins rest."""
    if not plan.pauses.in_force(timezone.now()).exists():
        raise ValidationError("The check-ins do not rest.", code="not_paused")


@needs(AftercarePlan.require_active, is_paused)
@transaction.atomic
def resume(plan, *, by, at=None):
    """The person is back before the day that was said: the check-in is due at its next hour, calls go on.

    Raises plan_ended, not_paused.
    """
    plan, at = locked(plan), at or timezone.now()
    resume.require(plan)
    rest = plan.pauses.in_force(timezone.now()).get()
    rest.until_at, rest.resumed_at, rest.resumed_by = max(at, rest.paused_at), at, by
    rest.save(update_fields=["until_at", "resumed_at", "resumed_by"])
    _count_anew(plan, rest, at)
    check_in = plan.check_ins.open().select_related("duty").first()
    if check_in is not None:
        for duty in [*check_in.calls().exclude(suspended_at=None), *_asked(plan).exclude(suspended_at=None)]:
            duties.resume(duty, by=by, at=at)
        if check_in.why == ON_RETURN:
            back = Next(hour_after(plan, at, check_in.local_time), check_in.local_time, check_in.why)
            move_check_in(plan, check_in, back, by=by, at=at, note="back before the day that was said")
    plan.refresh_from_db()
    return plan
